"""Score the library on retellings of which everything is known, and write annotations/known_truth.csv.

``annotations/known_truth.md`` says what is grown and what each score is. The same bytes come out each time;
it takes some minutes.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations, product
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from retold import Corpus, load_corpus
from retold.collation import differing
from retold.provenance import find_readings, newsroom_roots, speaker
from retold.reuse import find_reuse
from retold.text import tokens

from bench.synthetic import Grown, Rates, grow, write

OUT = Path(__file__).parents[1] / "annotations/known_truth.csv"
WITNESSES = (3, 5, 8, 12, 20, 50)
CLAIMS = (6, 12, 24, 48)
SEEDS = range(20)
COLUMNS = ("setting", "witnesses", "claims", "method", "measure", "mean", "low", "high", "stories")

Pair = frozenset[str]
Score = tuple[str, str]


class Setting(NamedTuple):
    """Hold how a story is retold: how many newsrooms wrote it, and how copies depart from their parents."""

    newsrooms: int
    rates: Rates


_CLOSE = Rates(drop=0.15, mutation=0.3, paraphrase=0.1)
_FREE = Rates(drop=0.35, mutation=0.8, paraphrase=0.5)

SETTINGS: Mapping[str, Setting] = {
    "close": Setting(1, _CLOSE),
    "free": Setting(1, _FREE),
    "several newsrooms": Setting(3, _FREE),
    "misnamed newsrooms": Setting(3, _FREE._replace(miscredited=0.1)),
}


class Story(NamedTuple):
    """Name one grown story: how it is retold, by how many, with how many claims, and its seed."""

    setting: str
    witnesses: int
    claims: int
    seed: int


def score(story: Story) -> dict[Score, float]:
    """Return what the library scores on a story, by method and measure; what has no value is left out."""
    newsrooms, rates = SETTINGS[story.setting]
    grown = grow(
        story.witnesses, seed=story.seed, places=story.claims, newsrooms=newsrooms, words=0, rates=rates
    )
    with tempfile.TemporaryDirectory() as folder:
        corpus = load_corpus(write(grown, Path(folder) / "story"))
    found = _mean("roots", score_roots(grown, corpus))
    if newsrooms == 1:
        found |= score_differences(grown, corpus)
        for method, pairs in related(corpus).items():
            found |= score_pairs(grown, method, pairs)
    return found


def _mean(method: str, measures: Mapping[str, Sequence[float]]) -> dict[Score, float]:
    return {(method, name): fmean(values) for name, values in measures.items() if values}


def score_roots(grown: Grown, corpus: Corpus) -> dict[str, list[float]]:
    """Return, for every claim carried: does [min, max] hold the true count, is min above it, how wide?"""
    carried = {claim: roots for claim, roots in grown.roots.items() if roots}
    found = [(newsroom_roots(corpus, claim), len(roots)) for claim, roots in carried.items()]
    bounds = [(low, high or 0, true) for (low, high), true in found]
    return {
        "held": [float(low <= true <= high) for low, high, true in bounds],
        "too many": [float(low > true) for low, _, true in bounds],
        "width": [float(high - low) for low, high, _ in bounds],
    }


def score_differences(grown: Grown, corpus: Corpus) -> dict[Score, float]:
    """Return the shares of mutations that show, of those that are found, and of marks that are mutations.

    A mutation shows if texts of the corpus have more than one content at its place, and is found if the
    collation of the claim's readings marks the place in one of them, or, for a speaker, if the speakers of
    the readings are not the same. A mark is a word that the collation marks.
    """
    marked = {claim: _marked(corpus, claim) for claim in corpus.claims}
    told = {(w.id, claim): telling for w in grown.witnesses for claim, telling in w.tellings.items()}
    places: dict[Score, dict[str, str]] = {}
    for (witness, claim), telling in told.items():
        for kind, words in telling.slots.items():
            places.setdefault((claim, kind), {})[witness] = words
    showing = {place for place, had in places.items() if len(set(had.values())) > 1}
    found = {place for place in showing if _is_found(corpus, place, places[place], marked[place[0]])}
    mutated = [(each.claim, each.kind) for each in grown.mutations]
    true = [
        float(any(word in tokens(places[claim, kind].get(article, "")) for kind in _kinds(showing, claim)))
        for claim, articles in marked.items()
        for article, words in articles.items()
        for word in words
    ]
    return _mean(
        "collation",
        {
            "shows": [float(place in showing) for place in mutated],
            "found": [float(place in found) for place in mutated if place in showing],
            "precision": true,
        },
    )


def _kinds(places: Iterable[Score], claim: str) -> list[str]:
    return [kind for each, kind in places if each == claim]


def _marked(corpus: Corpus, claim: str) -> dict[str, set[str]]:
    """Return, by article, the words of its reading that the collation of the claim's readings marks."""
    readings = find_readings(corpus, claim)
    words = [corpus.words(reading.id) for reading in readings]
    return {
        reading.article: {token for span in spans for token in tokens(text[span.start : span.end])}
        for reading, text, spans in zip(readings, words, differing(words), strict=True)
    }


def _is_found(corpus: Corpus, place: Score, had: Mapping[str, str], marked: Mapping[str, set[str]]) -> bool:
    claim, kind = place
    if kind == "attribution":
        return len({speaker(corpus, reading) for reading in find_readings(corpus, claim)}) > 1
    return any(not marked[article].isdisjoint(tokens(words)) for article, words in had.items())


def related(corpus: Corpus) -> dict[str, set[Pair]]:
    """Return, by method, the pairs of articles that it supports as related."""
    shared = Counter(shared_departures(corpus))
    supported = {f"departures, {least} or more": _least(shared, least) for least in (1, 2, 3)}
    nearest = nearest_pairs(corpus)
    every = {frozenset(pair) for pair in combinations(corpus.articles, 2)}
    both = nearest & supported["departures, 2 or more"]
    return {"every pair": every, **supported, "reuse": nearest, "departures and reuse": both}


def _least(counts: Mapping[Pair, int], least: int) -> set[Pair]:
    return {pair for pair, count in counts.items() if count >= least}


def shared_departures(corpus: Corpus) -> Iterator[Pair]:
    """Yield each pair of articles once for each variant in which fewer than half have their reading."""
    for claim in corpus.claims.values():
        for variant in claim.variants:
            groups: dict[str, list[str]] = {}
            for article, words in variant.readings.items():
                groups.setdefault(words, []).append(article)
            for group in groups.values():
                if 2 * len(group) < len(variant.readings):
                    yield from map(frozenset, combinations(group, 2))


def nearest_pairs(corpus: Corpus) -> set[Pair]:
    """Return each article with the one that holds the largest share of its five-word strings, if any does."""
    best: dict[str, tuple[float, str]] = {}
    for each in find_reuse(corpus, n=5, quoted="marks"):
        best[each.first] = max(best.get(each.first, (0.0, "")), (each.containment, each.second))
    return {frozenset((first, second)) for first, (_, second) in best.items()}


def score_pairs(grown: Grown, method: str, pairs: set[Pair]) -> dict[Score, float]:
    """Return precision and recall against copying, and precision against common descent in the corpus."""
    copied = {frozenset(pair) for pair in grown.parents.items() if pair[1] in grown.parents}
    lines = {each: set(_line(grown.parents, each)) for each in grown.parents}
    measures = {
        "precision": [float(pair in copied) for pair in pairs],
        "recall": [float(pair in pairs) for pair in copied],
        "kin": [float(not set.isdisjoint(*(lines[each] for each in pair))) for pair in pairs],
    }
    return _mean(method, measures)


def _line(parents: Mapping[str, str], witness: str) -> Iterator[str]:
    while witness in parents:
        yield witness
        witness = parents[witness]


def stories() -> list[Story]:
    """Return every story that is scored: with one newsroom for all sizes, with several for one of them."""
    one = [name for name, setting in SETTINGS.items() if setting.newsrooms == 1]
    several = [name for name in SETTINGS if name not in one]
    return [
        *(Story(*each) for each in product(one, WITNESSES, CLAIMS, SEEDS)),
        *(Story(*each) for each in product(several, WITNESSES, CLAIMS[-1:], SEEDS)),
    ]


def rows(scored: Iterable[tuple[Story, Mapping[Score, float]]]) -> Iterator[tuple[str | int | float, ...]]:
    """Yield the rows of the table: mean, least and greatest over the stories that have a value."""
    values: dict[tuple[str | int, ...], list[float]] = {}
    for story, scores in scored:
        for (method, measure), value in scores.items():
            values.setdefault((*story[:3], method, measure), []).append(value)
    for key, found in values.items():
        yield (*key, *(round(each, 4) for each in (fmean(found), min(found), max(found))), len(found))


def main() -> None:
    """Score every story and write the table."""
    argparse.ArgumentParser(prog="python -m bench.truth", description=__doc__).parse_args()
    wanted, scored = stories(), []
    with ProcessPoolExecutor(2) as pool:
        for at, scores in enumerate(pool.map(score, wanted, chunksize=4), start=1):
            scored.append(scores)
            print(f"\r  {at} of {len(wanted)} stories", end="", flush=True, file=sys.stderr)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(zip(wanted, scored, strict=True)))
    print(f"\n{OUT.name}: written")


if __name__ == "__main__":
    main()
