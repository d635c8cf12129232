"""Draw ladders: a numbered mark for every step, below its rung, in its article's row."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator

import pytest
from figure_rules import WORDS, clashes, labels, texts
from retold_report.drawing import BLUE, GREY, RUST, Figure
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


def marks(figure: Figure) -> list[tuple[float, float, str]]:
    """Return across, down and fill of every mark, as drawn: article by article, rung by rung."""
    found = re.findall(r'<use [^>]*x="([\d.]+)" y="([\d.]+)" style="fill: (#\w+)"', figure.svg)
    return [(float(x), float(y), fill) for x, y, fill in found]


def at(figure: Figure, wanted: str) -> tuple[float, float]:
    """Return how far across and down the words begin that stand there once."""
    ((left, top),) = [(box.x0, box.y0) for words, _, box in texts(figure) if words == wanted]
    return left, top


@pytest.mark.parametrize(
    ("steps", "rungs"),
    [
        pytest.param(STEPS, RUNGS, id="two articles"),
        pytest.param(STEPS[:1], RUNGS, id="one step"),
        pytest.param(CROWD, RUNGS, id="all on one rung"),
        pytest.param([*CROWD, *CROWD, *CROWD], RUNGS, id="each three times"),
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


@pytest.mark.parametrize(
    ("place", "colour"),
    [("heading", BLUE), ("subheading", BLUE), ("lede", GREY), ("quotation", GREY), ("denial", RUST)],
)
def test_headings_are_blue_and_a_denial_is_rust(place: str, colour: str) -> None:
    assert [fill for *_, fill in marks(draw([Step("101", place, RUNGS[0])]))] == [colour.lower()]


def test_marks_stand_below_their_rungs_and_in_the_rows_of_their_articles() -> None:
    (quote_x, quote_y, _), (head_x, head_y, _), (denied_x, denied_y, _), (lede_x, lede_y, _) = marks(
        draw(STEPS)
    )
    assert denied_x < quote_x == lede_x < head_x
    assert quote_y == pytest.approx(head_y, abs=8)
    assert head_y < lede_y == denied_y


def test_marks_are_numbered_in_reading_order() -> None:
    figure = draw(
        [Step("101", "late", RUNGS[2]), Step("101", "early", RUNGS[0]), Step("102", "one", RUNGS[2])]
    )
    assert sorted(filter(str.isdigit, labels(figure))) == ["1", "1", "101", "102", "2"]
    assert at(figure, "2")[0] < at(figure, "early")[0] < at(figure, "late")[0]


def test_steps_on_one_rung_stand_below_each_other() -> None:
    figure = draw([Step("101", place, RUNGS[0]) for place in ("one", "two")])
    assert at(figure, "one")[0] == pytest.approx(at(figure, "two")[0], abs=1)
    assert at(figure, "one")[1] < at(figure, "two")[1]


def test_articles_stand_in_the_order_in_which_they_occur() -> None:
    figure = draw([*STEPS[2:], *STEPS[:2]])
    assert at(figure, "102")[1] < at(figure, "101")[1]


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
        pytest.param(STEPS, [*RUNGS, *map(str, range(100))], "too many rungs", id="too many rungs"),
    ],
)
def test_a_ladder_that_cannot_be_drawn_is_refused(steps: list[Step], rungs: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw(steps, rungs)
