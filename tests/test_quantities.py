"""Read numbers from words, and say what hedged numbers admit."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retold import load_corpus
from retold.model import Quantity
from retold.quantities import admitted, agrees_with_words, converted, find_numbers, number_word
from retold.vocabulary import Hedge

ROOT = Path(__file__).parents[1]

INF = math.inf


def quantity(
    value: float | tuple[float, float] | None, hedge: Hedge = "exact", surface: str = "nine"
) -> Quantity:
    return Quantity.model_validate(
        {"id": "q", "surface": surface, "value": value, "unit": "boat", "hedge": hedge, "kind": "count"}
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("no boats", [], id="none"),
        pytest.param("14 boats", [("14", 14)], id="digits"),
        pytest.param("1,200 and 3,5", [("1,200", 1200), ("3", 3), ("5", 5)], id="thousands"),
        pytest.param("2.5 miles, 1,234.5 km", [("2.5", 2.5), ("1,234.5", 1234.5)], id="decimals"),
        pytest.param("Nine boats", [("Nine", 9)], id="words, capital"),
        pytest.param("twenty-one boats", [("twenty-one", 21)], id="joined words"),
        pytest.param("one hundred boats", [("one hundred", 100)], id="one hundred"),
        pytest.param("zero and dozens", [("zero", 0), ("dozens", 12)], id="nought and dozens"),
        pytest.param("almost half, a quarter", [("half", 50), ("quarter", 25)], id="fractions in percent"),
        pytest.param("someone often tenders", [], id="inside other words"),
        pytest.param("50% of 7km²", [("50", 50), ("7", 7)], id="units joined"),
        pytest.param("🛥 six", [("six", 6)], id="code points"),
        pytest.param("two of 14, seven", [("two", 2), ("14", 14), ("seven", 7)], id="in the text's order"),
        pytest.param(
            "between one hundred and two hundred", [("one hundred", 100), ("two hundred", 200)], id="a range"
        ),
        pytest.param("In 2023 half of them", [("2023", 2023), ("half", 50)], id="a year before a fraction"),
    ],
)
def test_find_numbers(text: str, found: list[tuple[str, float]]) -> None:
    assert [(text[span.start : span.end], value) for span, value in find_numbers(text)] == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("two hundred boats", 200, id="hundreds"),
        pytest.param("two thousand boats", 2000, id="thousands"),
        pytest.param("three million boats", 3_000_000, id="millions"),
        pytest.param("two dozen boats", 24, id="dozens"),
        pytest.param("2.5 million boats", 2_500_000, id="digits and a word"),
        pytest.param("two hundred thousand boats", 200_000, id="hundreds of thousands"),
        pytest.param("one thousand two hundred and five boats", 1205, id="added up"),
        pytest.param("two-thirds of the boats", 200 / 3, id="several parts of a whole"),
    ],
)
def test_a_number_of_several_words_is_one_number(text: str, value: float) -> None:
    assert [value for _, value in find_numbers(text)] == [value]
    assert agrees_with_words(quantity(value, surface=text), text)


@given(st.integers(0, 100))
def test_every_small_number_is_found_in_words_and_digits(number: int) -> None:
    for written in (number_word(number), str(number)):
        text = f"about {written} boats"
        [(span, value)] = find_numbers(text)
        assert (text[span.start : span.end], value) == (written, number)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        pytest.param(9, "nine", id="whole"),
        pytest.param(9.0, "nine", id="whole as decimal"),
        pytest.param(21, "twenty-one", id="joined"),
        pytest.param(0, "zero", id="nought"),
        pytest.param(-2, "minus two", id="negative"),
    ],
)
def test_number_word(value: float, word: str) -> None:
    assert number_word(value) == word


@pytest.mark.parametrize("value", [0.5, -1.25, math.nan, INF])
def test_number_word_refuses_what_is_not_whole(value: float) -> None:
    with pytest.raises(ValueError, match=r"whole number|NaN"):
        number_word(value)


@pytest.mark.parametrize(
    ("value", "hedge", "interval"),
    [
        pytest.param(9, "exact", (9, 9), id="exact"),
        pytest.param(9, "about", (9, 9), id="about"),
        pytest.param(9, "almost", (0, 9), id="almost"),
        pytest.param(9, "at-least", (9, INF), id="at least"),
        pytest.param(9, "more-than", (9, INF), id="more than"),
        pytest.param(9, "at-most", (0, 9), id="at most"),
        pytest.param(9, "less-than", (0, 9), id="less than"),
        pytest.param(9, "vague", (0, INF), id="vague with a number"),
        pytest.param(None, "vague", (0, INF), id="vague"),
        pytest.param((3, 5), "exact", (3, 5), id="range"),
        pytest.param((3, 5), "at-least", (3, INF), id="at least a range"),
        pytest.param((3, 5), "almost", (0, 5), id="almost a range"),
    ],
)
def test_admitted(
    value: float | tuple[float, float] | None, hedge: Hedge, interval: tuple[float, float]
) -> None:
    assert admitted(quantity(value, hedge)) == interval


@pytest.mark.parametrize(
    ("value", "surface", "agrees"),
    [
        pytest.param(9, "at least nine", True, id="word"),
        pytest.param(9, "about 9", True, id="digit"),
        pytest.param(9, "about ten", False, id="another"),
        pytest.param(9, "several", False, id="none printed"),
        pytest.param(None, "several", True, id="vague"),
        pytest.param(None, "several of nine", False, id="vague, yet printed"),
        pytest.param(50, "half", True, id="fraction"),
        pytest.param(33.33, "a third", True, id="rounded fraction"),
        pytest.param(33, "a third", False, id="too round a fraction"),
        pytest.param((3, 5), "three to five", True, id="range"),
        pytest.param((3, 5), "three boats", False, id="half a range"),
        pytest.param(INF, "nine", False, id="infinite"),
    ],
)
def test_agrees_with_words(value: float | tuple[float, float] | None, surface: str, agrees: bool) -> None:
    assert agrees_with_words(quantity(value, surface=surface), surface) is agrees


@pytest.mark.parametrize(
    ("identifier", "unit", "value"),
    [
        pytest.param("002/kursk-area", "kilometre**2", 600.88, id="square miles"),
        pytest.param("000/kursk-area", "mile**2", 231.66, id="square kilometres"),
        pytest.param("002/trypilska-distance", "kilometre", 40.23, id="miles"),
        pytest.param("000/trypilska-distance", "kilometre", 40, id="the same unit"),
    ],
)
def test_a_quantity_is_converted(identifier: str, unit: str, value: float) -> None:
    assert converted(load_corpus(ROOT), identifier, unit) == pytest.approx(value, abs=0.005)


@pytest.mark.parametrize(
    ("identifier", "unit", "error"),
    [
        pytest.param("002/kursk-area", "kilometre", ValueError, id="another dimension"),
        pytest.param("000/at-least-nine", "kilometre", ValueError, id="a count"),
        pytest.param("002/numerous-attacks", "kilometre", ValueError, id="no number"),
        pytest.param("000/refineries", "kilometre", KeyError, id="no quantity"),
    ],
)
def test_what_cannot_be_converted_is_refused(identifier: str, unit: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        converted(load_corpus(ROOT), identifier, unit)
