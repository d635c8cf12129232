"""Find the words that the chapters have for what a notebook computes, in which a change of it can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from retold_run.execution import find_notebooks
from retold_run.findings import find_sentence
from retold_run.told import Notebook, Told, load_notebook

from retold_book.book import open_book
from retold_book.supposed import SUPPOSED, Change, find_changes

_ROLE = re.compile(r"\{(?P<role>\w+)\}`(?P<body>[^`]*)`")
_SHOWN = 12  # words of a sentence on either side of a value
_CHOICES = {
    ", certainty: inferred": ", who says it: implied",
    ", certainty: carried-over": ", who says it: carried over from earlier words",
    ", source: own voice": ", said by: the outlet itself",
    ", source: ": ", said by: ",
    ", move: ": ", counted as: ",
    ", severity: ": ", severity ",
}


class Statement(NamedTuple):
    """Hold the heading under which a value is told, and its sentence before and after it; or a finding."""

    heading: str
    before: str = ""
    after: str = ""

    def told(self, change: Change) -> str:
        """Return what would be told under the heading, or what would become of the finding."""
        if change.finding:
            return " would no longer hold"
        return f": {self.before}{change.old} → {change.new}{self.after}"


@dataclass(frozen=True)
class Prose:
    """Hold the chapters' prose and what is told in it."""

    notebooks: Mapping[str, Notebook]
    told: Told

    def state(self, change: Change) -> Statement:
        """Return the statement of what changes, if possible where it is computed; else its key in words."""
        name = f"{change.key}.holds" if change.finding else change.key
        home = self.told.chapter.get(name)
        ordered = sorted(self.notebooks, key=lambda each: each != home)
        find = self._finding if change.finding else self._value
        found = (find(change.key, self.notebooks[each]) for each in ordered)
        return next(filter(None, found), Statement(re.sub("[-_]", " ", change.key)))

    def _finding(self, key: str, notebook: Notebook) -> Statement | None:
        sentence = find_sentence(key, notebook)
        return Statement(f"“{self._plain(sentence)}”") if sentence else None

    def _value(self, key: str, notebook: Notebook) -> Statement | None:
        for heading, line in _lines(notebook):
            if match := re.search(rf"\{{told\}}`{re.escape(key)}(:[^`]*)?`", line):
                before = self._plain(line[: match.start()]).split(" ")
                after = self._plain(line[match.end() :]).split(" ")
                first = ["…", *before[-_SHOWN:]] if len(before) > _SHOWN else before
                last = [*after[:_SHOWN], "…"] if len(after) > _SHOWN else after
                return Statement(self._plain(heading), " ".join(first), " ".join(last))
        return None

    def _plain(self, text: str) -> str:
        """Return prose without markup: roles as the words they show, or an ellipsis."""

        def words(match: re.Match[str]) -> str:
            if match["role"] == "told":
                return self.told.show(match["body"])
            named = match["role"] == "term" or "<" in match["body"]
            return match["body"].partition("<")[0].strip() if named else "…"

        return re.sub("[*`]", "", _ROLE.sub(words, text))


def load_prose(root: Path) -> Prose:
    """Return the prose of the chapters under ``root``."""
    notebooks = {path.relative_to(root).as_posix(): load_notebook(path) for path in find_notebooks(root)}
    return Prose(notebooks, open_book(root).told)


def _lines(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """Yield each line of prose, which is a sentence, with the heading it stands under."""
    heading = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in "".join(cell["source"]).splitlines():
                heading = line.lstrip("# ") if line.startswith("#") else heading
                yield heading, line


def choice(words: str) -> str:
    """Return the words of a supposition, the terms of its field made plain."""
    for term, plain in _CHOICES.items():
        words = words.replace(term, plain)
    return words


def in_words(data: Any, root: Path) -> Any:
    """Return a table's data with every value and finding that would change in words; another as it is."""
    if not find_changes(data):
        return data
    prose = load_prose(root)
    for row in data["rows"]:
        [changes] = find_changes({**data, "rows": [row]}).values()
        stated = [(prose.state(change), change) for change in changes]
        if data["columns"] == SUPPOSED:
            row[0][0]["text"] = choice(row[0][0]["text"])
            for part, (statement, change) in zip(row[2], stated, strict=True):
                part["text"] = statement.heading + statement.told(change)
        else:
            [(statement, change)] = stated
            sentence = "" if change.finding else f": {statement.before}…{statement.after}"
            row[0][0]["text"] = statement.heading + sentence
    return data
