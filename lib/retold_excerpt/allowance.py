"""Choose the stretches of the articles that an edition for publication shows, within a budget of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from retold.corpus import Corpus
from retold.model import Span
from retold.text import find_words, merge, tokens

SHARE, LONGEST = 0.25, 40
"""How much of an article's words an edition for publication may show, and how many words together."""

PLANNED_SHARE, PLANNED_LONGEST = 0.21, 36
"""How much it plans to show: what is shown may by chance join to more, and others count words otherwise."""

NGRAM = 5
"""So many words of a text, one after the other, are taken for an article's where it has them too."""

Place: TypeAlias = tuple[str, int]
Ngram: TypeAlias = tuple[str, ...]


class WordIndex:
    """Index the words of all articles: where every run of ``NGRAM`` words stands."""

    def __init__(self, corpus: Corpus) -> None:
        """Read every article once."""
        self.texts = {article.id: article.text for article in corpus.articles.values()}
        self.words = {article: find_words(text) for article, text in self.texts.items()}
        self.places: dict[Ngram, list[Place]] = {}
        for article, words in self.words.items():
            for at, ngram in enumerate(ngrams([word.token for word in words])):
                self.places.setdefault(ngram, []).append((article, at))

    def span(self, article: str, first: int, last: int) -> Span:
        """Return the span from a word to another, both included, by their numbers."""
        return Span(self.words[article][first].span.start, self.words[article][last].span.end)

    def within(self, article: str, span: Span) -> list[int]:
        """Return the numbers of the words that lie wholly in a span."""
        words = enumerate(self.words[article])
        return [at for at, word in words if span.start <= word.span.start and word.span.end <= span.end]

    def find(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield where runs of ``NGRAM`` words of a text stand in the articles."""
        for ngram in ngrams(tokens(text)):
            for article, at in self.places.get(ngram, ()):
                yield article, self.span(article, at, at + NGRAM - 1)


def ngrams(words: Sequence[str]) -> list[Ngram]:
    """Return every run of ``NGRAM`` tokens, in order."""
    return [tuple(words[at : at + NGRAM]) for at in range(len(words) - NGRAM + 1)]


def allowance(
    index: WordIndex,
    wanted: Iterable[tuple[str, Span]],
    *,
    share: float,
    longest: int,
) -> Mapping[str, list[Span]]:
    """Return, by article, the stretches to show: those wanted, as far as the budget lasts.

    What one article shares with another, or repeats, counts wherever it stands, since whoever shows it
    once shows it of each. A stretch that does not fit is shortened at its end, word by word, but not below
    ``NGRAM`` words; else it is left out. Punctuation at the ends of what is shown goes with it.

    Args:
        index: the articles' words.
        wanted: article and span, the most important first.
        share: how much of an article's words may be shown, 0–1.
        longest: how many words one after the other may be shown.
    """
    budget = _Budget(index, share, longest)
    for article, span in wanted:
        budget.grant(article, index.within(article, span))
    return {article: _spans(index, article, budget.shown) for article in index.words}


class _Budget:
    """Hold the words that are shown, and grant more while no article shows too many."""

    def __init__(self, index: WordIndex, share: float, longest: int) -> None:
        self.index, self.longest = index, longest
        self.most = {article: int(share * len(words)) for article, words in index.words.items()}
        self.shown: set[Place] = set()

    def grant(self, article: str, at: Sequence[int]) -> None:
        """Show words of an article, or as many of the first of them as fit."""
        for size in range(len(at), min(len(at), NGRAM) - 1, -1):
            new = self._with_repeats({(article, each) for each in at[:size]} - self.shown)
            if self._fits(new):
                self.shown |= new
                return

    def _with_repeats(self, new: set[Place]) -> set[Place]:
        """Return the words with all others that are shown if they are: repeats of the runs they complete."""
        queue = list(new)
        while queue:
            article, at = queue.pop()
            for start in range(max(0, at - NGRAM + 1), at + 1):
                run = {(article, each) for each in range(start, start + NGRAM)}
                if run <= self.shown | new:
                    words = self.index.words[article][start : start + NGRAM]
                    places = self.index.places.get(tuple(word.token for word in words), ())
                    repeats = {(other, to + step) for other, to in places for step in range(NGRAM)}
                    queue += repeats - self.shown - new
                    new = new | repeats
        return new - self.shown

    def _fits(self, new: set[Place]) -> bool:
        shown = self.shown | new
        for article in {article for article, _ in new}:
            found = runs(at for each, at in shown if each == article)
            sizes = [last - first + 1 for first, last in found]
            if sum(sizes) > self.most[article] or max(sizes) > self.longest:
                return False
        return True


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last of every run of consecutive numbers.

    >>> runs([4, 2, 3, 7])
    [(2, 4), (7, 7)]
    """
    groups = groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0])
    found = [[number for _, number in group] for _, group in groups]
    return [(group[0], group[-1]) for group in found]


def _spans(index: WordIndex, article: str, shown: set[Place]) -> list[Span]:
    found = runs(at for each, at in shown if each == article)
    return merge(_with_marks(index.texts[article], index.span(article, *run)) for run in found)


def _with_marks(text: str, span: Span) -> Span:
    """Return a span with the punctuation that adjoins it."""
    start, end = span
    while start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
        start -= 1
    while end < len(text) and not (text[end].isspace() or text[end].isalnum()):
        end += 1
    return Span(start, end)
