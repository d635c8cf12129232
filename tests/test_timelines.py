"""Draw timelines: a lane for every dating, its status, what is inferred, open or undated, and conflicts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date

import pytest
from figure_rules import WORDS, arrows, clashes, labels, texts
from retold_report.drawing import BLUE, INK, RUST, Figure
from retold_report.timelines import Bar, EventRow, plot_timeline

START, END = date(2020, 1, 1), date(2021, 1, 1)
MAY, JUNE, JULY = date(2020, 5, 1), date(2020, 6, 1), date(2020, 7, 1)
BEFORE, AFTER = date(2019, 7, 1), date(2021, 7, 1)
STATUSES = ["actual", "planned", "hypothetical", "negated"]
BAR = Bar("101", MAY, JULY, True, "actual")


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def draw(*rows: EventRow, end: date = END) -> Figure:
    return plot_timeline(rows, **WORDS, start=START, end=end)


def one(
    *bars: Bar, outside: tuple[tuple[date | None, date | None], ...] = (), conflict: bool = False
) -> Figure:
    return draw(EventRow("Boats leave", bars, outside, conflict))


def bar(first: date | None, last: date | None, *, stated: bool = True, status: str = "actual") -> Bar:
    return Bar("101", first, last, stated, status)


def lines(figure: Figure) -> list[tuple[float, float, str, bool]]:
    """Return beginning, end, colour and whether dashed of every bar's line, in the order drawn."""
    found = []
    for path, style in re.findall(
        r'<path d="([^"]*)" clip[^>]* style="([^"]*stroke-width: 1\.3[^"]*)"', figure.svg
    ):
        left, _, right, _ = map(float, re.findall(r"[\d.]+", path))
        parts = dict(part.split(": ") for part in style.split("; "))
        found.append((left, right, parts["stroke"], "stroke-dasharray" in parts))
    return found


def marks(figure: Figure) -> list[tuple[float, str, str, str]]:
    """Return place, shape, fill and edge of every mark, in the order drawn; half a mark counts as one."""
    shapes = {
        name: "diamond"
        if "L" in path and "z" in path
        else "cross"
        if "L" in path
        else ("half", "round")[path.count("C") > 4]
        for name, path in re.findall(r'<path id="(m\w+)" d="([^"]*)"', figure.svg)
    }
    used = re.findall(
        r'href="#(m\w+)" x="([\d.]+)" y="[\d.]+" style="fill: (#\w+); stroke: (#\w+); stroke-width: 1\.1',
        figure.svg,
    )
    return [(float(x), shapes[name], fill, edge) for name, x, fill, edge in used]


CROWD = [
    EventRow(
        f"The boats of the company leave the northern harbour for the {at}th time in one year",
        (
            *(Bar(f"10{rank}", MAY, AFTER, at % 2 == 0, status) for rank, status in enumerate(STATUSES)),
            Bar("104", MAY, None, True, "actual"),
            Bar("104", None, None, False, "planned"),
        ),
        ((JUNE, JUNE), (MAY, None)) if at % 2 else (),
        at % 4 == 0,
    )
    for at in range(30)
]


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(one(BAR), id="one bar"),
        pytest.param(draw(*CROWD), id="30 rows"),
        pytest.param(draw(*CROWD[:1], end=date(2060, 1, 1)), id="decades"),
        pytest.param(draw(EventRow("One day", (bar(START, START),)), end=date(2020, 2, 15)), id="weeks"),
    ],
)
def test_no_text_overlaps(figure: Figure) -> None:
    assert clashes(figure) == []
    assert set(WORDS.values()) <= set(labels(figure))


def test_a_crowd_is_the_same_bytes_each_time() -> None:
    assert draw(*CROWD) == draw(*CROWD)


@pytest.mark.parametrize(
    ("status", "shapes"),
    [
        pytest.param("actual", [("round", BLUE)], id="filled"),
        pytest.param("planned", [("round", "#ffffff")], id="open"),
        pytest.param("hypothetical", [("half", BLUE), ("half", "#ffffff")], id="half-filled"),
        pytest.param("negated", [("cross", BLUE)], id="crossed"),
    ],
)
def test_a_status_has_its_fill_and_its_words(status: str, shapes: list[tuple[str, str]]) -> None:
    figure = one(bar(MAY, MAY, status=status))
    found = [(shape, fill) for _, shape, fill, _ in marks(figure)]
    assert found == [(shape, fill.lower()) for shape, fill in shapes]
    assert ("101" if status == "actual" else f"101: {status}") in labels(figure)


@pytest.mark.parametrize(
    ("first", "last", "ends", "heads"),
    [
        pytest.param(MAY, JULY, 2, [], id="both days"),
        pytest.param(MAY, MAY, 1, [], id="a single day"),
        pytest.param(MAY, None, 1, ["right"], id="open at the end"),
        pytest.param(None, MAY, 1, ["left"], id="open at the beginning"),
        pytest.param(BEFORE, MAY, 1, ["left"], id="from before the axis"),
        pytest.param(MAY, AFTER, 1, ["right"], id="to beyond the axis"),
        pytest.param(BEFORE, AFTER, 1, ["left", "right"], id="all along the axis"),
        pytest.param(None, AFTER, 1, ["left", "right"], id="open, to beyond the axis"),
        pytest.param(BEFORE, None, 1, ["left", "right"], id="from before the axis, open"),
        pytest.param(None, None, 1, [], id="undated"),
    ],
)
def test_known_ends_are_marked_and_open_ones_are_arrows(
    first: date | None, last: date | None, ends: int, heads: list[str]
) -> None:
    figure = one(bar(first, last))
    assert len(marks(figure)) == ends
    assert [side for side, _ in arrows(figure)] == heads
    said = [{"left": "or earlier", "right": "or later"}[head] for head in heads]
    assert (f"101: {', '.join(said)}" if said else "101") in labels(figure)


def test_bars_stand_on_one_scale() -> None:
    (first,), (left, right), (last,) = (
        [x for x, *_ in marks(one(bar(*days)))] for days in ((START, START), (MAY, JULY), (END, END))
    )
    year = (END - START).days
    assert (left - first) / (last - first) == pytest.approx((MAY - START).days / year, abs=1e-4)
    assert (right - first) / (last - first) == pytest.approx((JULY - START).days / year, abs=1e-4)


@pytest.mark.parametrize("stated", [True, False])
def test_a_date_that_is_not_the_articles_own_is_dashed_and_called_inferred(stated: bool) -> None:
    figure = one(bar(MAY, JULY, stated=stated))
    assert [dashed for *_, dashed in lines(figure)] == [not stated]
    assert ("101" in labels(figure), "101: inferred" in labels(figure)) == (stated, not stated)


@pytest.mark.parametrize(
    ("conflict", "colour"), [pytest.param(False, BLUE, id="none"), pytest.param(True, RUST, id="conflict")]
)
def test_a_row_whose_dates_conflict_is_rust_and_says_so(conflict: bool, colour: str) -> None:
    figure = one(BAR, conflict=conflict)
    assert {edge for *_, edge in marks(figure)} == {colour.lower()}
    assert ("(dates conflict)" in labels(figure)) is conflict


def test_dates_from_outside_are_ink_diamonds_above_the_bars() -> None:
    figure = one(BAR, outside=((JUNE, JUNE), (None, JULY)))
    found = [(shape, edge) for _, shape, _, edge in marks(figure)]
    assert found == [("diamond", INK.lower())] * 2 + [("round", BLUE.lower())] * 2
    assert arrows(figure) == [("left", INK.lower())]
    assert "(diamond: from outside)" in labels(figure)
    assert "(diamond: from outside)" not in labels(one(BAR))
    down = [float(y) for y in re.findall(r'href="#m\w+" x="[\d.]+" y="([\d.]+)"[^>]*width: 1\.1', figure.svg)]
    assert down[0] == down[1] < down[2] == down[3]


def test_bars_without_a_date_stand_in_a_column_of_their_own() -> None:
    figure = one(BAR, bar(None, None, stated=False))
    (_, right, *_), _ = lines(figure)
    column = next(box.x0 for words, _, box in texts(figure) if words == "undated")
    assert right < column <= marks(figure)[-1][0] + 8
    assert labels(figure).count("101") == 2
    assert "undated" not in labels(one(BAR))


def test_words_that_do_not_fit_on_the_right_stand_on_the_left() -> None:
    ids = "101, 102, 103, 104, 105"
    (late,), (early,) = (
        [(box.x0, x) for words, _, box in texts(figure) if words == ids]
        for figure in (one(Bar(ids, day, day, True, "actual")) for day in (END, START))
        for x in [marks(figure)[0][0]]
    )
    assert late[0] < late[1]
    assert early[0] > early[1]


@pytest.mark.parametrize(
    ("end", "ticks"),
    [
        pytest.param(date(2020, 1, 9), ["Jan 2020"], id="days"),
        pytest.param(date(2020, 4, 1), ["Jan 2020", "Feb 2020", "Mar 2020", "Apr 2020"], id="months"),
        pytest.param(
            END,
            ["Jan 2020", "Mar 2020", "May 2020", "Jul 2020", "Sep 2020", "Nov 2020", "Jan 2021"],
            id="a year",
        ),
        pytest.param(
            date(2022, 2, 1), ["Jan 2020", "Jul 2020", "Jan 2021", "Jul 2021", "Jan 2022"], id="two years"
        ),
        pytest.param(date(2025, 6, 1), ["2020", "2021", "2022", "2023", "2024", "2025"], id="years"),
    ],
)
def test_the_axis_is_ticked_at_most_eight_times(end: date, ticks: list[str]) -> None:
    found = labels(draw(EventRow("Boats", (bar(START, START),)), end=end))
    assert [words for words in found if re.fullmatch(r"(?:[A-Z][a-z]{2} )?20\d\d", words)] == ticks


def test_an_axis_without_the_first_day_of_a_month_is_ticked_at_its_ends() -> None:
    row = EventRow("Boats", (bar(date(2020, 5, 5), None),))
    figure = plot_timeline([row], **WORDS, start=date(2020, 5, 4), end=date(2020, 5, 20))
    assert {"4 May 2020", "20 May 2020"} <= set(labels(figure))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([], "at least one row", id="no row"),
        pytest.param(
            [EventRow("Boats", (Bar("101, " * 20, START, END, True, "actual"),))],
            "ids too long",
            id="long ids",
        ),
        pytest.param([EventRow("Boats", ())], "at least one bar", id="no bar"),
        pytest.param(
            [EventRow("Boats", (bar(JULY, MAY),))], "before the first: Boats", id="days in the wrong order"
        ),
        pytest.param(
            [EventRow("Boats", (bar(AFTER, None),))], "outside the axis .* Boats", id="beyond the axis"
        ),
        pytest.param(
            [EventRow("Boats", (bar(None, START),))],
            "outside the axis .* Boats",
            id="no room for the arrow to the left",
        ),
        pytest.param(
            [EventRow("Boats", (bar(END, None),))],
            "outside the axis .* Boats",
            id="no room for the arrow to the right",
        ),
        pytest.param(
            [EventRow("Boats", (bar(None, BEFORE),))], "outside the axis .* Boats", id="before the axis"
        ),
        pytest.param(
            [EventRow("Boats", (BAR,), ((AFTER, AFTER),))], "outside the axis .* Boats", id="outside date"
        ),
        pytest.param(
            [EventRow("Boats", (bar(MAY, MAY, status="likely"),))], "not likely", id="unknown status"
        ),
    ],
)
def test_a_timeline_that_cannot_be_drawn_is_refused(rows: list[EventRow], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw(*rows)


def test_an_axis_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="not after it begins"):
        draw(EventRow("Boats", (BAR,)), end=START)
