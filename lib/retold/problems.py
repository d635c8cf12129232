"""Say what is wrong in a file of the input, where, and what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from textwrap import shorten
from typing import NamedTuple

from rapidfuzz import fuzz, process

Path_ = tuple[str | int, ...]


class Problem(NamedTuple):
    """Say what is wrong in the input, where, and what would be right."""

    file: str
    line: int
    path: str
    what: str
    right: str

    def __str__(self) -> str:
        """Return one line: place, fault, remedy."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.path + ': ' if self.path else ''}{self.what}; {self.right}"


class DocumentError(ValueError):
    """Carry the problems that keep a file from being read."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the message is one line each."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Lines:
    """Map paths into a YAML file to line numbers; ``drafted`` are those of comments that say so."""

    file: str
    of: dict[Path_, int] = field(default_factory=dict)
    drafted: tuple[int, ...] = ()

    def problem(self, path: Path_, what: str, right: str) -> Problem:
        """Return a problem at the longest known part of ``path``."""
        known = path
        while known and known not in self.of:
            known = known[:-1]
        return Problem(self.file, self.of.get(known, 1), _dotted(path), what, right)


def _dotted(path: Path_) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def remedy(value: str, known: Collection[str], otherwise: str) -> str:
    """Return what to do about a word that is not among those known: take the nearest, or ``otherwise``.

    There ``{}`` stands for all that are known, as far as a line holds them.

    >>> remedy("abuot", ["about", "almost"], "remove it"), remedy("x", ["about"], "take one of {}")
    ("did you mean 'about'?", "take one of 'about'")
    """
    close = process.extractOne(value, list(known), scorer=fuzz.ratio, score_cutoff=60)
    names = shorten(", ".join(map(repr, known)), 100, placeholder=" …") or "nothing"
    return f"did you mean {close[0]!r}?" if close else otherwise.format(names)


def unknown(lines: Lines, path: Path_, value: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem if nothing is registered as ``value``, with the nearest that is, or else with all."""
    if value not in known:
        yield lines.problem(path, f"{value!r} is not registered", remedy(value, known, "add it, or use {}"))
