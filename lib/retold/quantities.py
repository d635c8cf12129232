"""Read numbers from words, and say what a hedged number admits."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

import pandas as pd
from num2words import num2words

from retold.corpus import Corpus
from retold.model import Quantity, Span

_FRACTIONS = {
    "half": 50.0,
    "third": 100 / 3,
    "thirds": 200 / 3,
    "quarter": 25.0,
    "quarters": 75.0,
}
_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@cache
def _number_words() -> dict[str, float]:
    small = {num2words(number): float(number) for number in range(101)}
    return {**small, "hundred": 100.0, "thousand": 1000.0, "dozen": 12.0, "dozens": 12.0, **_FRACTIONS}


@cache
def _word_pattern() -> re.Pattern[str]:
    longest_first = sorted(_number_words(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def find_numbers(text: str) -> list[tuple[Span, float]]:
    """Return every number in digits or words with its span; a fraction word counts in percent.

    >>> [value for _, value in find_numbers("at least three of 1,200 cranes, almost half")]
    [3.0, 1200.0, 50.0]
    """
    digits = [(Span(*m.span()), float(m.group().replace(",", ""))) for m in _DIGITS.finditer(text)]
    words = [(Span(*m.span()), _number_words()[m.group().lower()]) for m in _word_pattern().finditer(text)]
    return sorted(digits + words)


def number_word(value: float) -> str:
    """Return a whole number in words: ``9`` becomes ``nine``.

    Raises:
        ValueError: the value is not whole.
    """
    if value != int(value):
        raise ValueError(f"{value} is not a whole number; tell it in digits")
    return str(num2words(int(value)))


def admitted(quantity: Quantity) -> tuple[float, float]:
    """Return the closed interval of values that the printed words admit without knowing how wide a hedge is.

    One-sided hedges leave the other end open (infinite). ``about`` and ``almost`` state no width, so their
    printed value is one end: the point itself for ``about``, the upper end for ``almost``. A vague amount
    admits everything from nought.
    """
    if quantity.value is None:
        return 0.0, math.inf
    low, high = quantity.value if isinstance(quantity.value, tuple) else (quantity.value, quantity.value)
    match quantity.hedge:
        case "at-least" | "more-than":
            return low, math.inf
        case "at-most" | "less-than" | "almost":
            return 0.0, high
        case "vague":
            return 0.0, math.inf
        case _:
            return low, high


def agrees_with_words(quantity: Quantity, surface: str) -> bool:
    """Return whether the recorded value stands in the printed words (a vague amount: whether none does)."""
    printed = [value for _, value in find_numbers(surface)]
    if quantity.value is None:
        return not printed
    recorded = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    return all(any(math.isclose(value, number, rel_tol=1e-3) for number in printed) for value in recorded)


def number(corpus: Corpus, identifier: str) -> int | float:
    """Return the number that a quantity prints, whole if it is whole.

    Args:
        corpus: the story.
        identifier: the quantity's id, such as ``003/almost-half``.

    Raises:
        KeyError: no quantity has the id.
        ValueError: the quantity prints no single number.
    """
    record = corpus.passages[identifier].record
    if not isinstance(record, Quantity):
        raise KeyError(f"{identifier!r} is no quantity")
    if not isinstance(record.value, float):
        raise ValueError(f"{identifier!r} prints no single number")
    return int(record.value) if record.value == int(record.value) else record.value


def quantity_marks(corpus: Corpus, claims: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame of marks, claims by articles: ``filled`` if exact, ``open`` if hedged, else ``none``.

    Args:
        corpus: the story.
        claims: row labels, each with the claim whose quantities it shows.
    """
    found = {(p.record.claim, p.article): p.record.hedge for p in corpus.find_passages("quantity")}
    marks = {
        article: [_mark(found.get((claim, article))) for claim in claims.values()]
        for article in corpus.articles
    }
    return pd.DataFrame(marks, index=list(claims))


def _mark(hedge: str | None) -> str:
    return "none" if hedge is None else "filled" if hedge == "exact" else "open"
