"""Tell what would change under a contested reading in the words of the chapters, not by keys."""

from __future__ import annotations

from typing import Any, NamedTuple

from retold_run.stated import Prose

from retold_book.supposed import Change, supposed_changes

_CHOICES = {
    ", certainty: inferred": ", who says it: implied",
    ", certainty: carried-over": ", who says it: carried over from earlier words",
    ", source: own voice": ", said by: the outlet itself",
    ", source: ": ", said by: ",
    ", move: ": ", counted as: ",
    ", severity: ": ", severity ",
}


class Worded(NamedTuple):
    """Hold the place of a change, the new value, its heading, and what follows: old → new in a sentence."""

    place: str
    new: str
    heading: str
    told: str


def worded(prose: Prose, change: Change) -> Worded:
    """Return a change in the words that the chapters have for its value or finding."""
    if change.finding:
        heading, lost = prose.finding(change.key).heading, change.new == "does not hold"
        told = " would no longer hold" if lost else f": {change.old} → {change.new}"
        return Worded(f"{change.key}.holds", change.new, heading, told)
    heading, before, after = prose.value(change.key)
    return Worded(change.key, change.new, heading, f": {before}{change.old} → {change.new}{after}")


def choice(words: str) -> str:
    """Return the words of a supposition, the terms of its field made plain."""
    for term, plain in _CHOICES.items():
        words = words.replace(term, plain)
    return words


def in_words(data: Any, prose: Prose) -> Any:
    """Return a table's data with every value and finding that would change in words; another as it is.

    The heading of its section follows the first of several values.
    """
    above = ""
    for row in data["rows"] if supposed_changes(data) else ():
        [change, *_] = next(iter(supposed_changes({**data, "rows": [row]}).values()))
        [part], heading = row[0], worded(prose, change).heading
        key = "" if change.finding else part["text"][:1].upper() + part["text"][1:]
        named = [part | {"text": key, "marks": [[0, len(key)]]}] if key else []
        row[0] = [*named, *([part | {"text": heading}] if heading != above else [])]
        above = heading
        for part in row[2]:
            if part["evidence"]:
                part["text"] = choice(part["text"])
            else:
                part["marks"] = [[0, len(part["text"])]]
    return data
