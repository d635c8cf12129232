"""Resolve relative time words against the publication: every rule, its edges, and when it would shift."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import A101, A103
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given
from hypothesis import strategies as st
from retold import Corpus, load_corpus
from retold.chronology import bounds
from retold.dating import RULES, find_resolutions, misdated, resolve

Load = Callable[..., Corpus]
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("expression", "published", "edtf"),
    [
        ("now", "2023-05-31", "2023-05"),
        ("in recent weeks", "2023-05-31", "2023-04/2023-05"),
        ("in recent weeks", "2023-01-02", "2022-12/2023-01"),
        ("over the past year", "2023-05-31", "2022-05/2023-05"),
        ("this year", "2023-05-31", "2023"),
        ("earlier this year", "2023-12-31", "2023"),
        ("last year", "2023-01-01", "2022"),
        ("in February of this year", "2023-05-31", "2023-02"),
        ("in February and March of this year", "2023-05-31", "2023-02/2023-03"),
        ("in April", "2023-05-31", "2023-04"),
        ("in May", "2023-05-01", "2023-05"),
        ("in June", "2023-05-31", "2022-06"),
        ("in December", "2023-01-01", "2022-12"),
        ("since January", "2023-01-01", "2023-01"),
        ("Earlier in April", "2023-05-31", "2023-04"),
        ("last spring", "2023-05-31", "2022-03/2022-05"),
        ("last autumn", "2023-10-31", "2022-09/2022-11"),
        ("last fall", "2023-12-31", "2022-09/2022-11"),
        ("last autumn", "2024-01-01", "2023-09/2023-11"),
        ("last summer", "2023-03-01", "2022-06/2022-08"),
        ("last winter", "2023-02-28", "2021-12/2022-02"),
        ("last winter", "2023-03-01", "2022-12/2023-02"),
        ("last winter", "2023-12-01", "2022-12/2023-02"),
        ("in spring", "2023-02-28", "2022-03/2022-05"),
        ("in spring", "2023-03-01", "2023-03/2023-05"),
        ("over the summer", "2023-10-31", "2023-06/2023-08"),
        ("since winter", "2023-01-01", "2022-12/2023-02"),
        ("the upcoming winter", "2023-11-30", "2023-12/2024-02"),
        ("upcoming spring", "2023-03-01", "2024-03/2024-05"),
        ("As winter approaches", "2023-12-01", "2024-12/2025-02"),
        ("on Monday", "2023-05-31", "2023-05-29"),
        ("on Wednesday", "2023-05-31", "2023-05-31"),
        ("on Thursday", "2023-06-01", "2023-06-01"),
        ("on Sunday", "2023-01-02", "2023-01-01"),
        ("IN APRIL", "2023-05-31", "2023-04"),
    ],
)
def test_rules(expression: str, published: str, edtf: str) -> None:
    resolution = resolve(expression, published)
    assert resolution
    assert (resolution.edtf, resolution.holds_before) == (edtf, None)


@pytest.mark.parametrize(
    "expression",
    ["", "that winter", "this winter", "recently", "the winter months", "in April and June", "April",
     "on the Monday before the vote", "until in May"],
)  # fmt: skip
def test_words_that_no_rule_covers_whole_are_not_resolved(expression: str) -> None:
    assert resolve(expression, "2023-05-31") is None


def test_without_a_first_day_of_publication_nothing_is_resolved() -> None:
    assert resolve("last year", "../2023-05-31") is None


def test_a_publication_that_is_no_date_is_refused() -> None:
    with pytest.raises(EDTFParseException):
        resolve("last year", "in May")


@pytest.mark.parametrize(
    ("expression", "published", "edtf", "holds_before"),
    [
        pytest.param("last year", "2023-05-31/..", "2022", date(2024, 1, 1), id="a year on"),
        pytest.param("this year", "2023-01-01/..", "2023", date(2024, 1, 1), id="after a whole year"),
        pytest.param("this year", "2024-01-01/..", "2024", date(2025, 1, 1), id="after a leap year"),
        pytest.param("in April", "2023-04-01/..", "2023-04", date(2024, 4, 1), id="the next such month"),
        pytest.param("in June", "2023-05-31/..", "2022-06", date(2023, 6, 1), id="the month ahead"),
        pytest.param("now", "2023-05-31/..", "2023-05", date(2023, 6, 1), id="the next day"),
        pytest.param("on Friday", "2023-05-31/..", "2023-05-26", date(2023, 6, 2), id="days"),
        pytest.param("last autumn", "2023-05-31/..", "2022-09/2022-11", date(2024, 1, 1), id="last season"),
        pytest.param("upcoming winter", "2023-05-31/..", "2023-12/2024-02", date(2023, 12, 1), id="ahead"),
        pytest.param("last year", "2023-05-31/2023-12-31", "2022", None, id="closed before it shifts"),
        pytest.param("last year", "2023-05-31/2024-01-01", "2022", date(2024, 1, 1), id="closed after it"),
        pytest.param("last year", "2023", "2022", None, id="some day of a year"),
    ],
)
def test_when_a_later_publication_would_shift_the_meaning(
    expression: str, published: str, edtf: str, holds_before: date | None
) -> None:
    resolution = resolve(expression, published)
    assert resolution
    assert (resolution.edtf, resolution.holds_before) == (edtf, holds_before)


EXAMPLES = [
    "now", "in recent weeks", "over the past year", "this year", "last year", "in May of this year", "in May",
    "last winter", "in winter", "as winter approaches", "on Friday",
]  # fmt: skip
days = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat)


def test_every_rule_has_an_example() -> None:
    meant = [resolution.rule for each in EXAMPLES if (resolution := resolve(each, "2023-05-31"))]
    assert meant == [rule.meaning for rule in RULES]


@given(st.sampled_from(EXAMPLES), days)
def test_the_meaning_holds_until_the_day_before_it_shifts(expression: str, day: str) -> None:
    open_ended = resolve(expression, f"{day}/..")
    assert open_ended
    assert open_ended.holds_before
    before = date.fromordinal(open_ended.holds_before.toordinal() - 1)
    found = [resolve(expression, each.isoformat()) for each in (before, open_ended.holds_before)]
    assert [each.edtf == open_ended.edtf for each in found if each] == [True, False]


@given(st.sampled_from(EXAMPLES), days, days)
def test_a_later_publication_never_means_an_earlier_time(expression: str, one: str, other: str) -> None:
    found = [resolve(expression, day) for day in sorted((one, other))]
    earlier, later = (bounds(each.edtf) for each in found if each)
    assert earlier.first
    assert later.first
    assert earlier.first <= later.first


def test_resolutions_of_a_story(corpus: Corpus) -> None:
    found = [
        (each.passage, each.expression, each.resolution and each.resolution.edtf, each.agrees)
        for each in find_resolutions(corpus)
    ]
    assert found == [
        ("101/stop", "in winter", None, None),
        ("101/damage", "last autumn", "2022-09/2022-11", True),
        ("102/stop", "from December", None, None),
        ("103/stop", "this winter", None, None),
    ]


@pytest.mark.parametrize(
    ("status", "stated", "edtf"),
    [
        pytest.param("planned", "2023-12/2024-02", None, id="planned for a later time"),
        pytest.param("planned", "2022-12/2023-02", "2022-12/2023-02", id="planned for a past time"),
        pytest.param("planned", "unresolved", "2022-12/2023-02", id="planned for no time that is stated"),
        pytest.param("negated", "2023-12/2024-02", "2022-12/2023-02", id="not planned"),
    ],
)
def test_a_rule_that_looks_back_does_not_date_what_lies_ahead(
    changed: Load, status: str, stated: str, edtf: str | None
) -> None:
    entry = "    status: planned\n    stated: 2023-12/2024-02\n"
    corpus = changed((A101, entry, f"    status: {status}\n    stated: {stated}\n"))
    [stop] = [each for each in find_resolutions(corpus) if each.passage == "101/stop"]
    assert (stop.resolution and stop.resolution.edtf) == edtf


@pytest.mark.parametrize(
    ("words", "edtf", "printed"),
    [
        ("on April 8", "2024-04-08", None),
        ("on April 8", "2024-04-09", "April 8"),
        ("on April 8", "2024-04", None),
        ("on 8 April", "2024-05-08", "8 April"),
        ("on the 8th of April", "2024-04-09", "8th of April"),
        ("on April 8th, 2024", "2023-04-08", "April 8th, 2024"),
        ("on 8 April 2024", "2024-04-08", None),
        ("in April 2024", "2024-04", None),
        ("in April of 2024", "2023-04", "April of 2024"),
        ("in April", "2024-05", "April"),
        ("in April", "2023-05/2024-03", "April"),
        ("in April", "2023-05/2024-04", None),
        ("in February and March", "2024-02/2024-03", None),
        ("in February and March", "2024-02", "March"),
        ("in 2023", "2022", "2023"),
        ("the winter of 2022–23", "2022-12/2023-02", None),
        ("since April", "2024-04/..", None),
        ("since April 8", "2024-04/..", "April 8"),
        ("by May", "../2024-04", "May"),
        ("by May", "../2024-05", None),
        ("before May", "../2024-04", None),
        ("After 2023", "2024/..", None),
        ("until June", "../2024-05-31", None),
        ("a year since the fire of April 8", "2025-04-08", None),
        ("it may end", "2024-04", None),
        ("in the 1990s", "2024-04", None),
        ("on Monday", "2024-04", None),
        ("in April", "unresolved", None),
        ("in April", "../..", None),
        ("in May", "0001/9999", None),
    ],
)
def test_a_date_holds_a_day_of_each_that_is_printed(words: str, edtf: str, printed: str | None) -> None:
    assert misdated(words, edtf) == printed


def test_a_date_that_no_article_states_neither_agrees_nor_not(changed: Load) -> None:
    corpus = changed((A101, "    stated: 2022-09/2022-11\n", ""))
    [damage] = [each for each in find_resolutions(corpus) if each.passage == "101/damage"]
    assert damage.resolution
    assert damage.agrees is None


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [
        pytest.param("2022-10", True, id="finer"),
        pytest.param("2022", False, id="coarser"),
        pytest.param("2022-09/..", False, id="open"),
        pytest.param("2023-09", False, id="elsewhere"),
    ],
)
def test_what_is_stated_agrees_if_it_lies_in_what_is_meant(changed: Load, stated: str, agrees: bool) -> None:
    corpus = changed((A101, "stated: 2022-09/2022-11", f'stated: "{stated}"'))
    assert {each.passage: each.agrees for each in find_resolutions(corpus)}["101/damage"] is agrees


def test_words_that_name_a_year_are_not_relative(changed: Load) -> None:
    corpus = changed((A103, "    time: this winter\n", "    time: winter\n"))
    assert "103/stop" in [each.passage for each in find_resolutions(corpus)]
    assert "102/damage" not in [each.passage for each in find_resolutions(corpus)]


def test_the_five_articles_state_what_the_rules_give() -> None:
    assert {each.agrees for each in find_resolutions(load_corpus(ROOT))} == {True, None}
