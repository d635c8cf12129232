"""Measure how far two passes over the same articles agree: in spans, in tokens, in fields and in variants.

Spans are matched one to one by Jaccard overlap on characters, as in the figures that this project computed
from PolNeAR's public data (Newell, Margolin and Ruths 2018); tokens are compared by Krippendorff's alpha.
Two passes made by language models with the same brief show repeatability, not validity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import krippendorff

from retold.corpus import Corpus, Passage
from retold.loading import load_corpus
from retold.model import Span
from retold.registers import Variant
from retold.text import find_words, length, merge, overlap, tokens
from retold.vocabulary import Layer

LOOSE, STRICT = 0.3, 0.8
FIELDS: Mapping[Layer, tuple[str, ...]] = {
    "attribution": ("source", "form", "polarity", "certainty"),
    "quantity": ("hedge", "kind", "base"),
    "position": ("actor", "issue", "stance", "move"),
    "event": ("status", "reconciled"),
    "claim": (),
}
"""The fields compared on matched spans; a claim's reading has none, its variants are compared apart."""

LAYERS: tuple[Layer, ...] = tuple(FIELDS)
_SAME_BASE = 0.5
Item = TypeVar("Item")


class Match(NamedTuple):
    """Pair a passage of the first pass with one of the second, with their overlap."""

    first: str
    second: str
    overlap: float


class Score(NamedTuple):
    """Count matched spans, and what share of either pass they are; a share of nothing is not a number."""

    matched: int
    precision: float
    recall: float
    f1: float


class Agreed(NamedTuple):
    """Count pairs that carry the same value, among all pairs compared."""

    same: int
    compared: int

    @property
    def share(self) -> float:
        """Return the share of pairs with the same value."""
        return _share(self.same, self.compared)


@dataclass(frozen=True)
class SpanAgreement:
    """Hold how many spans of one layer each pass has, and which ones match."""

    layer: Layer
    first: int
    second: int
    matches: tuple[Match, ...]

    def score(self, least: float) -> Score:
        """Return the score of the matches with an overlap of ``least`` or more.

        Precision is a share of the second pass, recall of the first; F1 is the same in both directions.
        """
        matched = sum(match.overlap >= least for match in self.matches)
        f1 = _share(2 * matched, self.first + self.second)
        return Score(matched, _share(matched, self.second), _share(matched, self.first), f1)

    def row(self, least: float) -> list[str | int]:
        """Return a line of a table: layer, spans of each pass, and the score, its shares in per cent."""
        score = self.score(least)
        return [self.layer, self.first, self.second, score.matched, *(f"{100 * x:.1f}" for x in score[1:])]


def load_pass(root: str | Path, name: str) -> Corpus:
    """Load one pass: the seeds under ``root`` with the annotations and registers of ``annotations/NAME``.

    Raises:
        CorpusError: anything could not be read or located; it carries every problem found.
    """
    return load_corpus(root, folder=f"annotations/{name}")


def compare_spans(first: Corpus, second: Corpus, layer: Layer) -> SpanAgreement:
    """Match the main spans of a layer one to one within each article, the greatest overlap first.

    Overlap is Jaccard's on characters, and matches begin at 0.3, as in the figures computed from PolNeAR
    (Newell, Margolin and Ruths 2018). Nested attributions often share their content: equal overlaps go to
    the pair whose other spans (source, cue, time) overlap more, and what is still equal, mostly for standing
    on the same words, to the pair with more fields in common.
    """
    candidates = [
        (_rank(ours, theirs, overlapped), ours.id, theirs.id)
        for ours in first.find_passages(layer)
        for theirs in second.find_passages(layer)
        if ours.article == theirs.article and (overlapped := jaccard(ours.spans, theirs.spans)) >= LOOSE
    ]
    matches = tuple(Match(ours, theirs, -rank[0]) for rank, ours, theirs in _one_to_one(candidates))
    return SpanAgreement(layer, len(first.find_passages(layer)), len(second.find_passages(layer)), matches)


def _rank(ours: Passage, theirs: Passage, overlapped: float) -> tuple[float, float, int]:
    others = jaccard(_others(ours), _others(theirs))
    equal = sum(getattr(ours.record, each) == getattr(theirs.record, each) for each in FIELDS[ours.layer])
    return -overlapped, -others, -equal


def _others(passage: Passage) -> list[Span]:
    return [span for part, spans in passage.parts.items() if part != passage.main for span in spans]


def _one_to_one(candidates: Iterable[tuple[Any, Item, Item]]) -> list[tuple[Any, Item, Item]]:
    """Return the candidates by rank, then as listed, without those whose left or right is taken."""
    taken: tuple[set[Item], set[Item]] = set(), set()
    chosen = []
    for rank, left, right in sorted(candidates, key=itemgetter(0)):
        if left not in taken[0] and right not in taken[1]:
            taken[0].add(left)
            taken[1].add(right)
            chosen.append((rank, left, right))
    return chosen


def jaccard(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Return the characters that both sets of spans cover, as a share of those that either covers.

    Two empty sets are alike.
    """
    either = length([*left, *right])
    return overlap(left, right) / either if either else 1.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def token_alpha(first: Corpus, second: Corpus, layer: Layer) -> float:
    """Return Krippendorff's alpha (nominal) on whether a token lies inside the layer's main spans.

    Every token of every article is a unit, and the passes are the two coders; the library ``krippendorff``
    computes it. Nested spans count once. Where the passes put all tokens inside, or none, nothing varies
    and alpha is not a number.
    """
    coded = [_tokens_inside(corpus, layer) for corpus in (first, second)]
    if len({*coded[0], *coded[1]}) < 2:
        return math.nan
    return float(krippendorff.alpha(reliability_data=coded, level_of_measurement="nominal"))


def _tokens_inside(corpus: Corpus, layer: Layer) -> list[int]:
    found = []
    for article in corpus.articles.values():
        passages = corpus.find_passages(layer, article=article.id)
        covered = merge(span for passage in passages for span in passage.spans)
        words = [word.span for word in find_words(article.text)]
        found += [int(any(s.start <= word.start and word.end <= s.end for s in covered)) for word in words]
    return found


def field_agreement(first: Corpus, second: Corpus, layer: Layer) -> dict[str, Agreed]:
    """Return for each of the layer's ``FIELDS`` how many matched spans have the same value.

    Named sources are the same if their ids are. Each pass names anonymous speakers in its own way, so these
    are the same if kind and side are; a named source and an unnamed one never are. Two bases are the same
    if the F1 of their tokens is 0.5 or more, or if both are empty. Other fields must be equal.
    """
    matches = compare_spans(first, second, layer).matches
    found = {}
    for field in FIELDS[layer]:
        pairs = ((_value(first, m.first, field), _value(second, m.second, field)) for m in matches)
        same = [_is_same(field, *pair) for pair in pairs]
        found[field] = Agreed(sum(same), len(same))
    return found


def _value(corpus: Corpus, passage: str, field: str) -> Any:
    value = getattr(corpus.passages[passage].record, field)
    if field != "source":
        return value
    source = corpus.sources[value]
    return source.id if source.named else (source.kind, source.side)


def _is_same(field: str, ours: Any, theirs: Any) -> bool:
    if field == "base":
        return _token_f1(tokens(ours), tokens(theirs)) >= _SAME_BASE
    return bool(ours == theirs)


def _token_f1(left: Sequence[str], right: Sequence[str]) -> float:
    both = len(left) + len(right)
    return 2 * (Counter(left) & Counter(right)).total() / both if both else 1.0


def variant_pairs(first: Corpus, second: Corpus) -> list[tuple[Variant, Variant]]:
    """Return the variants of the two passes that record the same difference, as far as words can tell.

    Claims are matched one to one by how many of their readings match, and the variants of matched claims by
    the F1 of the tokens that they quote for each article, from 0.3. Neither kind nor severity decides.
    """
    readings = compare_spans(first, second, "claim").matches
    shared = Counter((first.passages[a].record.id, second.passages[b].record.id) for a, b, _ in readings)
    claims = _one_to_one((-count, *pair) for pair, count in shared.items())
    pairs = []
    for _, left, right in claims:
        ours, theirs = first.claims[left].variants, second.claims[right].variants
        places = product(range(len(ours)), range(len(theirs)))
        scored = [(-_token_f1(_quoted(ours[i]), _quoted(theirs[j])), i, j) for i, j in places]
        chosen = _one_to_one(each for each in scored if -each[0] >= LOOSE)
        pairs += [(ours[i], theirs[j]) for _, i, j in chosen]
    return pairs


def _quoted(variant: Variant) -> list[str]:
    return [f"{article} {token}" for article, words in variant.readings.items() for token in tokens(words)]


def variant_agreement(first: Corpus, second: Corpus) -> dict[str, Agreed]:
    """Return how many of the matched variants have the same kind, and how many the same severity."""
    pairs = variant_pairs(first, second)
    same = {each: [getattr(a, each) == getattr(b, each) for a, b in pairs] for each in ("kind", "severity")}
    return {each: Agreed(sum(alike), len(alike)) for each, alike in same.items()}
