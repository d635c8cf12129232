"""Read what notebooks tell: values with their evidence, and findings with their verdicts."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retold.quantities import number_word

RECORD = "application/papermill.record/text/plain"
Notebook = Mapping[str, Any]


class ToldError(ValueError):
    """Say which key, in which notebook, cannot be told, and why."""


@dataclass
class Told:
    """Hold every told value, the ids it rests on, and every finding, each with its notebook's name."""

    values: dict[str, int | float | str] = field(default_factory=dict)
    evidence: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: dict[str, bool] = field(default_factory=dict)
    chapter: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, notebook: Notebook) -> None:
        """Take in the records of a notebook called ``name``.

        Raises:
            ToldError: a key is told twice.
        """
        for key, value in records(notebook):
            if key in self.chapter:
                raise ToldError(f"{name}: the key {key!r} is told already in {self.chapter[key]}; rename one")
            self.chapter[key] = name
            base, _, suffix = key.rpartition(".")
            if suffix == "evidence":
                self.evidence[base] = tuple(str(value).split())
            elif suffix == "holds":
                self.findings[base] = bool(value)
            else:
                self.values[key] = value

    def rests_on(self, key: str) -> tuple[str, ...]:
        """Return the ids a told key rests on, those of the keys it is computed from included.

        Raises:
            ToldError: it is computed from itself, or from a key that nobody tells.
        """
        return tuple(dict.fromkeys(self._evidence_of((key,))))

    def _evidence_of(self, keys: tuple[str, ...]) -> Iterator[str]:
        """Yield what the last of ``keys`` rests on; each is computed from the next."""
        for each in self.evidence.get(keys[-1], ()):
            source = each.removeprefix("told:")
            if source == each:
                yield each
            elif source in keys:
                raise ToldError(f"{source!r} is computed from itself")
            elif source not in self.values:
                raise ToldError(f"{keys[-1]!r} is computed from {source!r}, which no notebook tells")
            else:
                yield from self._evidence_of((*keys, source))

    def show(self, request: str) -> str:
        """Return a told value as prose shows it: ``key``, ``key:word``, ``key:Word``, or ``key:FORMAT``.

        Raises:
            ToldError: the key is not told, or its value does not take the format.
        """
        key, _, style = request.partition(":")
        if key not in self.values:
            raise ToldError(f"no notebook tells {key!r}")
        value = self.values[key]
        try:
            if style in ("word", "Word"):
                words = number_word(float(value))
                return words.capitalize() if style == "Word" else words
            return format(value, style)
        except ValueError as error:
            raise ToldError(f"{request!r}: {error}") from None


def records(notebook: Notebook) -> Iterable[tuple[str, Any]]:
    """Yield the keys and values that a notebook's outputs store."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name and RECORD in output.get("data", {}):
                yield name, ast.literal_eval("".join(output["data"][RECORD]))


def find_judgements(notebook: Notebook) -> list[str]:
    """Return the checks of the key judgements that a notebook sets."""
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return [key for cell in cells for key in re.findall(r"\{judgement\} (\S+)", "".join(cell["source"]))]


def load_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook file as plain data."""
    return dict(json.loads(path.read_text(encoding="utf-8")))
