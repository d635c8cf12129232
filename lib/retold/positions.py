"""Lay out who is said to want what: every distinct stance and move, never merged, with who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from retold.corpus import Corpus, Passage
from retold.provenance import layers

Tier = Literal["on the record", "institution", "unnamed", "newsroom", "own voice"]
Relation = Literal["own side", "other side", "third", "unknown"]


@dataclass(frozen=True)
class Account:
    """Hold one distinct stance and move of an actor on an issue, and the passages that give it alike.

    ``attributor`` is the name of the deepest speaker, ``tier`` how openly he speaks, ``relation`` the side
    he speaks from as seen from the actor.
    """

    actor: str
    issue: str
    stance: str
    move: str
    attributor: str
    tier: Tier
    relation: Relation
    passages: tuple[str, ...]


def tier(corpus: Corpus, passage: Passage) -> Tier:
    """Return how openly the deepest speaker of a passage speaks."""
    around = layers(corpus, passage)
    if not around:
        return "own voice"
    source = corpus.sources[around[-1].record.source]
    if source.kind == "newsroom":
        return "newsroom"
    if not source.named:
        return "unnamed"
    return "on the record" if source.kind in ("person", "government") else "institution"


def relation(corpus: Corpus, passage: Passage) -> Relation:
    """Return from which side, as seen from the passage's actor, the deepest speaker speaks."""
    around = layers(corpus, passage)
    if not around:
        return "third"
    side = corpus.sources[around[-1].record.source].side
    own = corpus.actors[passage.record.actor].side
    if side in ("unknown", "third"):
        return "unknown" if side == "unknown" else "third"
    if side == own:
        return "own side"
    return "other side" if {side, own} == {"ukraine", "russia"} else "third"


def accounts(corpus: Corpus) -> list[Account]:
    """Return every distinct account: actor, issue, stance, move and attributor, with its passages."""
    found: dict[tuple[str, str, str, str, str], list[Passage]] = {}
    for passage in corpus.find_passages("position"):
        record, around = passage.record, layers(corpus, passage)
        name = corpus.sources[around[-1].record.source].name if around else "the outlet itself"
        found.setdefault((record.actor, record.issue, record.stance, record.move, name), []).append(passage)
    rank = {name: at for at, name in enumerate([*corpus.actors, *corpus.issues])}
    made = [
        Account(
            *key,
            tier=tier(corpus, passages[0]),
            relation=relation(corpus, passages[0]),
            passages=tuple(passage.id for passage in passages),
        )
        for key, passages in found.items()
    ]
    return sorted(made, key=lambda account: (rank[account.actor], rank[account.issue]))


def by_cell(corpus: Corpus) -> Mapping[tuple[str, str], list[Account]]:
    """Return the accounts by actor and issue; a cell that is missing is not reported, never a no."""
    cells: dict[tuple[str, str], list[Account]] = {}
    for account in accounts(corpus):
        cells.setdefault((account.actor, account.issue), []).append(account)
    return cells


def position_marks(corpus: Corpus) -> pd.DataFrame:
    """Return a frame of marks, issues by actors.

    ``filled`` means that the actor's own side is among those who say so, ``open`` that only others do,
    ``none`` that no article reports a position.
    """
    cells = by_cell(corpus)
    marks = {
        actor.label: [_mark(cells.get((actor.id, issue), [])) for issue in corpus.issues]
        for actor in corpus.actors.values()
    }
    return pd.DataFrame(marks, index=[issue.label for issue in corpus.issues.values()])


def _mark(found: list[Account]) -> str:
    if not found:
        return "none"
    return "filled" if any(account.relation == "own side" for account in found) else "open"
