"""Suppose that a contested reading were the right one, and ask the chapters what they would tell then.

The code cells of the notebooks are run again, in one process and on a changed corpus, with what they only
show left out; nothing is computed that the chapters do not compute themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import retold
from retold.contested import find_contested, find_regradings, regraded, under
from retold.corpus import Corpus
from retold_report.audit import reading_words
from retold_report.tables import Cell, Content, Table, short_locator, table
from retold_run.told import load_notebook

import retold_book

Values = Mapping[str, Any]
SUPPOSED = ["What the chapters tell", "Now", "With a reading put in", "With all"]
_AS_NOW = "as now"
_HOLDS = {True: "holds", False: "does not hold"}


@dataclass(frozen=True)
class Supposition:
    """Hold contested readings that are put in together: words for them, evidence, and the changed corpus."""

    words: str
    reason: str
    evidence: tuple[str, ...]
    corpus: Corpus


@dataclass(frozen=True)
class Change:
    """Hold a told value, or whether a finding holds, as the book has it and under a supposition."""

    key: str
    old: str
    new: str
    finding: bool


def suppositions(corpus: Corpus) -> list[Supposition]:
    """Return every contested reading that can be put in, each alone, in the order of the files."""
    found = []
    for passage, contested in find_contested(corpus):
        if other := under(corpus, passage, contested):
            place = short_locator(corpus, passage.id)
            words = f"{place}, {contested.field}: {reading_words(corpus, contested)}"
            found.append(Supposition(words, contested.reason, (passage.id,), other))
    for variant, contested in find_regradings(corpus):
        if other := regraded(corpus, variant, contested):
            [claim] = [each for each in corpus.claims.values() if variant in each.variants]
            graded = f"{contested.field}: {contested.reading}, not {getattr(variant, contested.field)}"
            words = f"{claim.statement} {variant.kind.capitalize()}, {graded}"
            readings = tuple(f"{article}/claim.{claim.id}" for article in variant.readings)
            found.append(Supposition(words, contested.reason, readings, other))
    return found


def together(corpus: Corpus) -> Corpus:
    """Return the corpus with all contested readings put in, the first of each annotation's field alone."""
    done: set[tuple[str, str]] = set()
    other = corpus
    for passage, contested in find_contested(corpus):
        now = other.passages.get(passage.id)
        if now and (passage.id, contested.field) not in done:
            other = under(other, now, contested) or other
            done.add((passage.id, contested.field))
    for variant, contested in find_regradings(corpus):
        [same] = [v for claim in other.claims.values() for v in claim.variants if v.id == variant.id]
        other = regraded(other, same, contested) or other
    return other


@dataclass(frozen=True)
class Chapters:
    """Hold the code of notebooks, compiled once, to be run on one corpus after another."""

    code: tuple[tuple[CodeType, ...], ...]

    def told(self, corpus: Corpus) -> dict[str, Any]:
        """Return what the notebooks tell of a corpus; what a notebook can no longer compute is left out."""
        values: dict[str, Any] = {}
        with _telling(values, corpus):
            for cells in self.code:
                _run(cells)
        return values

    def changes(self, base: Values, corpus: Corpus) -> list[Change]:
        """Return every value that differs from those of ``base`` on another corpus, findings last."""
        now = self.told(corpus)
        changed = [key for key in base if now.get(key, "not computed") != base[key]]
        found = [_change(key, base[key], now.get(key, "not computed")) for key in changed]
        return sorted(found, key=lambda change: change.finding)


def load_chapters(paths: Iterable[Path]) -> Chapters:
    """Load the code of notebooks, which are run where they lie."""
    return Chapters(tuple(tuple(map(compiled, _cells(path))) for path in paths))


def _change(key: str, old: Any, new: Any) -> Change:
    if not key.endswith(".holds"):
        return Change(key, str(old), str(new), finding=False)
    now, then = _HOLDS.get(old, str(old)), _HOLDS.get(new, str(new))
    return Change(key.removesuffix(".holds"), now, then, finding=True)


def _cells(path: Path) -> Iterator[str]:
    cells = load_notebook(path)["cells"]
    return ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def compiled(source: str) -> CodeType:
    """Return a cell's code without expressions that only show something, such as figures and tables."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not isinstance(node, ast.Expr) or _tells(node.value)]
    return compile(tree, "cell", "exec")


def _tells(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tell", "holds")
    )


def _run(cells: Sequence[CodeType]) -> None:
    names: dict[str, Any] = {}
    for cell in cells:
        try:
            exec(cell, names)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # What the changed corpus no longer has cannot be told; later cells may do without it.
            continue


@contextmanager
def _telling(values: dict[str, Any], corpus: Corpus) -> Iterator[None]:
    """Let ``tell`` and ``holds`` write into ``values``, and ``load_corpus`` return the given corpus."""

    def tell(key: str, value: Any, **rests: Any) -> None:
        values[key] = value

    def holds(key: str, condition: bool) -> None:
        values[f"{key}.holds"] = condition

    def load_corpus(root: str) -> Corpus:
        return corpus

    given = ((retold, load_corpus), (retold_book, tell), (retold_book, holds))
    kept = [(module, name.__name__, getattr(module, name.__name__)) for module, name in given]
    for module, function in given:
        setattr(module, function.__name__, function)
    try:
        yield
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def supposed_table(
    name: str, caption: str, found: Sequence[tuple[Supposition, Sequence[Change]]], whole: Sequence[Change]
) -> Table:
    """Return every value and finding that changes: as it is, under each supposition, and under all of them.

    In a cell each new value stands before the suppositions that give it, which alone have evidence.
    ``whole`` is what changes with all of them together.
    """
    alone: dict[Change, list[Cell]] = {}
    for supposed, changes in found:
        for change in changes:
            alone.setdefault(change, []).append(Cell(supposed.words, supposed.evidence))
    then = {change.key: change.new for change in whole}
    changed = {each.key: each for each in sorted((*alone, *whole), key=lambda each: (each.finding, each.key))}
    rows: list[Sequence[Content]] = []
    for key, change in changed.items():
        cells = [(Cell(each.new), *cells) for each, cells in alone.items() if each.key == key]
        single = tuple(part for parts in cells for part in parts) or (Cell(_AS_NOW),)
        rows.append([_shown(change), change.old, single, then.get(key, _AS_NOW)])
    return table(name, caption, SUPPOSED, rows)


def _shown(change: Change) -> str:
    """Return the words of a key; those of a finding are hyphenated, those of a value have underscores."""
    return change.key.replace("-" if change.finding else "_", " ")


def supposed_changes(data: Any) -> dict[tuple[str, ...], list[Change]]:
    """Return what a table of suppositions, as plain data, says would change; nothing for another table.

    Changes are found by the words and evidence of their supposition, those of all together by ``()``.
    """
    found: dict[tuple[str, ...], list[Change]] = {}
    for [shown], [old], single, [whole] in data["rows"] if data["columns"] == SUPPOSED else ():
        finding = old["text"] in _HOLDS.values()
        key, new = shown["text"].replace(" ", "-" if finding else "_"), ""
        for part in (*single, whole):
            supposed = (part["text"], *part["evidence"]) if part["evidence"] else ()
            new = new if supposed else part["text"]
            if (supposed or part is whole) and new != _AS_NOW:
                found.setdefault(supposed, []).append(Change(key, old["text"], new, finding=finding))
    return found
