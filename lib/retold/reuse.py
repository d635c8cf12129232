"""Measure text reuse: n-grams and longest strings that articles share, beside an empirical null.

Containment follows METER (Clough, Gaizauskas, Piao and Wilks 2002): the share of one text's distinct word
n-grams that also stand in another. Low overlap never proves that two texts are independent, and no class of
derivation follows from a number alone.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, groupby, permutations, product, repeat, takewhile
from pathlib import Path
from sys import intern
from typing import Any, Literal, NamedTuple

import pandas as pd

from retold.cluster import spread
from retold.collation import find_speech
from retold.corpus import Article, Corpus
from retold.coverage import find_quoted
from retold.model import Span
from retold.text import find_words, merge, overlap, tokens

Quoted = Literal["kept", "marks", "speech"]
"""Keep quoted text, or drop what stands between double marks (as the null does), or all speech as well."""

Ngram = tuple[str, ...]
Occurrence = tuple[int, int]

_COMPARED = ("ngrams_in_first", "n", "quoted_text", "containment")
_NULL_COLUMNS = {"event", "first", "second", *_COMPARED}
_NULL_TYPES = {"n": int, "ngrams_in_first": int, "containment": float}
_DECIMALS = 5  # as many as the null is printed with, so that ties are seen
_SIMILAR_LENGTH = 1.5
_SHORTEST = 5
_PARTS = 16  # of the index, counted one after another, so that memory holds the pairs of one
_FEW = 10_000  # places of shared n-grams, up to which parting them only costs time
_MANY = 2**32  # articles, more than there are


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
    """Hold how many percent of the null pairs lie below, how many compare, and their median and highest."""

    percent: float | None
    compared: int
    middle: float | None = None
    highest: float | None = None


class Place(NamedTuple):
    """Hold where an article first has a string, and whether all, some or none of its words are quoted."""

    article: str
    span: Span
    quoted: Literal["all", "some", "none"]


class Shared(NamedTuple):
    """Hold a string of tokens that two or more articles share, and its place in each of them."""

    tokens: Ngram
    places: tuple[Place, ...]


def stretches(corpus: Corpus, article: str, *, quoted: Quoted) -> list[list[str]]:
    """Return an article's tokens, parted where quoted text was dropped; an n-gram spans no such gap."""
    text, at, found = corpus.articles[article].text, 0, []
    for gap in [*_dropped(corpus, corpus.articles[article], quoted), Span(len(text), len(text))]:
        found.append(tokens(text[at : gap.start]))
        at = gap.end
    return found


def _dropped(corpus: Corpus, article: Article, quoted: Quoted) -> list[Span]:
    if quoted == "kept":
        return []
    marked = find_quoted(article.text)
    return marked if quoted == "marks" else merge([*marked, *find_speech(corpus, article)])


def find_reuse(corpus: Corpus, *, n: int, quoted: Quoted, least: int = 1, client: Any = None) -> list[Reuse]:
    """Return the reuse of n-grams for the ordered pairs of articles that share some, sorted by their ids.

    Articles meet in an index of n-grams; what all of them share costs the square of their number.

    Args:
        corpus: the story.
        n: the length of the n-grams, in tokens.
        quoted: what becomes of quoted text.
        least: how many n-grams a pair must share; 0 returns every ordered pair of articles.
        client: a ``distributed.Client`` whose workers count what pairs share, with the same result.
    """
    names = list(corpus.articles)
    texts = ((at, each) for at, name in enumerate(names) for each in stretches(corpus, name, quoted=quoted))
    held = _index(texts, n)[["gram", "article"]].drop_duplicates()
    sizes = held["article"].value_counts().to_dict()
    common = held[held["gram"].duplicated(keep=False)]
    parted = client is not None or len(common) > _FEW
    parts = [each for _, each in common.groupby(common["gram"] % _PARTS)] if parted else [common]
    shared: Counter[tuple[int, int]] = Counter()
    for counted in spread(_meet, parts, client=client):
        for pair, count in counted.items():
            one, other = divmod(pair, _MANY)
            shared[one, other] = shared[other, one] = shared[one, other] + count
    return sorted(
        Reuse(names[one], names[other], n, quoted, sizes.get(one, 0), shared[one, other])
        for one, other in (shared if least else permutations(range(len(names)), 2))
        if shared[one, other] >= least
    )


def _index(texts: Iterable[tuple[int, Sequence[str]]], n: int) -> pd.DataFrame:
    """Return where the n-grams of texts, each an article's number and tokens, stand: gram, article and at."""
    known: dict[str, int] = {}
    gram, article, at, text = (array("q") for _ in range(4))
    for number, (holder, words) in enumerate(texts):
        gram.extend(known.setdefault(word, len(known)) for word in words)
        article.extend(repeat(holder, len(words)))
        at.extend(range(len(words)))
        text.extend(repeat(number, len(words)))
    frame = pd.DataFrame({"gram": gram, "article": article, "at": at, "text": text}, dtype="int64")
    numbers = grams = frame["gram"].to_numpy()
    for step in range(1, n):
        following = numbers[step:]
        grams = pd.factorize(grams[: len(following)] * len(known) + following)[0]
    last = frame["text"].to_numpy()[n - 1 :]
    starts = frame.iloc[: len(last)].assign(gram=grams)
    return pd.DataFrame(starts[starts["text"].to_numpy() == last])


def _meet(part: pd.DataFrame) -> dict[int, int]:
    """Return how many n-grams of a part every two articles share, as one number, lower times ``_MANY``."""
    met = part.merge(part, on="gram")
    met = met.loc[met["article_x"] < met["article_y"]]
    counts = (met["article_x"] * _MANY + met["article_y"]).value_counts()
    return dict(zip(counts.index, counts, strict=True))


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
    marks alone, so that ``speech`` is compared with them too), and if the lengths of the first articles, in
    n-grams, differ by a factor of 1.5 at most: overlap falls with length.
    """
    length, treated = reuse.ngrams_in_first, "kept" if reuse.quoted == "kept" else "removed"
    lengths, sizes, quoted, shares = (null[name].to_numpy() for name in _COMPARED)
    near = (length / _SIMILAR_LENGTH <= lengths) & (lengths <= length * _SIMILAR_LENGTH)
    found = shares[near & (sizes == reuse.n) & (quoted == treated)].round(_DECIMALS)
    value = round(reuse.containment, _DECIMALS)
    below, ties = int((found < value).sum()), int((found == value).sum())
    if not len(found):
        return Percentile(None, 0)
    percent = 100 * (below + ties / 2) / len(found)
    return Percentile(percent, len(found), float(pd.Series(found).median()), float(found.max()))


def longest_shared(corpus: Corpus, *, count: int) -> list[Shared]:
    """Return the longest strings of five or more tokens that articles share, longest first.

    A string is one that two articles share and that could not be longer in both; punctuation, letter case
    and ends of sentences do not matter. Every article that has it in such a pair is a place.
    """
    found = _longest(tuple(article.text for article in corpus.articles.values()), count)
    return [Shared(string, _places(corpus, starts, len(string))) for string, starts in found]


@lru_cache(maxsize=1)
def _longest(texts: tuple[str, ...], count: int) -> list[tuple[Ngram, dict[int, int]]]:
    words = [[intern(word.token) for word in find_words(text)] for text in texts]
    found: dict[Ngram, dict[int, int]] = {}
    for pair in _starts(words):
        places = found.setdefault(_common(*(words[article][at:] for article, at in pair)), {})
        for article, at in pair:
            places[article] = min(at, places.get(article, at))
    return sorted(found.items(), key=lambda each: (-len(each[0]), each[0]))[:count]


def _starts(words: Sequence[Sequence[str]]) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield every two places where unlike words come before the same five, or a text begins."""
    index = _index(enumerate(words), _SHORTEST)
    common = index[index["gram"].duplicated(keep=False)].sort_values(["gram", "article", "at"])
    rows = zip(common["gram"], common["article"], common["at"], strict=True)
    for _, occurrences in groupby(rows, key=lambda row: row[0]):
        before: dict[str, list[Occurrence]] = {}
        for _, article, at in occurrences:
            word = words[article][at - 1] if at else f"start of {article}"
            before.setdefault(word, []).append((article, at))
        for one, other in combinations(before.values(), 2):
            yield from (pair for pair in product(one, other) if pair[0][0] != pair[1][0])


def _common(one: Sequence[str], other: Sequence[str]) -> Ngram:
    return tuple(left for left, _ in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False)))


def _places(corpus: Corpus, starts: Mapping[int, int], size: int) -> tuple[Place, ...]:
    names, found = list(corpus.articles), []
    for name, at in sorted((names[article], at) for article, at in starts.items()):
        article = corpus.articles[name]
        spans = [word.span for word in find_words(article.text)[at : at + size]]
        speech = _dropped(corpus, article, "speech")
        quoted = [bool(overlap([span], speech)) for span in spans]
        extent = Span(spans[0].start, spans[-1].end)
        found.append(Place(name, extent, "all" if all(quoted) else "some" if any(quoted) else "none"))
    return tuple(found)
