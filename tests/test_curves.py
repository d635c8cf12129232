"""Draw curves: cut at the edges of their panel, each labelled."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

import pytest
from figure_rules import WORDS, clashes, labels, texts
from retold_report.curves import Axis, Curve, Panel, plot_curves
from retold_report.drawing import BLUE, RUST, Figure

ACROSS = Axis("Wind, in knots", 0, 10, (0, 5, 10))
UP = Axis("Share of boats at sea", 0, 1, (0, 0.5, 1))
FALL = Curve("old boats", [0, 10], [1, 0.2])
RISE = Curve("kites", [0, 4, 8, 10], [0, 0.5, 1, 1.25], accent=True)
CROWD = [Curve(f"{at} boats", [1, 10], [0.9, 0.01 * at]) for at in range(9)]


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def draw(*panels: Panel) -> Figure:
    return plot_curves(panels, **WORDS, across=ACROSS, up=UP)


def one(*curves: Curve) -> Figure:
    return draw(Panel("By day", curves))


def lines(figure: Figure) -> list[tuple[str, str]]:
    """Return colour and width of every curve, in the order drawn."""
    return re.findall(
        r'clip-path="[^"]*" style="fill: none; stroke: (#\w+); stroke-width: (1\.3|2\.2)', figure.svg
    )


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(one(FALL), id="one curve"),
        pytest.param(one(*CROWD), id="ends close together"),
        pytest.param(draw(*[Panel(f"Day {at}", [FALL, RISE]) for at in range(3)]), id="three panels"),
        pytest.param(one(RISE), id="a label inside"),
    ],
)
def test_no_text_overlaps(figure: Figure) -> None:
    assert clashes(figure) == []
    assert {*WORDS.values(), "Wind, in knots", "Share of boats at sea", "0.5"} <= set(labels(figure))


def test_every_panel_has_its_curves_and_its_labels() -> None:
    figure = draw(Panel("By day", [FALL]), Panel("By night", [FALL, RISE]))
    assert lines(figure) == [(BLUE.lower(), "1.3"), (BLUE.lower(), "1.3"), (RUST.lower(), "2.2")]
    assert [labels(figure).count(words) for words in ("By day", "By night", "old boats", "kites")] == [
        1,
        1,
        2,
        1,
    ]


def test_a_curve_is_labelled_where_it_ends_or_leaves_the_panel() -> None:
    figure = one(FALL, RISE)
    boxes = {words: box for words, _, box in texts(figure)}
    assert boxes["kites"].x0 < boxes["old boats"].x0
    assert boxes["kites"].y1 < boxes["old boats"].y0


def test_curves_are_the_same_bytes_each_time() -> None:
    assert one(*CROWD) == one(*CROWD)


@pytest.mark.parametrize(
    ("panels", "message"),
    [
        pytest.param([], "at least one panel", id="no panel"),
        pytest.param([Panel("By day", [])], "at least one curve", id="no curve"),
        pytest.param([Panel("By day", [FALL])] * 9, "too many panels", id="nine panels"),
        pytest.param(
            [Panel("By day", [Curve("boats", [0, 1], [0])])], "unlike numbers .* boats", id="x without y"
        ),
        pytest.param(
            [Panel("By day", [Curve("boats", [0, 1], [2, 3])])], "never enters .* boats", id="beyond"
        ),
        pytest.param([Panel("By day", CROWD * 3)], "no room for 27 labels", id="too many curves"),
    ],
)
def test_curves_that_cannot_be_drawn_are_refused(panels: list[Panel], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw(*panels)


@pytest.mark.parametrize(("label", "times"), [("share of boats", 2), ("share of boats " * 6, 1)])
def test_axes_are_named_at_every_panel_if_their_names_have_room(label: str, times: int) -> None:
    curve = Curve("boats", (0, 1), (0, 1))
    axis = Axis(label.strip(), 0, 1, (0, 1))
    figure = plot_curves([Panel("one", [curve]), Panel("two", [curve])], **WORDS, across=axis, up=axis)
    assert labels(figure).count(label.strip()) == 2 * times
