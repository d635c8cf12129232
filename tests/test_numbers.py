"""Find quantities as printed."""

from __future__ import annotations

from typing import Any

import pytest
from retold.model import Quantity, Span
from retold.quantities import agrees_with_words
from retold_draft.numbers import find_amounts, is_inside

VAGUE = (None, "unspecified", "vague", "vague")
AMOUNTS = [
    ("at least nine of the boats", [("at least nine", 9, "boat", "at-least", "count")]),
    ("3 million over five years", [
        ("3 million", 3e6, "unspecified", "exact", "count"),
        ("over five years", 5, "year", "more-than", "duration"),
    ]),
    ("six or seven boats", [("six", 6, "boat", "exact", "count"), ("seven", 7, "boat", "exact", "count")]),
    ("9 of 14 boats", [("9", 9, "boat", "exact", "count"), ("14", 14, "boat", "exact", "count")]),
    ("nearly half of the crew", [("nearly half", 50, "percent", "almost", "share")]),
    ("about 600 sq.km. of land", [("about 600 sq.km.", 600, "kilometre**2", "about", "area")]),
    ("232 square miles", [("232 square miles", 232, "mile**2", "exact", "area")]),
    ("40 km from here", [("40 km", 40, "kilometre", "exact", "distance")]),
    ("17 percent", [("17 percent", 17, "percent", "exact", "share")]),
    ("at least $30 million", [("at least $30 million", 3e7, "dollar", "at-least", "count")]),
    ("€5 a head", [("€5", 5, "euro", "exact", "count")]),
    ("up to 1,200 ferries", [("up to 1,200", 1200, "ferry", "at-most", "count")]),
    ("fewer than three days", [("fewer than three days", 3, "day", "less-than", "duration")]),
    ("four old pilots", [("four", 4, "pilot", "exact", "count")]),
    ("nine branches, seven churches and two classes", [
        ("nine", 9, "branch", "exact", "count"), ("seven", 7, "church", "exact", "count"),
        ("two", 2, "class", "exact", "count"),
    ]),
    ("Up to 2,100 children ride", [("Up to 2,100", 2100, "child", "at-most", "count")]),
    ("Two people", [("Two", 2, "person", "exact", "count")]),
    ("about a third of it", [("about a third", 100 / 3, "percent", "about", "share")]),
    ("only one was hit", [("one", 1, "unspecified", "exact", "count")]),
    ("at most one has gone, of its nine boats", [
        ("at most one", 1, "unspecified", "at-most", "count"), ("nine", 9, "boat", "exact", "count"),
    ]),
    ("several boats and most of the crew", [("several", *VAGUE), ("most", *VAGUE)]),
    ("by a third, or a third less", [
        ("third", 100 / 3, "percent", "exact", "share"), ("third", 100 / 3, "percent", "exact", "share"),
    ]),
    ("a third of it", [("third", 100 / 3, "percent", "exact", "share")]),
    ("5 m, not 5 mi", [("5 m", 5, "metre", "exact", "distance"), ("5", 5, "unspecified", "exact", "count")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), AMOUNTS)
def test_find_amounts(text: str, found: list[tuple[Any, ...]]) -> None:
    amounts = find_amounts(text, [])
    assert [(text[slice(*each.span)], *each.fields.values()) for each in amounts] == found
    for each in amounts:
        record = Quantity.model_validate({"id": "a", "surface": "b", **each.fields})
        assert agrees_with_words(record, text[slice(*each.span)])


@pytest.mark.parametrize(
    "text",
    [
        "one of the boats",
        "no one",
        "this one",
        "COVID-19",
        "G7",
        "the third time",
        "one's own",
        "until a new one is built",
        "the oldest one left",
        "a one-off fee",
        "a third boat might sail",
        "the first quarter",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    [amount] = find_amounts(text, [])
    assert amount.fields == {}


def test_what_is_taken_is_left_out() -> None:
    assert find_amounts("in 2023 several boats", [Span(0, 7), Span(8, 15)]) == []


@pytest.mark.parametrize(("span", "inside"), [(Span(2, 4), True), (Span(2, 6), False), (Span(0, 2), False)])
def test_is_inside(span: Span, inside: bool) -> None:
    assert is_inside(span, [Span(7, 9), Span(1, 5)]) is inside
