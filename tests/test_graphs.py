"""Draw who waits for whom: an arrow for every condition, by object, its line showing how it is told."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from figure_rules import WORDS, clashes, labels, texts
from retold_report.drawing import BLUE, RUST, Figure
from retold_report.graphs import Arrow, Line, plot_graph

LONG = (
    "sail the whole of the northern fleet back to the harbour from which it left in the spring of that year"
)
ARROWS = [
    Arrow("Pilots", "return to work", "Company", "A night timetable", "solid", "the company, in 101"),
    Arrow("Company", LONG, "Pilots", "Talks", "dashed", "a pilot, in 102", accent=True),
    Arrow("Company", "rehire seven", "Union", "A night timetable", "dotted"),
]


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def draw(*arrows: Arrow) -> Figure:
    return plot_graph(arrows, **WORDS)


def lines(figure: Figure) -> list[tuple[str, str, str]]:
    """Return dashes, colour and width of every arrow's line, from top to bottom."""
    found = re.findall(r'style="(fill: none; [^"]*stroke-width: (?:1\.5|2\.4)[^"]*)"', figure.svg)
    parts = [dict(part.split(": ") for part in style.split("; ")) for style in found]
    return [(part.get("stroke-dasharray", ""), part["stroke"], part["stroke-width"]) for part in parts]


@pytest.mark.parametrize(
    "arrows",
    [
        pytest.param(ARROWS, id="three"),
        pytest.param(ARROWS[:1], id="one"),
        pytest.param(ARROWS * 4, id="twelve"),
        pytest.param(
            [Arrow("The Port Office", LONG * 2, "The Port Office", LONG[:60], "solid", LONG[:80])], id="long"
        ),
    ],
)
def test_no_text_overlaps_and_every_one_is_there(arrows: list[Arrow]) -> None:
    figure = draw(*arrows)
    assert clashes(figure) == []
    wanted = Counter([*WORDS.values(), *{arrow.object for arrow in arrows}])
    wanted.update(words for arrow in arrows for words in (arrow.acting, arrow.waiting, arrow.told) if words)
    assert Counter(labels(figure)) >= wanted
    assert all(arrow.act in " ".join(labels(figure)) for arrow in arrows)


def test_lines_show_how_a_condition_is_told_and_the_words_below_say_it() -> None:
    figure = draw(*ARROWS)
    (solid, *thin), (dotted, *_), (dashed, *thick) = lines(figure)
    assert (thin, thick) == ([BLUE.lower(), "1.5"], [RUST.lower(), "2.4"])
    assert solid == ""
    assert len({solid, dotted, dashed}) == 3
    told = ["the company, in 101; on the record", "a pilot, in 102; not on the record; closes a circle"]
    assert {*told, "a forecast"} <= set(labels(figure))


def test_arrows_are_grouped_by_object_in_the_order_of_their_first() -> None:
    down = {words: box.y0 for words, _, box in texts(draw(*ARROWS))}
    order = ["A night timetable", "return to work", "rehire seven", "Talks"]
    assert order == sorted(order, key=lambda words: down[words])


def test_who_must_act_stands_left_of_who_waits() -> None:
    across = {words: box.x0 for words, _, box in texts(draw(ARROWS[0]))}
    assert across["Pilots"] < across["return to work"] < across["Company"]


def test_a_graph_is_the_same_bytes_each_time() -> None:
    assert draw(*ARROWS) == draw(*ARROWS)


@pytest.mark.parametrize(
    ("arrows", "message"),
    [
        pytest.param([], "at least one arrow", id="no arrow"),
        pytest.param([Arrow("Pilots", "sail", "Union", "Talks", "wavy")], "not wavy", id="unknown line"),  # type: ignore[arg-type]
        pytest.param(
            [Arrow("Pilots" * 9, "sail", "Union" * 9, "Talks", "solid")], "names too long", id="long names"
        ),
    ],
)
def test_a_graph_that_cannot_be_drawn_is_refused(arrows: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw(*arrows)


def test_every_kind_of_line_can_be_drawn() -> None:
    kinds = [Arrow("Pilots", "sail", "Union", "Talks", line) for line in get_args(Line)]
    assert len(set(lines(draw(*kinds)))) == len(kinds)
