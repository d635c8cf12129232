"""Place spans of days along an axis, with room for the words beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retold_report.spans import Days, Scale, Span, fitted, ticks

START, END = date(2020, 1, 1), date(2020, 1, 11)
SCALE = Scale(START, END, 1, 2)


def day(at: int) -> date:
    return START + timedelta(days=at)


@pytest.mark.parametrize(
    ("days", "span"),
    [
        pytest.param((day(2), day(5)), Span(0.2, 0.5, (0.2, 0.5)), id="both ends"),
        pytest.param((day(2), day(2)), Span(0.2, 0.2, (0.2,)), id="one day"),
        pytest.param((day(2), None), Span(0.2, 0.5, (0.2,)), id="open at the end"),
        pytest.param((day(9), None), Span(0.9, 1.0, (0.9,)), id="open near the end of the axis"),
        pytest.param((None, day(5)), Span(0.2, 0.5, (0.5,)), id="open at the beginning"),
        pytest.param((day(-5), day(5)), Span(0.0, 0.5, (0.5,)), id="from before the axis"),
        pytest.param((day(5), day(15)), Span(0.5, 1.0, (0.5,)), id="to beyond it"),
        pytest.param((day(-5), day(15)), Span(0.0, 1.0, (0.5,)), id="all along it"),
        pytest.param((None, day(15)), Span(0.7, 1.0, (0.85,)), id="open, to beyond it"),
        pytest.param((None, None), Span(2.1, 2.1, (2.1,)), id="undated"),
    ],
)
def test_a_span_has_its_place_and_its_marks(days: Days, span: Span) -> None:
    left, right, marked = SCALE.span(days)
    assert (left, right) == pytest.approx(span[:2])
    assert marked == pytest.approx(span.marked)


@pytest.mark.parametrize(
    ("span", "tips"),
    [
        pytest.param(Span(0, 1, (0, 1)), [], id="none"),
        pytest.param(Span(0, 1, (1,)), [0], id="left"),
        pytest.param(Span(0, 1, (0.5,)), [0, 1], id="both"),
    ],
)
def test_ends_that_are_not_marked_are_arrows(span: Span, tips: list[float]) -> None:
    assert span.tips == tips


@pytest.mark.parametrize(
    ("days", "width", "place"),
    [
        pytest.param((day(2), day(5)), 0.5, 0.58, id="on the right"),
        pytest.param((day(9), day(10)), 0.95, -0.13 + 1.21, id="on the right, as the left has no room"),
        pytest.param((day(10), day(10)), 0.95, -0.03 + 1.11, id="on the right, too"),
        pytest.param((day(10), day(10)), 0.92, 0.0, id="on the left"),
        pytest.param((None, None), 0.9, 2.18, id="undated"),
    ],
)
def test_words_stand_beside_a_span(days: Days, width: float, place: float) -> None:
    scale = SCALE._replace(limit=1.9) if width == 0.92 else SCALE
    assert scale.beside(days, width) == pytest.approx(place)


@given(
    st.lists(
        st.tuples(st.integers(0, 10), st.integers(0, 10), st.floats(0.1, 1.2)).map(
            lambda each: ((day(min(each[:2])), day(max(each[:2]))), each[2])
        )
    )
)
def test_a_fitted_scale_has_room_for_all_words(labelled: list[tuple[Days, float]]) -> None:
    scale = fitted(labelled, start=START, end=END, limit=4)
    assert 1 < scale.width < scale.limit == 4
    for days, width in labelled:
        at = scale.beside(days, width)
        assert 0 <= at <= 4 - width
        assert at + width < scale.span(days).left or at > scale.span(days).right


def test_words_that_fit_no_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="ids too long"):
        fitted([((START, END), 3.9)], start=START, end=END, limit=4)


def test_an_axis_of_thousands_of_years_has_ticks() -> None:
    start, end = date(1904, 1, 1), date(9023, 12, 31)
    assert ticks(Scale(start, end, 4.0, 4.0)) == [start, end]


@given(st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(1, 80_000), st.sampled_from([1.1, 2.2, 9.0]))
def test_an_axis_has_one_to_eight_ticks_as_have_room(start: date, days: int, width: float) -> None:
    end = start + timedelta(days=days)
    found = ticks(Scale(start, end, width, width))
    assert 1 <= len(found) <= max(2, min(8, width / 0.55))
    assert found == [start, end] or all(start <= each <= end and each.day == 1 for each in found)
