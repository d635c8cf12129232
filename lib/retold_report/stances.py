"""Show which stance each actor is said to take, and how openly those who say so speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pandas as pd
from retold.corpus import Corpus
from retold.positions import TIERS, Tier, accounts
from retold.vocabulary import Stance

_TELLERS: Mapping[Tier, str] = {
    "unnamed": "unnamed people",
    "newsroom": "newsroom cited",
    "own voice": "outlet itself",
}
_STANCES: Mapping[Stance, str] = {"conditional": "only if", "unstated": "not said"}


def stance_marks(corpus: Corpus, issue: str) -> pd.DataFrame:
    """Return a frame of marks on one issue: kinds of teller, actor by actor, by the stances they tell.

    ``filled`` means that the actor's own side is among the tellers, ``open`` that only others are, ``none``
    that nobody is. Rows without any mark are left out, stances never.

    Raises:
        KeyError: no issue has the id.
    """
    wanted = corpus.issues[issue].id
    found = [each for each in accounts(corpus) if each.issue == wanted]
    rows = {}
    for actor in corpus.actors.values():
        for tier in TIERS:
            told = [each for each in found if (each.actor, each.tier) == (actor.id, tier)]
            if told:
                own = {each.stance for each in told if each.relation == "own side"}
                others = {each.stance for each in told} - own
                marks = dict.fromkeys(own, "filled") | dict.fromkeys(others, "open")
                rows[f"{actor.label}: {_TELLERS.get(tier, tier)}"] = marks
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(get_args(Stance)))
    return frame.fillna("none").rename(columns=lambda each: _STANCES.get(each, each).capitalize())
