"""Measure text reuse: n-grams and longest strings that articles share, beside an empirical null.

Containment follows METER (Clough, Gaizauskas, Piao and Wilks 2002): the share of one text's distinct word
n-grams that also stand in another. Low overlap never proves that two texts are independent, and no class of
derivation follows from a number alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations, product, takewhile
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

from retold.collation import find_speech
from retold.corpus import Article, Corpus
from retold.coverage import find_quoted
from retold.model import Span
from retold.text import Word, find_words, merge, overlap, tokens

Quoted = Literal["kept", "marks", "speech"]
"""Keep quoted text, or drop what stands between double marks (as the null does), or all speech as well."""

Ngram = tuple[str, ...]
Occurrence = tuple[str, int]

_NULL_COLUMNS = {"event", "first", "second", "n", "quoted_text", "ngrams_in_first", "containment"}
_NULL_TYPES = {"n": int, "ngrams_in_first": int, "containment": float}
_DECIMALS = 5  # as many as the null is printed with, so that ties are seen
_SIMILAR_LENGTH = 1.5
_SHORTEST = 5


class Reuse(NamedTuple):
    """Count the distinct n-grams of one article, and those of them that stand in another too."""

    first: str
    second: str
    n: int
    quoted: Quoted
    ngrams_in_first: int
    shared: int

    @property
    def containment(self) -> float:
        """Return the share of the first's n-grams that the second has too, 0–1; 0 if the first has none."""
        return self.shared / self.ngrams_in_first if self.ngrams_in_first else 0.0


class Percentile(NamedTuple):
    """Hold how many percent of the null pairs lie below, None if none compares, and how many compare."""

    percent: float | None
    compared: int


class Place(NamedTuple):
    """Hold where an article first has a string, and whether all, some or none of its words are quoted."""

    article: str
    span: Span
    quoted: Literal["all", "some", "none"]


class Shared(NamedTuple):
    """Hold a string of tokens that two or more articles share, and its place in each of them."""

    tokens: Ngram
    places: tuple[Place, ...]


def ngrams(corpus: Corpus, article: str, *, n: int, quoted: Quoted) -> set[Ngram]:
    """Return an article's distinct n-grams of tokens; none spans a gap where quoted text was dropped."""
    return {
        tuple(stretch[at : at + n])
        for stretch in _stretches(corpus, corpus.articles[article], quoted)
        for at in range(len(stretch) - n + 1)
    }


def _stretches(corpus: Corpus, article: Article, quoted: Quoted) -> Iterator[list[str]]:
    at = 0
    for gap in [*_dropped(corpus, article, quoted), Span(len(article.text), len(article.text))]:
        yield tokens(article.text[at : gap.start])
        at = gap.end


def _dropped(corpus: Corpus, article: Article, quoted: Quoted) -> list[Span]:
    if quoted == "kept":
        return []
    marked = find_quoted(article.text)
    return marked if quoted == "marks" else merge([*marked, *find_speech(corpus, article)])


def find_reuse(corpus: Corpus, *, n: int, quoted: Quoted, least: int = 1) -> list[Reuse]:
    """Return the reuse of n-grams for the ordered pairs of articles that share some.

    Articles meet in an index of n-grams, so that those without a common n-gram cost nothing.

    Args:
        corpus: the story.
        n: the length of the n-grams, in tokens.
        quoted: what becomes of quoted text.
        least: how many n-grams a pair must share; 0 returns every ordered pair of articles.
    """
    sizes: dict[str, int] = {}
    holders: dict[Ngram, list[str]] = {}
    for article in corpus.articles:
        found = ngrams(corpus, article, n=n, quoted=quoted)
        sizes[article] = len(found)
        for each in found:
            holders.setdefault(each, []).append(article)
    shared = Counter(pair for each in holders.values() for pair in permutations(each, 2))
    pairs = sorted(shared) if least else permutations(corpus.articles, 2)
    return [Reuse(*pair, n, quoted, sizes[pair[0]], shared[pair]) for pair in pairs if shared[pair] >= least]


def load_null(path: str | Path) -> pd.DataFrame:
    """Load measured reuse between articles of other stories, a row an ordered pair of articles.

    Returns:
        A frame with ``event``, ``first``, ``second``, ``n``, ``quoted_text`` (``kept`` or ``removed``),
        ``ngrams_in_first`` and ``containment`` (0–1).

    Raises:
        ValueError: the file cannot be read, lacks a column, or holds a value that none of them can have.
    """
    try:
        null = pd.read_csv(path, dtype=_NULL_TYPES)
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: no table of reuse: {error}") from None
    if missing := _NULL_COLUMNS - set(null.columns):
        raise ValueError(f"{path}: no column {', '.join(sorted(missing))}")
    good = null["containment"].between(0, 1) & null["quoted_text"].isin(["kept", "removed"])
    good &= (null["n"] > 0) & (null["ngrams_in_first"] >= 0)
    if not good.all():
        raise ValueError(f"{path}: line {int(good.to_numpy().argmin()) + 2} holds no measured pair")
    return null


def percentile(null: pd.DataFrame, reuse: Reuse) -> Percentile:
    """Return where a pair's containment lies among null pairs of similar length, ties counted half.

    Null pairs are compared if they have the same n and quoted text kept or removed alike (the null knows
    marks alone, so that ``speech`` is compared with them too), and if their first article has at most 1.5
    times as many n-grams as the pair's, and at least as many divided by 1.5: overlap falls with length.
    """
    length = reuse.ngrams_in_first
    treated = "kept" if reuse.quoted == "kept" else "removed"
    near = null["ngrams_in_first"].between(length / _SIMILAR_LENGTH, length * _SIMILAR_LENGTH)
    alike = near & (null["n"] == reuse.n) & (null["quoted_text"] == treated)
    if not alike.any():
        return Percentile(None, 0)
    found = null.loc[alike, "containment"].round(_DECIMALS)
    value = round(reuse.containment, _DECIMALS)
    below, ties = int((found < value).sum()), int((found == value).sum())
    return Percentile(100 * (below + ties / 2) / len(found), len(found))


def longest_shared(corpus: Corpus, *, count: int) -> list[Shared]:
    """Return the longest strings of five or more tokens that articles share, longest first.

    A string is one that two articles share and neither side of which could be longer in both; punctuation,
    letter case and ends of sentences do not matter. Every article that has it in such a pair is a place.
    """
    words = {article.id: find_words(article.text) for article in corpus.articles.values()}
    found: dict[Ngram, dict[str, int]] = {}
    for pair in _starts(words):
        string = _common(*(words[article][at:] for article, at in pair))
        places = found.setdefault(string, {})
        for article, at in pair:
            places[article] = min(at, places.get(article, at))
    longest = sorted(found, key=lambda string: (-len(string), string))[:count]
    return [Shared(string, _places(corpus, words, found[string], len(string))) for string in longest]


def _starts(words: Mapping[str, Sequence[Word]]) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield every two places where unlike words come before the same five, or a text begins."""
    index: dict[Ngram, list[Occurrence]] = {}
    for article, each in words.items():
        for at in range(len(each) - _SHORTEST + 1):
            key = tuple(word.token for word in each[at : at + _SHORTEST])
            index.setdefault(key, []).append((article, at))
    for occurrences in index.values():
        before: dict[str, list[Occurrence]] = {}
        for article, at in occurrences:
            word = words[article][at - 1].token if at else f"start of {article}"
            before.setdefault(word, []).append((article, at))
        for one, other in combinations(before.values(), 2):
            yield from (pair for pair in product(one, other) if pair[0][0] != pair[1][0])


def _common(one: Sequence[Word], other: Sequence[Word]) -> Ngram:
    pairs = zip(one, other, strict=False)
    return tuple(left.token for left, _ in takewhile(lambda pair: pair[0].token == pair[1].token, pairs))


def _places(
    corpus: Corpus, words: Mapping[str, Sequence[Word]], starts: Mapping[str, int], size: int
) -> tuple[Place, ...]:
    found = []
    for article in sorted(starts):
        spans = [word.span for word in words[article][starts[article] : starts[article] + size]]
        speech = _dropped(corpus, corpus.articles[article], "speech")
        quoted = [bool(overlap([span], speech)) for span in spans]
        extent = Span(spans[0].start, spans[-1].end)
        found.append(Place(article, extent, "all" if all(quoted) else "some" if any(quoted) else "none"))
    return tuple(found)
