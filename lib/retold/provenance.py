"""Follow who says what: chains of attribution, newsroom roots, and human sources.

The layers follow PolNeAR's source, cue and content, nested. Roots implement the rule that repetition is not
corroboration: texts with one newsroom behind them are one source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any, NamedTuple

import networkx

from retold.cluster import spread
from retold.corpus import Corpus, Passage
from retold.model import Span
from retold.text import length, merge, overlap

_PART = 100
NEWSROOM_KINDS = ("outlet", "newsroom")  # an article may cite the outlet of another
HUMAN_KINDS = ("person", "official", "group")


class Interval(NamedTuple):
    """Bound a count; ``high`` is None where the words give no upper bound."""

    low: int
    high: int | None

    def __str__(self) -> str:
        """Return ``2``, ``1–3`` or ``2 or more``."""
        if self.high is None:
            return f"{self.low} or more"
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def find_attributions(corpus: Corpus, article: str, spans: Iterable[Span]) -> list[Passage]:
    """Return the attributions whose content covers at least half of ``spans``, outermost first."""
    wanted = merge(spans)
    least = length(wanted) / 2
    around = corpus.find_passages("attribution", article=article)
    found = [passage for passage in around if overlap(passage.spans, wanted) >= least]
    return sorted(found, key=lambda passage: len(_ancestors(corpus, passage)))


def _ancestors(corpus: Corpus, attribution: Passage) -> list[Passage]:
    found = [attribution]
    while found[0].record.within:
        outer = corpus.passages[f"{attribution.article}/{found[0].record.within}"]
        if any(outer is each for each in found):
            raise ValueError(f"{outer.id!r} lies within itself; `python -m retold check` says where")
        found.insert(0, outer)
    return found


def layers(corpus: Corpus, passage: Passage) -> list[Passage]:
    """Return the attributions around a passage, outermost first; empty where the outlet speaks itself.

    An attribution's layers end in itself. For any other passage the deepest attribution that covers at
    least half of it counts; of equally deep ones, the first in the file.
    """
    if passage.id not in corpus.layers:
        around = [passage]
        if passage.layer != "attribution":
            around = find_attributions(corpus, passage.article, passage.spans)
        found = [_ancestors(corpus, each) for each in around]
        corpus.layers[passage.id] = max(found, key=len, default=[])
    return corpus.layers[passage.id]


def chain(corpus: Corpus, passage: Passage) -> tuple[str, ...]:
    """Return source ids from the article's outlet to the deepest speaker, implied layers included."""
    outlet = corpus.articles[passage.article].record.article.outlet
    return (outlet, *(layer.record.source for layer in layers(corpus, passage)))


def speaker(corpus: Corpus, passage: Passage) -> str:
    """Return the source id of the deepest speaker; the outlet itself where nobody else is named."""
    return chain(corpus, passage)[-1]


def citations(corpus: Corpus, source: str, article: str) -> list[Passage]:
    """Return an article's attributions to a source, those whose words name or cue it first."""
    found = corpus.find_passages("attribution", article=article)
    cited = [passage for passage in found if passage.record.source == source]
    return sorted(cited, key=lambda passage: not is_worded(passage))


def citers(corpus: Corpus, source: str) -> list[str]:
    """Return the ids of the articles that cite a source, in words or by an implied layer."""
    return [article for article in corpus.articles if citations(corpus, source, article)]


def is_worded(attribution: Passage) -> bool:
    """Return whether the article's words name or cue the source; otherwise the layer is implied."""
    return bool(attribution.record.source_text or attribution.record.cue)


def newsroom_attributions(corpus: Corpus, article: str) -> list[str]:
    """Return the ids of an article's attributions to a newsroom, in the order of the file."""
    found = corpus.find_passages("attribution", article=article)
    return [each.id for each in found if corpus.sources[each.record.source].kind in NEWSROOM_KINDS]


def reading_newsrooms(corpus: Corpus, reading: Passage) -> set[str]:
    """Return the newsrooms that a reading's layers name, or take up from an earlier sentence."""
    said = {each.record.source for each in layers(corpus, reading) if each.record.certainty != "inferred"}
    return {source for source in said if corpus.sources[source].kind in NEWSROOM_KINDS}


def find_readings(corpus: Corpus, claim: str) -> list[Passage]:
    """Return a claim's readings, in the order of the articles.

    Raises:
        KeyError: no claim has the id.
    """
    return corpus.find_passages("claim", claim=claim)


def carriers(corpus: Corpus, claim: str) -> list[str]:
    """Return the ids of the articles that carry a claim."""
    return [reading.article for reading in find_readings(corpus, claim)]


def told_alone(corpus: Corpus) -> Mapping[str, list[str]]:
    """Return, by source id, the readings of the claims that this source alone is given, outlets included."""
    found: dict[str, list[str]] = {}
    for claim in corpus.claims:
        readings = find_readings(corpus, claim)
        speakers = {speaker(corpus, reading) for reading in readings}
        if len(speakers) == 1:
            found.setdefault(speakers.pop(), []).extend(reading.id for reading in readings)
    return found


def newsroom_roots(corpus: Corpus, claim: str) -> Interval:
    """Return how many separate newsrooms a claim goes back to, at least and at most.

    A reading inside a newsroom's layer adds that newsroom, once however many articles repeat it. A reading
    without one, or with one that is only inferred, adds nothing to the minimum and its outlet, once however
    many of its articles have it, to the maximum, unless another article names that outlet for it.
    """
    named: set[str] = set()
    outlets: set[str] = set()
    for reading in find_readings(corpus, claim):
        roots = reading_newsrooms(corpus, reading)
        named |= roots
        if not roots:
            outlets.add(corpus.articles[reading.article].record.article.outlet)
    return Interval(len(named), len(named | outlets))


def people(corpus: Corpus, claim: str) -> list[str]:
    """Return the ids of the persons, officials and groups that any article gives a claim to, sorted."""
    found: set[str] = set()
    for reading in find_readings(corpus, claim):
        around = find_attributions(corpus, reading.article, reading.spans)
        found |= {attribution.record.source for attribution in around}
    return sorted(source for source in found if corpus.sources[source].kind in HUMAN_KINDS)


def human_sources(corpus: Corpus, claim: str) -> Interval:
    """Return how many people are said to stand behind a claim, at least and at most.

    The minimum is the size of the largest set of speakers who cannot be the same people, see
    ``are_apart``; the maximum adds all sizes up, and is open where a group has no upper bound.
    """
    speakers = people(corpus, claim)
    highs = [corpus.sources[source].size.high for source in speakers]
    high = None if None in highs else sum(each or 0 for each in highs)
    apart: networkx.Graph[str] = networkx.Graph()
    apart.add_nodes_from((source, {"size": corpus.sources[source].size.low}) for source in speakers)
    apart.add_edges_from(pair for pair in combinations(speakers, 2) if are_apart(corpus, *pair))
    return Interval(networkx.max_weight_clique(apart, weight="size")[1], high)


def roots(corpus: Corpus, *, client: Any = None) -> dict[str, tuple[Interval, Interval]]:
    """Return the newsroom roots and the human sources of every claim, by its id.

    Args:
        corpus: the story.
        client: a ``distributed.Client`` whose workers count them, with the same result.
    """
    claims = list(corpus.claims)
    parts = [_part(corpus, claims[at : at + _PART]) for at in range(0, len(claims), _PART)]
    return {claim: found for part in spread(_roots, parts, client=client) for claim, found in part.items()}


def _part(corpus: Corpus, claims: list[str]) -> Corpus:
    """Return the corpus as far as the roots of some claims need it."""
    readings = [reading for claim in claims for reading in find_readings(corpus, claim)]
    articles = dict.fromkeys(reading.article for reading in readings)
    passages = [each for article in articles for each in corpus.find_passages("attribution", article=article)]
    return replace(
        corpus,
        articles={article: corpus.articles[article] for article in articles},
        passages={passage.id: passage for passage in (*passages, *readings)},
        claims={claim: corpus.claims[claim] for claim in claims},
    )


def _roots(corpus: Corpus) -> dict[str, tuple[Interval, Interval]]:
    return {claim: (newsroom_roots(corpus, claim), human_sources(corpus, claim)) for claim in corpus.claims}


def are_apart(corpus: Corpus, one: str, other: str) -> bool:
    """Return whether two sources cannot mean the same people: two named persons, or people of two sides.

    Sources that an identity hypothesis links are not apart, and an unknown side may be any.
    """
    left, right = corpus.sources[one], corpus.sources[other]
    linked = {one, other} & {identity.source for identity in (*left.identity, *right.identity)}
    sides = {left.side, right.side}
    opposed = len(sides) == 2 and "unknown" not in sides
    return not linked and (opposed or left.kind == right.kind == "person")
