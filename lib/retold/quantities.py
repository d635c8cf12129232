"""Read numbers from words, and say what a hedged number admits."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from tokenize import TokenError
from typing import TYPE_CHECKING

from num2words import num2words

from retold.corpus import Corpus
from retold.model import Quantity, Span

if TYPE_CHECKING:
    import pint

_POWERS = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "dozen": 12.0}
_SCALES = {**_PARTS, **{f"{name}s": value for name, value in _PARTS.items()}, **_POWERS}
"""Words that multiply the number before them, and are numbers of their own; a fraction counts in percent."""

_NO_UNIT = re.compile(r"\*\*(?![1-9]\b)|\d\s*\*\*|\^")  # powers that only take time, or that fail
_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def _number_words() -> dict[str, float]:
    return {**{num2words(number): float(number) for number in range(100)}, **_SCALES}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of one part of a number, and that of a number with what multiplies it."""
    lists = _number_words(), _SCALES, _POWERS
    words, scales, powers = ("|".join(sorted(each, key=len, reverse=True)) for each in lists)
    part = rf"{_DIGITS}|\b(?:{words})\b"
    whole = rf"(?:{_DIGITS})(?:[ -](?:{powers})\b)*|\b(?:{words})\b(?:[ -](?:{scales})\b)*"
    return re.compile(part, re.IGNORECASE), re.compile(whole, re.IGNORECASE)


def find_numbers(text: str) -> list[tuple[Span, float]]:
    """Return every number in digits or words with its span; a fraction word counts in percent.

    >>> [value for _, value in find_numbers("at least three of 1,200 cranes, almost half")]
    [3.0, 1200.0, 50.0]
    >>> [value for _, value in find_numbers("two hundred and five, 1.5 million, two thousand")]
    [205.0, 1500000.0, 2000.0]
    """
    part, whole = _patterns()
    found: list[tuple[Span, float]] = []
    for match in whole.finditer(text):
        span = Span(*match.span())
        value = math.prod(map(_part_value, part.findall(match.group())))
        if found and _goes_on(text, found[-1][0], span, value):
            before = found.pop()
            span, value = Span(before[0].start, span.end), before[1] + value
        found.append((span, value))
    return found


def _part_value(part: str) -> float:
    return float(part.replace(",", "")) if part[0].isdigit() else _number_words()[part.lower()]


def _goes_on(text: str, before: Span, span: Span, value: float) -> bool:
    """Return whether words add to the number before them: ``five`` in ``two hundred and five``."""
    last = re.split("[ -]", text[before.start : before.end].lower())[-1]
    in_words = text[before.start].isalpha() and text[span.start].isalpha()
    return in_words and text[before.end : span.start] in (" ", " and ") and value < _POWERS.get(last, 0)


def number_word(value: float) -> str:
    """Return a whole number in words: ``9`` becomes ``nine``.

    Raises:
        ValueError: the value is not whole.
    """
    if value % 1 != 0:
        raise ValueError(f"{value} is not a whole number; tell it in digits")
    return str(num2words(int(value)))


def admitted(quantity: Quantity) -> tuple[float, float]:
    """Return the closed interval of values that the printed words admit without knowing how wide a hedge is.

    One-sided hedges leave the other end open (infinite). ``about`` and ``almost`` state no width, so their
    printed value is one end: the point itself for ``about``, the upper end for ``almost``. A vague amount
    admits everything from nought.
    """
    if quantity.value is None or quantity.hedge == "vague":
        return 0.0, math.inf
    low, high = quantity.value if isinstance(quantity.value, tuple) else (quantity.value, quantity.value)
    match quantity.hedge:
        case "at-least" | "more-than":
            return low, math.inf
        case "at-most" | "less-than" | "almost":
            return 0.0, high
        case _:
            return low, high


def agrees_with_words(quantity: Quantity, surface: str) -> bool:
    """Return whether the recorded value stands in the printed words (a vague amount: whether none does).

    What is not whole, such as a third of a hundred, may be rounded.
    """
    printed = [value for _, value in find_numbers(surface)]
    if quantity.value is None:
        return not printed
    recorded = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    fractions = [number for number in printed if number % 1]
    return all(v in printed or any(math.isclose(v, n, rel_tol=1e-3) for n in fractions) for v in recorded)


def number(corpus: Corpus, identifier: str) -> int | float:
    """Return the number that a quantity prints, whole if it is whole.

    Args:
        corpus: the story.
        identifier: the quantity's id, such as ``101/nine-boats``.

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


def converted(corpus: Corpus, identifier: str, unit: str) -> float:
    """Return the number that a quantity prints, converted to another unit by pint.

    Args:
        corpus: the story.
        identifier: the quantity's id.
        unit: the wanted unit, such as ``kilometre**2``.

    Raises:
        KeyError: no quantity has the id.
        ValueError: the quantity prints no single number, or its unit does not measure the same thing.
    """
    printed, own = number(corpus, identifier), corpus.passages[identifier].record.unit
    try:
        return in_unit(printed, own, unit)
    except ValueError as error:
        raise ValueError(f"{identifier!r}: {error}") from None


@lru_cache(maxsize=None, typed=True)  # 9 and 9.0 are equal, and would be given for each other
def in_unit(value: float, own: str, unit: str) -> float:
    """Return a value of one unit in another, by pint, to twelve digits; a unit is always its own.

    >>> in_unit(2, "mile", "kilometre"), in_unit(9, "boat", "boat")
    (3.218688, 9)

    Raises:
        ValueError: the units do not measure the same thing, or one is no unit of measure.
    """
    if own == unit:
        return value
    if _NO_UNIT.search(f"{own} {unit}"):
        raise ValueError(f"{own!r} or {unit!r} is no unit")
    import pint  # a third of a second, which every notebook would pay at the top of the module

    try:
        return float(f"{_units().Quantity(value, own).to(unit).magnitude:.12g}")
    except (pint.PintError, ArithmeticError, AssertionError, TokenError) as error:
        raise ValueError(str(error) or f"{own!r} or {unit!r} is no unit") from None


@cache
def _units() -> pint.UnitRegistry[float]:
    import pint

    return pint.UnitRegistry()
