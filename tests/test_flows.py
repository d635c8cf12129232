"""Draw flows: a bar for every speaker of a newsroom, as long as its citations, labels apart."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from figure_rules import WORDS, clashes, labels, texts
from retold import load_corpus
from retold.voices import links
from retold_report.drawing import BLUE, RUST, Figure
from retold_report.flows import plot_flow

COLUMNS = ["group", "named", "newsroom", "article", "implied", "passages"]
Row = tuple[str, bool, str, str, bool, tuple[str, ...]]
PILOTS = ("Unnamed pilots", False, "Gazette", "101", False, ("101/a", "101/b"))
OFFICE = ("Port Office & Pier", True, "No newsroom named", "102", False, ("102/a",))
UNION = ("Union", True, "Gazette", "102", True, ("102/b", "102/c", "102/d"))


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def draw(*rows: Row) -> Figure:
    return plot_flow(pd.DataFrame(rows, columns=COLUMNS), **WORDS)


class Bar(NamedTuple):
    """Hold a bar's look, how long it is, and how far right and down it begins."""

    look: str
    length: float
    left: float
    top: float


def bars(figure: Figure) -> list[Bar]:
    """Return every bar from top to bottom, in points; an implied one's look is its dashed edge."""
    found = []
    for path, style in re.findall(r'<path d="(M [^"]*z\s*)" clip-path[^>]*? style="([^"]*)"', figure.svg):
        parts = dict(part.split(": ") for part in style.split("; "))
        numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
        left, right, top = min(numbers[::2]), max(numbers[::2]), min(numbers[1::2])
        look = f"dashed {parts['stroke']}" if "stroke-dasharray" in parts else parts["fill"]
        found.append(Bar(look, right - left, left, top))
    return sorted(found, key=lambda bar: (bar.top, bar.left))


def lines(figure: Figure) -> list[str]:
    """Return the words of a figure from top to bottom, a line of it each, without those of its frame."""
    found = sorted((round(box.y0 + box.y1), box.x0, words) for words, _, box in texts(figure))
    return [words for *_, words in found if words not in WORDS.values() and not words.isdigit()]


def test_the_five_articles_are_drawn_without_a_clash() -> None:
    figure = plot_flow(links(load_corpus(Path(__file__).parents[1])), **WORDS)
    assert clashes(figure) == []
    assert set(WORDS.values()) <= set(labels(figure))


def test_a_flow_is_the_same_bytes_each_time() -> None:
    assert draw(PILOTS, OFFICE, UNION) == draw(PILOTS, OFFICE, UNION)


def test_newsrooms_and_speakers_are_labelled_with_their_citations() -> None:
    found = labels(draw(PILOTS, OFFICE, UNION))
    assert {"Gazette: 5", "No newsroom named: 1", "Unnamed pilots", "Port Office & Pier", "Union"} < set(
        found
    )
    assert sorted(filter(str.isdigit, found)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([OFFICE], [BLUE], id="named"),
        pytest.param([PILOTS], [RUST], id="unnamed"),
        pytest.param([UNION], [f"dashed {BLUE}"], id="implied"),
        pytest.param([PILOTS, PILOTS], [RUST], id="rows of one bar"),
        pytest.param([UNION, (*UNION[:4], False, ("102/e",))], [BLUE, f"dashed {BLUE}"], id="implied last"),
    ],
)
def test_a_bar_is_rust_for_the_unnamed_and_dashed_where_implied(rows: list[Row], found: list[str]) -> None:
    assert [bar.look for bar in bars(draw(*rows))] == [look.lower() for look in found]


def test_bars_are_as_long_as_they_have_citations() -> None:
    two, three, one = bars(draw(PILOTS, UNION, OFFICE))
    assert [two.length, three.length] == pytest.approx([2 * one.length, 3 * one.length], abs=0.01)
    assert two.left == three.left == one.left


def test_what_is_implied_begins_where_the_rest_of_a_bar_ends() -> None:
    worded, implied = bars(draw(UNION, (*UNION[:4], False, ("102/e",))))
    assert worded.left + worded.length == pytest.approx(implied.left, abs=0.01)
    assert implied.length == pytest.approx(3 * worded.length, abs=0.01)


def test_newsrooms_stand_by_their_citations_and_unnamed_speakers_first() -> None:
    late = ("Courier crew", True, "Courier", "101", False, tuple("abcdefg"))
    mate = ("A mate", False, "Gazette", "101", False, ("101/z",))
    found = ["Courier: 7", "Courier crew", "Gazette: 6", "Unnamed pilots", "A mate", "Union"]
    assert lines(draw(OFFICE, PILOTS, UNION, mate, late))[:6] == found


@pytest.mark.parametrize("count", [1, 2, 12])
def test_labels_below_each_other_stand_apart(count: int) -> None:
    assert (
        clashes(draw(*((f"Pilot {n}", True, f"Paper {n}", f"{n}", False, ("a",)) for n in range(count))))
        == []
    )


def test_a_flow_without_links_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one link"):
        draw()


@pytest.mark.parametrize("long", [(60 * "W", *PILOTS[1:]), (*PILOTS[:2], 60 * "W", *PILOTS[3:])])
def test_names_that_leave_bars_no_room_are_refused(long: Row) -> None:
    with pytest.raises(ValueError, match="names too long"):
        draw(long)
