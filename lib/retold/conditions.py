"""Follow who waits for whom: conditions as a graph, and where they close into a circle.

An edge is a condition that an article states. A circle counts within one object alone: that one side's
talks and another side's truce wait on each other's acts closes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import networkx

from retold.corpus import Corpus, Passage
from retold.positions import Relation, Tier, attributor, relation, tier

Which = Literal["on record", "as printed", "without forecasts"]


@dataclass(frozen=True)
class Edge:
    """Hold one condition of an article: the actor's agreement to ``object`` waits on ``by`` doing ``act``.

    ``attributor`` is the name of whoever tells it, ``tier`` how openly, ``relation`` from which side;
    ``passages`` are the positions that state it, more than one where one condition serves several issues.
    """

    article: str
    actor: str
    act: str
    by: str
    object: str
    attributor: str
    tier: Tier
    move: str
    relation: Relation
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Cycle:
    """Hold actors that each wait for the one before them, the first for the last, for one object.

    ``edges`` are all conditions on the way round; they need not stand in one article.
    """

    object: str
    actors: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Standoff:
    """Hold two conditions of two actors, each of which the other would have to fulfil first."""

    one: Edge
    other: Edge

    @property
    def same_object(self) -> bool:
        """Return whether both concern one object, so that they close a circle."""
        return self.one.object == self.other.object


_KEPT: Mapping[Which, Callable[[Edge], bool]] = {
    "on record": lambda edge: edge.tier == "on the record",
    "as printed": lambda edge: True,
    "without forecasts": lambda edge: edge.move != "prospect",
}


def find_edges(corpus: Corpus, *, which: Which) -> list[Edge]:
    """Return the conditions that the articles state, in their order.

    Args:
        corpus: the story.
        which: those told ``on record`` (by a named person or government), all ``as printed``, or all
            ``without forecasts``, forecasts being others' of what an actor will do.

    Raises:
        KeyError: ``which`` is none of these.
    """
    kept = _KEPT[which]
    found: dict[Edge, list[str]] = {}
    for passage in corpus.find_passages("position"):
        if passage.record.condition:
            found.setdefault(_edge(corpus, passage), []).append(passage.id)
    return [replace(edge, passages=tuple(ids)) for edge, ids in found.items() if kept(edge)]


def _edge(corpus: Corpus, passage: Passage) -> Edge:
    needs, teller = passage.record.condition, attributor(corpus, passage)
    return Edge(
        article=passage.article,
        actor=passage.record.actor,
        act=needs.act,
        by=needs.by,
        object=needs.object,
        attributor=corpus.sources[teller.record.source].name if teller else "the outlet itself",
        tier=tier(corpus, passage),
        move=passage.record.move,
        relation=relation(corpus, passage),
        passages=(),
    )


def graph(edges: Iterable[Edge]) -> networkx.MultiDiGraph[str]:
    """Return actors as nodes, and each condition as an edge from who is waited on to who waits.

    An edge carries ``object``, ``act`` and the ``Edge`` itself as ``condition``.
    """
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for edge in edges:
        made.add_edge(edge.by, edge.actor, object=edge.object, act=edge.act, condition=edge)
    return made


def find_cycles(edges: Sequence[Edge]) -> list[Cycle]:
    """Return the circles within each object, each once, actors from the first in the alphabet on.

    An actor who waits on an act of its own is no circle. Whether one article states a circle whole is
    asked by giving the edges of that article alone.
    """
    found: list[Cycle] = []
    about: dict[str, list[Edge]] = {}
    for edge in edges:
        about.setdefault(edge.object, []).append(edge)
    for wanted, within in about.items():
        circles = [nodes for nodes in networkx.simple_cycles(networkx.DiGraph(graph(within))) if nodes[1:]]
        for actors in sorted(map(_from_first, circles)):
            arcs = set(zip(actors, (*actors[1:], actors[0]), strict=True))
            steps = tuple(edge for edge in within if (edge.by, edge.actor) in arcs)
            found.append(Cycle(wanted, actors, steps))
    return found


def _from_first(actors: list[str]) -> tuple[str, ...]:
    at = actors.index(min(actors))
    return (*actors[at:], *actors[:at])


def find_standoffs(edges: Sequence[Edge]) -> list[Standoff]:
    """Return every two conditions of which each asks the other's actor to act first, in order.

    For one object these are the circles of two; for different objects they are preconditions that face
    each other, and whether the acts exclude one another is for the reader to judge.
    """
    facing: dict[tuple[str, str], list[int]] = {}
    for at, edge in enumerate(edges):
        facing.setdefault((edge.by, edge.actor), []).append(at)
    return [
        Standoff(one, edges[other])
        for at, one in enumerate(edges)
        for other in facing.get((one.actor, one.by), ())
        if at < other and one.actor != one.by
    ]
