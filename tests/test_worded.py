"""Tell changes in the chapters' own words, in tables and beside switches."""

from __future__ import annotations

from typing import Any

import pytest
from retold_book.supposed import Change, Supposition, supposed_table
from retold_book.worded import choice, in_words, worded
from retold_report.tables import table
from retold_run.stated import Prose
from retold_run.told import Told

PIER = "(nine)=\n# The pier\n\nNo {told}`boats` is lost.\n\nNone of {told}`crews` is.\n"
LOST = Change("boats", "9", "10", finding=False)
MORE = Change("crews", "2", "3", finding=False)
NINE = Change("nine", "holds", "does not hold", finding=True)


@pytest.fixture
def prose() -> Prose:
    return Prose({"a.ipynb": {"cells": [{"cell_type": "markdown", "source": PIER}]}}, Told())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(LOST, ("boats", "10", "The pier", ": No 9 → 10 is lost."), id="value"),
        pytest.param(
            NINE, ("nine.holds", "does not hold", "“The pier”", " would no longer hold"), id="finding"
        ),
        pytest.param(
            Change("nine", "holds", "not computed", finding=True),
            ("nine.holds", "not computed", "“The pier”", ": holds → not computed"),
            id="finding without its data",
        ),
        pytest.param(
            Change("far_off", "1", "not computed", finding=False),
            ("far_off", "not computed", "far off", ": 1 → not computed"),
            id="value without a sentence",
        ),
    ],
)
def test_a_change_is_told_in_words(prose: Prose, change: Change, words: tuple[str, ...]) -> None:
    assert worded(prose, change) == words


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("101 ¶4, certainty: inferred", "101 ¶4, who says it: implied"),
        ("101 ¶4, source: own voice", "101 ¶4, said by: the outlet itself"),
        ("101 ¶4, source: Anna, of the harbour", "101 ¶4, said by: Anna, of the harbour"),
        ("101 ¶4, move: offer", "101 ¶4, counted as: offer"),
        ("Nine boats. Hedge, severity: 3", "Nine boats. Hedge, severity 3"),
        ("101 ¶4, issue: fares", "101 ¶4, issue: fares"),
    ],
)
def test_a_choice_is_named_in_plain_words(words: str, plain: str) -> None:
    assert choice(words) == plain


def words(data: Any) -> list[list[list[str]]]:
    return [[[part["text"] for part in parts] for parts in row] for row in data["rows"]]


def test_a_table_of_suppositions_is_told_in_words(prose: Prose) -> None:
    supposed = Supposition("101 ¶4, move: offer", "R", ("101/fleet",), None)  # type: ignore[arg-type]
    told = in_words(supposed_table("s", "S", [(supposed, [LOST, MORE, NINE])], [NINE]).to_data(), prose)
    reading = "101 ¶4, counted as: offer"
    assert words(told) == [
        [["Boats", "The pier"], ["9"], ["10", reading], ["as now"]],
        [["Crews"], ["2"], ["3", reading], ["as now"]],
        [["“The pier”"], ["holds"], ["does not hold", reading], ["does not hold"]],
    ]
    assert [part.get("marks") for part in told["rows"][0][0]] == [[[0, 5]], None]
    [value, put_in] = told["rows"][0][2]
    assert (value["marks"], put_in["evidence"]) == ([[0, 2]], ["101/fleet"])


def test_another_table_stays_as_it_is(prose: Prose) -> None:
    made = table("t", "T", ["Boat", "Number"], [["101 ¶4, move: offer", "9 → 10"]])
    assert in_words(made.to_data(), prose) == made.to_data()
