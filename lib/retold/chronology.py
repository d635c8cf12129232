"""Put what articles say of when things happened side by side, and find what cannot all be true.

A statement dates an event or puts it before another. An event may last: a date bounds the day on which it
begins, and what comes before another begins no later than it. So a month is in harmony with its year, and
a summer with its August; only bounds that are disjoint conflict. This is a simple temporal problem
(Dechter, Meiri and Pearl 1991) whose differences are all zero: a set of statements conflicts if orders run
in a circle, or lead from an event that a date puts too late to one that a date puts too early.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import networkx
from edtf import parse_edtf

from retold.corpus import Corpus, Passage


class Bounds(NamedTuple):
    """Bound a time by its first and last day; None where that end is open or unknown."""

    first: date | None
    last: date | None

    def contains(self, other: Bounds) -> bool:
        """Return whether every day of the other bounds lies in these."""
        from_first = (self.first or date.min) <= (other.first or date.min)
        return from_first and (other.last or date.max) <= (self.last or date.max)

    def is_after(self, other: Bounds) -> bool:
        """Return whether every day of these lies after every day of the other bounds."""
        return bool(self.first and other.last and self.first > other.last)


@dataclass(frozen=True)
class Dated:
    """State when an event begins; ``evidence`` holds the ids of passages, or ``fact/KEY``."""

    event: str
    bounds: Bounds
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ordered:
    """State that an event begins before another; ``evidence`` as of a date."""

    before: str
    after: str
    evidence: tuple[str, ...] = ()


Statement = Dated | Ordered
Conflict = tuple[Statement, ...]
"""Statements that cannot all be true, though all but any one of them can: date, orders, date; or a circle."""


@cache
def bounds(edtf: str) -> Bounds:
    """Return the strict bounds of an EDTF date, by which nothing is added for ``~`` and ``?``.

    ``unresolved`` has none.

    Raises:
        EDTFParseException: the text is no EDTF date.
        ValueError: it is a winter written as a season, of which the parser keeps December alone.
    """
    if edtf == "unresolved":
        return Bounds(None, None)
    if re.search(r"\d{4}-(?:24|28)", edtf):
        raise ValueError(f"{edtf!r} is a winter; write it as an interval, such as 2023-12/2024-02")
    # The parser takes an unknown end to be ten years off.
    parsed = parse_edtf(re.sub(r"^(?=/)|(?<=/)$", "..", edtf))
    return Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))


def _day(end: Any) -> date | None:
    return None if isinstance(end, float) else date(*end[:3])


def find_statements(corpus: Corpus, *, article: str | None = None, outside: bool = False) -> list[Statement]:
    """Return what is stated of when events began, each distinct date and order once with its evidence.

    Dates are those that the articles state, never the reconciled ones. Between articles, an event that an
    article only supposes or denies, without a date, keeps no order with others: it belongs to that article's
    own reasoning.

    Args:
        corpus: the story.
        article: the one article to take statements from; without it, all.
        outside: whether to add the dates of the register of events, and the orders that an annotation takes
            from an outside fact or from another article.

    Raises:
        KeyError: no article has the id.
    """
    passages = corpus.find_passages("event", article=article)
    apart = set() if article else _supposed(passages)
    found: dict[Statement, list[str]] = {}
    for passage in passages:
        for said, evidence in _said(corpus, passage, outside=outside):
            ends = (said.event,) if isinstance(said, Dated) else (said.before, said.after)
            if not any((passage.article, event) in apart for event in ends):
                found.setdefault(said, []).append(evidence)
    for entry in corpus.events.values() if outside else ():
        for each in entry.outside:
            found.setdefault(Dated(entry.id, bounds(each.date)), []).append(f"fact/{each.fact}")
    return [replace(said, evidence=tuple(dict.fromkeys(ids))) for said, ids in found.items()]


def _supposed(passages: list[Passage]) -> set[tuple[str, str]]:
    real = [each for each in passages if each.record.stated or each.record.status in ("actual", "planned")]
    told, held = ({(each.article, each.record.event) for each in those} for those in (passages, real))
    return told - held


def _said(corpus: Corpus, passage: Passage, *, outside: bool) -> Iterator[tuple[Statement, str]]:
    record = passage.record
    if record.stated not in (None, "unresolved"):
        yield Dated(record.event, bounds(record.stated)), passage.id
    for order in record.order:
        if order.source == "text" or outside:
            ends = (record.event, order.event) if order.relation == "before" else (order.event, record.event)
            evidence = f"fact/{order.source}" if order.source in corpus.facts else passage.id
            yield Ordered(*ends), evidence


def find_conflicts(statements: Iterable[Statement]) -> list[Conflict]:
    """Return the smallest sets of statements that cannot all be true, smallest first; none if consistent.

    No statement of a set can be spared. Of the chains of orders that join two dates, which may be
    exponentially many, one of the shortest is given, and one of the shortest circles through each order: so
    whenever statements conflict, some set says so, and every pair of dates in conflict is in one.

    Args:
        statements: distinct dates and orders, as ``find_statements`` gives them.
    """
    said = list(statements)
    dates = [each for each in said if isinstance(each, Dated)]
    orders = [each for each in said if isinstance(each, Ordered)]
    dated: dict[str, list[Dated]] = {each.event: [] for each in dates}
    for each in dates:
        dated[each.event].append(each)
    graph = networkx.DiGraph()
    graph.add_nodes_from(dated)
    graph.add_edges_from((each.before, each.after, {"order": each}) for each in orders)
    chains = dict(networkx.all_pairs_shortest_path(graph))
    found: list[Conflict] = [
        (late, *_orders(graph, path), early)
        for late in dates
        for end, path in chains[late.event].items()
        for early in dated.get(end, ())
        if late.bounds.is_after(early.bounds)
    ]
    for order in orders:
        if path := chains[order.after].get(order.before):
            found.append((order, *_orders(graph, path)))
    return _smallest(found)


def _orders(graph: networkx.DiGraph, path: list[str]) -> Iterator[Ordered]:
    return (graph.edges[pair]["order"] for pair in pairwise(path))


def _smallest(found: list[Conflict]) -> list[Conflict]:
    sets = {frozenset(each): tuple(dict.fromkeys(each)) for each in found}
    holding: dict[Statement, list[frozenset[Statement]]] = {}
    for each in sets:
        for said in each:
            holding.setdefault(said, []).append(each)
    smallest = (each for each in sets if not any(other < each for said in each for other in holding[said]))
    return sorted((sets[each] for each in smallest), key=len)
