"""Make the tables of conditions: who waits for whom, and which conditions face each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.conditions import Edge, Standoff, find_cycles
from retold.corpus import Corpus

from retold_report.graphs import Arrow, Line
from retold_report.tables import Cell, Content, Table, table, where


def condition_table(corpus: Corpus, name: str, caption: str, edges: Iterable[Edge]) -> Table:
    """Return conditions: who would agree to what, whose act that waits for, and according to whom."""
    rows: list[Sequence[Content]] = [
        [
            corpus.actors[edge.actor].label,
            corpus.objects[edge.object].label,
            _awaited(corpus, edge),
            edge.attributor,
            f"{edge.move} ({edge.relation}, {edge.tier})",
            where(corpus, edge.passages),
        ]
        for edge in edges
    ]
    columns = ["Who", "Agreement to", "Waits for", "According to", "Told as", "Where"]
    return table(name, caption, columns, rows)


def standoff_table(corpus: Corpus, name: str, caption: str, standoffs: Iterable[Standoff]) -> Table:
    """Return conditions that face each other, each with its object, and whether the object is one."""
    rows: list[Sequence[Content]] = [
        [
            _facing(corpus, each.one),
            _facing(corpus, each.other),
            "the same" if each.same_object else "different",
            where(corpus, [*each.one.passages, *each.other.passages]),
        ]
        for each in standoffs
    ]
    return table(name, caption, ["One side", "The other side", "Objects", "Where"], rows)


def arrows(corpus: Corpus, edges: Iterable[Edge]) -> list[Arrow]:
    """Return conditions as arrows from whoever is waited on to whoever waits, grouped by what is waited for.

    A line is solid if it is told on the record, dotted if it is a forecast, else dashed. Groups in which
    conditions close a circle come first, with those conditions accented.
    """
    edges = list(edges)
    cycles = find_cycles(edges)
    objects, closing = {each.object for each in cycles}, [edge for each in cycles for edge in each.edges]
    label = {each.id: each.label for each in (*corpus.actors.values(), *corpus.objects.values())}
    found = []
    for each in sorted(edges, key=lambda edge: edge.object not in objects):
        line: Line = "solid" if each.tier == "on the record" else "dashed"
        line = "dotted" if each.move == "prospect" else line
        ends = label[each.by], each.act, label[each.actor], label[each.object]
        found.append(Arrow(*ends, line, f"{each.article}, {each.attributor}", each in closing))
    return found


def _awaited(corpus: Corpus, edge: Edge) -> Cell:
    return Cell(f"{corpus.actors[edge.by].label} to {edge.act}", edge.passages)


def _facing(corpus: Corpus, edge: Edge) -> Cell:
    actor, wanted = corpus.actors[edge.actor].label, corpus.objects[edge.object].label
    return Cell(f"{actor}, on {wanted[0].lower()}{wanted[1:]}: {_awaited(corpus, edge).text}", edge.passages)
