"""Mark in which articles something is found, and how: claims, sources, hedges, stances, a variant's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pandas as pd
from retold.corpus import Corpus, Passage
from retold.positions import TIERS, Tier, accounts
from retold.provenance import citations, find_readings, is_worded, reading_newsrooms
from retold.vocabulary import Hedge, Stance
from retold.voices import source_groups

HEDGE_MARKS: Mapping[Hedge, str] = {
    "exact": "filled",
    "about": "open",
    "vague": "open",
    "at-least": "at-least",
    "more-than": "at-least",
    "almost": "almost",
    "at-most": "almost",
    "less-than": "almost",
}
"""The mark of each hedge: none, on both sides, open above, or open below."""

_TELLERS: Mapping[Tier, str] = {
    "unnamed": "unnamed people",
    "newsroom": "newsroom cited",
    "own voice": "outlet itself",
}
_STANCES: Mapping[Stance, str] = {"conditional": "only if", "unstated": "not said"}


def claim_marks(corpus: Corpus, claims: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame of marks, claims by articles: ``filled`` if a newsroom is named for it there.

    ``open`` means carried with no newsroom named in that place, ``none`` not carried.

    Args:
        corpus: the story.
        claims: row labels, each with its claim.
    """
    marks: dict[str, list[str]] = {article: ["none"] * len(claims) for article in corpus.articles}
    for row, claim in enumerate(claims.values()):
        for reading in find_readings(corpus, claim):
            marks[reading.article][row] = "filled" if reading_newsrooms(corpus, reading) else "open"
    return pd.DataFrame(marks, index=list(claims))


def group_marks(corpus: Corpus) -> pd.DataFrame:
    """Return a frame of marks, groups of sources by articles, see ``source_groups``.

    ``filled`` means that words of the article name or cue one of the group, ``open`` that its citations are
    only implied, ``none`` that there are none.
    """
    groups = source_groups(corpus)
    marks = {
        article: [
            _mark([c for each in group for c in citations(corpus, each, article)])
            for group in groups.values()
        ]
        for article in corpus.articles
    }
    return pd.DataFrame(marks, index=list(groups))


def _mark(found: list[Passage]) -> str:
    if not found:
        return "none"
    return "filled" if any(map(is_worded, found)) else "open"


def hedge_marks(corpus: Corpus) -> pd.DataFrame:
    """Return a frame of marks, claims with quantities by articles: how each article hedges its number.

    ``filled`` is no hedge, ``open`` one on both sides, ``at-least`` one that is open above, ``almost`` one
    that is open below, ``none`` no number. Rows are the claims' ids, for the caller to rename; where an
    article hedges one of several numbers of a claim, the first hedge counts.
    """
    found: dict[str, dict[str, str]] = {claim: {} for claim in corpus.claims}
    for passage in corpus.find_passages("quantity"):
        if passage.record.claim:
            marks = found[passage.record.claim]
            if marks.get(passage.article, "filled") == "filled":
                marks[passage.article] = HEDGE_MARKS[passage.record.hedge]
    rows = {
        claim: [marks.get(article, "none") for article in corpus.articles]
        for claim, marks in found.items()
        if marks
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(corpus.articles))


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


def variant_marks(corpus: Corpus, claim: str, variant: str) -> pd.DataFrame:
    """Return a frame of marks, what a variant's readings hold by articles: ``filled`` or ``none``.

    Readings that name several things part them by commas; rows stand in the order of first occurrence.

    Raises:
        KeyError: there is no such claim, or it has no such variant.
    """
    found = {each.id: each.readings for each in corpus.claims[claim].variants}[variant]
    held = {article: found[article].split(", ") if article in found else [] for article in corpus.articles}
    rows = list(dict.fromkeys(word for words in held.values() for word in words))
    marks = {a: ["filled" if row in words else "none" for row in rows] for a, words in held.items()}
    return pd.DataFrame(marks, index=rows)
