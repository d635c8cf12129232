"""Draw ladders: a mark for every step, on its rung, in its article's column, its label apart from others."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator

import pytest
from figure_rules import WORDS, clashes, labels, texts
from retold_report.drawing import BLUE, RUST, Figure
from retold_report.ladders import Step, plot_ladder

RUNGS = ["no boat sails", "a boat may sail", "boats sail tonight"]
STEPS = [
    Step("101", "heading", RUNGS[2]),
    Step("101", "quote\npilot", RUNGS[1]),
    Step("102", "lede", RUNGS[1]),
    Step("102", "denial", RUNGS[0]),
]
PLACES = ["heading", "lede", "subheading", "quotation", "quote", "denial"]
CROWD = [Step(f"10{at}", f"{place}\npilot", RUNGS[1]) for at in range(5) for place in PLACES]


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def draw(steps: list[Step], rungs: list[str] = RUNGS) -> Figure:
    return plot_ladder(steps, rungs, **WORDS)


def marks(figure: Figure) -> list[tuple[float, float, str, str]]:
    """Return across, down, fill and edge of every mark, in the order drawn."""
    found = re.findall(
        r'<use [^>]*x="([\d.]+)" y="([\d.]+)" style="fill: (#\w+); stroke: (#\w+); stroke-width: 1.4',
        figure.svg,
    )
    return [(float(x), float(y), fill, edge) for x, y, fill, edge in found]


@pytest.mark.parametrize(
    ("steps", "rungs"),
    [
        pytest.param(STEPS, RUNGS, id="two articles"),
        pytest.param(STEPS[:1], RUNGS, id="one step"),
        pytest.param(CROWD, RUNGS, id="all on one rung"),
        pytest.param(
            [
                Step(f"10{at}", place, f"rung {(rank * at) % 7}")
                for at in range(5)
                for rank, place in enumerate(PLACES)
            ],
            [f"rung {at}" for at in range(7)],
            id="seven rungs",
        ),
    ],
)
def test_no_text_overlaps_and_every_one_is_there(steps: list[Step], rungs: list[str]) -> None:
    figure = draw(steps, rungs)
    assert clashes(figure) == []
    written = [line for step in steps for line in step.place.split("\n")]
    wanted = Counter([*WORDS.values(), *{step.article for step in steps}, *written])
    assert Counter(labels(figure)) >= wanted


def test_marks_are_blue_and_rust_for_a_denial() -> None:
    assert [edge for *_, edge in marks(draw(STEPS))] == [BLUE.lower()] * 3 + [RUST.lower()]


def test_marks_stand_on_their_rungs_and_in_reading_order() -> None:
    across, down = zip(*((x, y) for x, y, _, _ in marks(draw(STEPS))), strict=True)
    assert list(across) == sorted(across)
    assert down[0] < down[1] == down[2] < down[3]


@pytest.mark.parametrize(
    ("rungs", "falls"),
    [pytest.param(RUNGS, False, id="rising"), pytest.param(RUNGS[::-1], True, id="falling")],
)
def test_a_label_stands_clear_of_its_path(rungs: list[str], falls: bool) -> None:
    places = ["one", "subheading", "three"]
    figure = draw([Step("101", place, rung) for place, rung in zip(places, RUNGS, strict=True)], rungs)
    x, y, *_ = marks(figure)[1]
    box = next(box for words, _, box in texts(figure) if words == "subheading")
    right, above = bool(box.x0 > x - 4), bool(box.y1 < y)
    assert right or box.x1 < x + 4
    assert (right == above) is falls


def test_articles_stand_in_the_order_in_which_they_occur() -> None:
    places = {words: box.x0 for words, _, box in texts(draw([*STEPS[2:], *STEPS[:2]]))}
    assert places["102"] < places["101"]


def test_a_ladder_is_the_same_bytes_each_time() -> None:
    assert draw(CROWD) == draw(CROWD)


@pytest.mark.parametrize(
    ("steps", "rungs", "message"),
    [
        pytest.param([], RUNGS, "at least one step", id="no step"),
        pytest.param(STEPS, RUNGS[:2], "no such rung: boats sail tonight", id="unknown rung"),
        pytest.param(STEPS, [*RUNGS, RUNGS[0]], "named twice", id="a rung twice"),
        pytest.param(
            [
                Step(
                    "101",
                    f"a place with far too long a name for any ladder\n{80 * 'W'}",
                    RUNGS[0],
                )
            ],
            RUNGS,
            "shorten the places",
            id="a label wider than the figure",
        ),
        pytest.param([*CROWD, *CROWD, *CROWD], RUNGS, "too many labels on the rung", id="too many labels"),
    ],
)
def test_a_ladder_that_cannot_be_drawn_is_refused(steps: list[Step], rungs: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw(steps, rungs)
