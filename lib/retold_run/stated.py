"""Find the words in which the chapters state what their notebooks compute: a sentence, under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from retold_run.execution import find_notebooks
from retold_run.findings import stated_sentence
from retold_run.told import Notebook, Told, load_notebook

_ROLE = re.compile(r"\{(?P<role>\w+)\}`(?P<body>[^`]*)`")
_SHOWN = 6  # words of a sentence on either side of a value


class Statement(NamedTuple):
    """Hold the heading under which a value is told, and its sentence before and after it; or a finding."""

    heading: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Prose:
    """Hold the chapters' prose, by the name of its notebook, and what is told in it."""

    notebooks: Mapping[str, Notebook]
    told: Told

    def finding(self, key: str) -> Statement:
        """Return the heading, caption or judgement that rests on a check, or its key in words."""
        found = (stated_sentence(key, notebook) for notebook in self._notebooks(f"{key}.holds"))
        sentence = next(filter(None, found), "")
        return Statement(f"“{self._plain(sentence)}”" if sentence else key.replace("-", " "))

    def value(self, key: str) -> Statement:
        """Return where a value is told, if possible beside where it is computed, or its key in words."""
        for notebook in self._notebooks(key):
            for heading, line in _lines(notebook):
                if match := re.search(rf"\{{told\}}`{re.escape(key)}(:[^`]*)?`", line):
                    before = self._plain(line[: match.start()]).split(" ")
                    after = self._plain(line[match.end() :]).split(" ")
                    first = ["…", *before[-_SHOWN:]] if len(before) > _SHOWN else before
                    last = [*after[:_SHOWN], "…"] if len(after) > _SHOWN else after
                    return Statement(self._plain(heading), " ".join(first), " ".join(last))
        return Statement(key.replace("_", " "))

    def _notebooks(self, key: str) -> list[Notebook]:
        """Return the notebooks, first the one that computes a key."""
        home = self.told.chapter.get(key)
        return [self.notebooks[each] for each in sorted(self.notebooks, key=lambda name: name != home)]

    def _plain(self, text: str) -> str:
        """Return prose without markup: roles as the words they show, or an ellipsis."""

        def words(match: re.Match[str]) -> str:
            if match["role"] == "told":
                return self.told.show(match["body"])
            named = match["role"] == "term" or "<" in match["body"]
            return match["body"].partition("<")[0].strip() if named else "…"

        return re.sub("[*`]", "", _ROLE.sub(words, text))


def load_prose(root: Path, told: Told) -> Prose:
    """Return the prose of the chapters under ``root``, in which ``told`` stands."""
    found = {path.relative_to(root).as_posix(): load_notebook(path) for path in find_notebooks(root)}
    return Prose(found, told)


def _lines(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """Yield each line of prose, which is a sentence, with the heading it stands under."""
    heading = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in "".join(cell["source"]).splitlines():
                heading = line.lstrip("# ") if line.startswith("#") else heading
                yield heading, line
