"""Measure words, break them into lines, and set labels apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retold_report.lettering import SMALL, extent, spaced, wrapped


def test_words_are_as_wide_as_their_widest_line_and_as_high_as_all() -> None:
    wide, high = extent("harbour")
    assert extent("harbour\npier") == pytest.approx((wide, 2 * high))
    assert extent("harbour pier")[0] > wide
    assert extent("harbour", 2 * SMALL) == pytest.approx((2 * wide, 2 * high), rel=0.02)
    assert 0.3 < wide < 0.5


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        pytest.param("pier", ["pier"], id="one word"),
        pytest.param("a pier by the sea", ["a pier by", "the sea"], id="two lines"),
        pytest.param("harbourmasters by the sea", ["harbourmasters", "by the sea"], id="a word too wide"),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_words_are_broken_to_a_width(words: str, lines: list[str]) -> None:
    assert wrapped(words, width=0.6).split("\n") == lines


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        pytest.param([], [], id="none"),
        pytest.param([3, 8], [3, 8], id="far enough apart"),
        pytest.param([5, 5], [4.5, 5.5], id="alike"),
        pytest.param([5.2, 5], [5.6, 4.6], id="in the order given"),
        pytest.param([5, 5, 5.9], [4.3, 5.3, 6.3], id="a third pushed on"),
        pytest.param([0, 0], [0, 1], id="at the low end"),
        pytest.param([10, 10, 9], [9, 10, 8], id="at the high end"),
    ],
)
def test_positions_are_spread(wanted: list[float], placed: list[float]) -> None:
    assert spaced(wanted, gap=1, low=0, high=10) == pytest.approx(placed)


@given(st.lists(st.floats(-2, 12), max_size=11))
def test_spread_positions_keep_their_gap_their_order_and_the_limits(wanted: list[float]) -> None:
    placed = spaced(wanted, gap=1, low=0, high=10)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    assert all(placed[after] - placed[before] >= 1 - 1e-9 for before, after in pairwise(order))
    assert all(-1e-9 <= each <= 10 + 1e-9 for each in placed)


def test_more_positions_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="no room for 12 labels"):
        spaced([5] * 12, gap=1, low=0, high=10)
