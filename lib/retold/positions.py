"""Lay out who is said to want what: every distinct stance and move, never merged, with who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from retold.corpus import Corpus, Passage
from retold.provenance import NEWSROOM_KINDS, layers

Tier = Literal["on the record", "institution", "unnamed", "newsroom", "own voice"]
TIERS: tuple[Tier, ...] = get_args(Tier)
Relation = Literal["own side", "other side", "third", "unknown"]


@dataclass(frozen=True)
class Account:
    """Hold one distinct stance and move of an actor on an issue, and the passages that give it alike.

    ``attributor`` is the name of the deepest speaker, ``tier`` how openly that one speaks, ``relation`` from
    which side as seen from the actor.
    """

    actor: str
    issue: str
    stance: str
    move: str
    attributor: str
    tier: Tier
    relation: Relation
    passages: tuple[str, ...]


def attributor(corpus: Corpus, passage: Passage) -> Passage | None:
    """Return the attribution whose source tells the position, or None where the outlet does.

    A state named for its government ("the capital has indicated") holds a view but speaks through no one, so
    the layer around it tells the position.
    """
    around = [each for each in layers(corpus, passage) if corpus.sources[each.record.source].kind != "state"]
    return around[-1] if around else None


def tier(corpus: Corpus, passage: Passage) -> Tier:
    """Return how openly the teller of a position speaks."""
    teller = attributor(corpus, passage)
    if teller is None:
        return "own voice"
    source = corpus.sources[teller.record.source]
    if source.kind in NEWSROOM_KINDS:
        return "newsroom"
    if not source.named:
        return "unnamed"
    return "on the record" if source.kind in ("person", "government") else "institution"


def relation(corpus: Corpus, passage: Passage) -> Relation:
    """Return from which side, as seen from the passage's actor, the teller of a position speaks."""
    teller = attributor(corpus, passage)
    if teller is None:
        return "third"
    side = corpus.sources[teller.record.source].side
    own = corpus.actors[passage.record.actor].side
    if side == "unknown":
        return "unknown"
    if side == own:
        return "own side"
    return "other side" if {side, own} <= corpus.opposed else "third"


def accounts(corpus: Corpus) -> list[Account]:
    """Return every distinct account: actor, issue, stance, move and attributor, with its passages."""
    found: dict[tuple[str, str, str, str, str], list[Passage]] = {}
    for passage in corpus.find_passages("position"):
        record, teller = passage.record, attributor(corpus, passage)
        source = teller.record.source if teller else ""
        found.setdefault((record.actor, record.issue, record.stance, record.move, source), []).append(passage)
    actors = {actor: at for at, actor in enumerate(corpus.actors)}
    issues = {issue: at for at, issue in enumerate(corpus.issues)}
    made = [
        Account(
            *key[:4],
            attributor=corpus.sources[key[4]].name if key[4] else "the outlet itself",
            tier=tier(corpus, passages[0]),
            relation=relation(corpus, passages[0]),
            passages=tuple(passage.id for passage in passages),
        )
        for key, passages in found.items()
    ]
    return sorted(made, key=lambda account: (actors[account.actor], issues[account.issue]))


def by_cell(corpus: Corpus) -> Mapping[tuple[str, str], list[Account]]:
    """Return the accounts by actor and issue; a cell that is missing is not reported, never a no."""
    cells: dict[tuple[str, str], list[Account]] = {}
    for account in accounts(corpus):
        cells.setdefault((account.actor, account.issue), []).append(account)
    return cells
