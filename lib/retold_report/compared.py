"""Make the tables that set quantities side by side: all of them, two by two, and what each admits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.comparison import admits, find_comparisons, precision_factor, unit_words
from retold.corpus import Corpus, Passage

from retold_report.tables import NONE_PRINTED, NOT_SAID, Cell, Content, Table, chain_words, table, where


def inventory_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every quantity of all articles, with what other articles have for the same claim.

    A dash in the last column but one means that the quantity belongs to no claim, so that nothing is set
    beside it.
    """
    quantities = corpus.find_passages("quantity")
    rows: list[Sequence[Content]] = []
    for passage in quantities:
        record = passage.record
        when = "; ".join(part for part in (record.state, record.period) if part)
        rows.append(
            [
                Cell(corpus.words(passage.id), (passage.id,)),
                NONE_PRINTED if record.hedge == "exact" else record.hedge.replace("-", " "),
                record.base or NOT_SAID,
                when or NOT_SAID,
                chain_words(corpus, passage),
                _elsewhere(corpus, passage, quantities),
                where(corpus, [passage.id]),
            ]
        )
    columns = [
        "As printed",
        "Hedge class",
        "Of what",
        "State and period",
        "Who says so",
        "Elsewhere",
        "Where",
    ]
    return table(name, caption, columns, rows)


def _elsewhere(corpus: Corpus, passage: Passage, quantities: Iterable[Passage]) -> Content:
    if not passage.record.claim:
        return "–"
    others = [
        Cell(f"{each.article}: {corpus.words(each.id)}", (each.id,))
        for each in quantities
        if each.record.claim == passage.record.claim and each.article != passage.article
    ]
    return tuple(others) or "not carried"


def comparison_table(corpus: Corpus, name: str, caption: str, claims: Iterable[str]) -> Table:
    """Return claims' quantities two by two, the verdict between them read from left to right, and why.

    Raises:
        KeyError: no claim has an id that is given.
    """
    rows: list[Sequence[Content]] = []
    for claim in claims:
        for left, right, comparison in find_comparisons(corpus, claim):
            one, other = (Cell(corpus.words(each), (each,)) for each in (left, right))
            places = where(corpus, [left, right])
            rows.append([one, comparison.verdict, other, comparison.reason, places])
    return table(name, caption, ["One", "Verdict", "Other", "Reason", "Where"], rows)


def precision_table(
    corpus: Corpus, name: str, caption: str, *, coarse: str, fine: str, steps: Iterable[float]
) -> Table:
    """Return what a rounded quantity admits at several steps, and how many times wider than a finer one.

    Args:
        corpus: the story.
        name: the table's label.
        caption: what it shows.
        coarse: the id of the quantity read to each step.
        fine: the id of the one read to its last whole digit, shown in the unit of the first.
        steps: to what the first may have been rounded, in its unit.

    Raises:
        KeyError: no passage has an id.
        ValueError: the units measure different things, or a quantity's hedge leaves an end open.
    """
    broad, narrow = (corpus.passages[each] for each in (coarse, fine))
    unit = broad.record.unit
    exact = admits(narrow.record, to=1)
    rows: list[Sequence[Content]] = []
    for step in steps:
        read = admits(broad.record, to=step)
        rows.append(
            [
                Cell(corpus.words(coarse), (coarse,)),
                f"{step:g}",
                str(read),
                Cell(str(exact.to(unit)), (fine,)),
                f"{precision_factor(read, exact):.0f}",
                where(corpus, [coarse, fine]),
            ]
        )
    admitted = f"Admits ({unit_words(unit)})"
    columns = ["As printed", "To the nearest", admitted, f"{narrow.article} admits", "Times wider", "Where"]
    return table(name, caption, columns, rows)
