"""Draw figures: closed, the same bytes each time, without a warning, and refused where they would mislead."""

from __future__ import annotations

import json
import math
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from figure_rules import PRINT, arrows, clashes, labels, texts
from lxml import etree
from matplotlib import pyplot as plt
from retold_report.drawing import BLUE, NARROW, PALE, RUST, WIDTH, Figure
from retold_report.figures import Range, plot_matrix, plot_ranges

WORDS = {"title": "Two boats left", "subtitle": "Boats by port", "foot": "Source: the ports"}
MARKS = pd.DataFrame({"101": ["filled", "none"], "102": ["open", "filled"]}, index=["Ark", "Eel & Co"])
ROWS = [
    Range("Ark", 3, 3, "exactly three"),
    Range("Eel", 2, 5, "two to five", filled=(False, False), beside=(1, 4)),
    Range("Cod", 4, math.inf, "at least four", accent=True),
]


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def matrix(marks: pd.DataFrame, *accent: str) -> Figure:
    return plot_matrix(marks, **WORDS, accent=accent)


def ranges(rows: list[Range]) -> Figure:
    return plot_ranges(rows, **WORDS, limits=(0, 10), axis="Boats")


def comments(figure: Figure) -> list[str]:
    """Return the figure's words, which stand as comments beside their outlines."""
    return re.findall(r"<!-- (.*?) -->", figure.svg)


def dots(figure: Figure) -> list[tuple[str, str]]:
    """Return fill and edge of every mark, sorted."""
    found = []
    for group in re.findall(r'<g id="PathCollection_\d+">(.*?)\n   </g>', figure.svg, re.DOTALL):
        for style in re.findall(r'<use [^>]*style="([^"]*)"', group):
            parts = dict(part.split(": ") for part in style.split("; "))
            found.append((parts["fill"], parts.get("stroke", "")))
    return sorted(found)


FIGURES = [
    pytest.param(matrix(MARKS), id="matrix"),
    pytest.param(matrix(MARKS.replace("open", "none")), id="matrix without open marks"),
    pytest.param(matrix(MARKS.replace("open", "at-least")), id="matrix with an arrow"),
    pytest.param(matrix(MARKS.replace(["open", "filled"], "none")), id="matrix without marks"),
    pytest.param(ranges(ROWS), id="ranges"),
    pytest.param(ranges(ROWS[:1]), id="one range"),
]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_closed_svg_with_its_words(figure: Figure) -> None:
    root = etree.fromstring(figure.svg.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") in {f"{width * 72:g}pt" for width in (NARROW, WIDTH)}
    assert figure.title == "Two boats left"
    assert set(WORDS.values()) <= set(comments(figure))
    assert figure._repr_svg_() == figure.svg
    assert plt.get_fignums() == []


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_says_nothing_about_when_or_where_it_was_drawn(figure: Figure) -> None:
    assert re.search(r"\b20\d\d-\d\d-\d\d|dc:date|dc:creator", figure.svg) is None
    assert str(Path.cwd()) not in figure.svg


def test_a_figure_is_the_same_bytes_each_time() -> None:
    assert matrix(MARKS, "Ark") == matrix(MARKS, "Ark")
    assert matrix(MARKS.replace("open", "almost")) == matrix(MARKS.replace("open", "almost"))
    assert ranges(ROWS) == ranges(ROWS)


def test_a_matrix_labels_rows_and_columns() -> None:
    assert {"101", "102", "Ark", "Eel &amp; Co"} <= set(comments(matrix(MARKS)))


@pytest.mark.parametrize(
    ("marks", "accent", "found"),
    [
        pytest.param(MARKS, (), [(BLUE, BLUE), (BLUE, BLUE), ("#ffffff", BLUE)], id="blue"),
        pytest.param(MARKS, ("Ark",), [(BLUE, BLUE), (RUST, RUST), ("#ffffff", RUST)], id="a row in rust"),
        pytest.param(MARKS, ("Cod",), [(BLUE, BLUE), (BLUE, BLUE), ("#ffffff", BLUE)], id="no such row"),
        pytest.param(MARKS.replace("open", "none"), (), [(BLUE, BLUE)] * 2, id="filled alone"),
        pytest.param(MARKS.replace("filled", "none"), (), [("#ffffff", BLUE)], id="open alone"),
        pytest.param(
            MARKS.replace("open", "at-least"),
            (),
            [(BLUE, BLUE), (BLUE, BLUE), ("#ffffff", BLUE)],
            id="at least",
        ),
        pytest.param(
            MARKS.replace("filled", "almost"),
            ("Ark",),
            [("#ffffff", BLUE), ("#ffffff", RUST), ("#ffffff", RUST)],
            id="almost",
        ),
        pytest.param(MARKS.replace(["open", "filled"], "none"), (), [], id="none"),
    ],
)
def test_a_matrix_has_a_dot_for_each_mark(
    marks: pd.DataFrame, accent: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    wanted = sorted((fill.lower(), edge.lower()) for fill, edge in found)
    assert dots(matrix(marks, *accent)) == wanted


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        pytest.param(MARKS, [], id="neither"),
        pytest.param(MARKS.replace("open", "at-least"), [("right", RUST)], id="at least"),
        pytest.param(MARKS.replace("filled", "almost"), [("left", BLUE), ("left", RUST)], id="almost"),
        pytest.param(
            MARKS.replace({"open": "at-least", "filled": "almost"}),
            [("left", BLUE), ("left", RUST), ("right", RUST)],
            id="both",
        ),
    ],
)
def test_a_matrix_points_to_where_a_one_sided_value_may_lie(
    marks: pd.DataFrame, found: list[tuple[str, str]]
) -> None:
    wanted = sorted((side, colour.lower()) for side, colour in found)
    assert arrows(matrix(marks, "Ark")) == wanted


@pytest.mark.parametrize(
    ("rows", "columns", "width"),
    [
        pytest.param(["Ark"], ["101"] * 5, NARROW, id="five articles"),
        pytest.param(["Society for the Care of Boats"], ["101"] * 5, NARROW, id="a long label, in lines"),
        pytest.param(["The pilots: on the record"], ["Against"] * 4, NARROW, id="a label in narrower lines"),
        pytest.param(["Ark"], ["Lighthouses"] * 6, WIDTH, id="long words above"),
        pytest.param(["Ark"], ["101"] * 12, WIDTH, id="many columns"),
    ],
)
def test_a_matrix_is_as_narrow_as_a_phone_where_labels_allow(
    rows: list[str], columns: list[str], width: float
) -> None:
    numbered = [f"{column} {at}" if width == WIDTH else column for at, column in enumerate(columns)]
    cells = [["filled"] * len(columns) for _ in rows]
    figure = matrix(pd.DataFrame(cells, index=rows, columns=numbered))
    assert f'width="{72 * width:g}pt"' in figure.svg
    assert clashes(figure) == []


@pytest.mark.parametrize("columns", [["L" * 120], ["101"] * 40])
def test_a_matrix_without_room_for_its_columns_is_refused(columns: list[str]) -> None:
    numbered = [f"{column}{at}" for at, column in enumerate(columns)]
    with pytest.raises(ValueError, match="labels too long, or columns too many"):
        matrix(pd.DataFrame([["filled"] * len(columns)], index=["Ark"], columns=numbered))


def test_words_wider_than_a_figure_are_broken_into_lines() -> None:
    words = {key: f"{value} and {value}" * 3 for key, value in WORDS.items()}
    figure = plot_matrix(MARKS, **words)
    assert clashes(figure) == []
    assert " ".join(labels(figure)).count("Two boats left") == 6


@pytest.mark.parametrize("mark", ["full", "At least", "", None, 1])
def test_a_matrix_refuses_another_mark(mark: Any) -> None:
    marks = MARKS.astype(object)
    marks.iloc[0, 0] = mark
    with pytest.raises(ValueError, match="marks are filled, open, at-least, almost or none"):
        matrix(marks)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param(Range("Ark", 3, 3, "n"), [(BLUE, BLUE)] * 2, id="a value"),
        pytest.param(
            Range("Ark", 2, 5, "n", filled=(True, False)),
            [(BLUE, BLUE), ("#ffffff", BLUE)],
            id="an interval without its end",
        ),
        pytest.param(Range("Ark", 2, 5, "n"), [(BLUE, BLUE)] * 2, id="an interval"),
        pytest.param(Range("Ark", 2, 5, "n", accent=True), [(RUST, RUST)] * 2, id="an interval in rust"),
        pytest.param(Range("Ark", 2, math.inf, "n"), [(BLUE, BLUE)], id="an open interval"),
        pytest.param(Range("Ark", 2, 99, "n"), [(BLUE, BLUE)], id="an interval beyond the axis"),
        pytest.param(Range("Ark", -math.inf, 5, "n"), [(BLUE, BLUE)], id="without a beginning"),
        pytest.param(Range("Ark", -math.inf, math.inf, "n"), [], id="without an end"),
    ],
)
def test_a_range_has_a_dot_at_each_end_it_has(row: Range, found: list[tuple[str, str]]) -> None:
    assert dots(ranges([row])) == sorted((fill.lower(), edge.lower()) for fill, edge in found)


def test_a_range_stands_before_what_it_is_held_against() -> None:
    plain, beside = (ranges([Range("Ark", 2, 5, "n", beside=bar)]).svg for bar in (None, (1, 4)))
    bar = f"stroke: {PALE.lower()}; stroke-width: 7"
    assert (bar in plain, bar in beside) == (False, True)
    assert beside.index(bar) < beside.index(f"stroke: {BLUE.lower()}")


def test_ranges_label_rows_notes_and_axis() -> None:
    assert {"Ark", "Eel", "Cod", "exactly three", "at least four", "Boats"} <= set(comments(ranges(ROWS)))


@pytest.mark.parametrize(
    ("row", "axis", "width"),
    [
        pytest.param(Range("Ark", 3, 3, "three"), "Boats", NARROW, id="short words"),
        pytest.param(Range("Ark", 9, 9, "nine boats of all"), "Boats", NARROW, id="a note on the left"),
        pytest.param(Range("Ark", 3, 3, "three " * 9), "Boats", WIDTH, id="a long note"),
        pytest.param(Range("Ark" * 9, 3, 3, "three boats of all"), "Boats", WIDTH, id="a long label"),
        pytest.param(Range("Ark", 3, 3, "three"), "Boats " * 12, WIDTH, id="a long axis"),
    ],
)
def test_ranges_are_as_narrow_as_a_phone_where_words_allow(row: Range, axis: str, width: float) -> None:
    figure = plot_ranges([row], **WORDS, limits=(0, 10), axis=axis.strip())
    assert f'width="{72 * width:g}pt"' in figure.svg
    assert clashes(figure) == []


@pytest.mark.parametrize(
    ("low", "high"),
    [pytest.param(12, 15, id="beyond the end"), pytest.param(-5, -1, id="before the beginning")],
)
def test_a_range_outside_the_axis_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="Ark"):
        ranges([Range("Ark", low, high, "n")])


def test_two_rows_with_one_label_are_refused() -> None:
    marks = pd.DataFrame({"101": ["filled", "open"]}, index=["Ark", "Ark"])
    with pytest.raises(ValueError, match="rows with labels of their own"):
        plot_matrix(marks, **WORDS)


def test_a_range_plot_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        ranges([])


def book_figures() -> Iterator[Any]:
    """Yield the figures that the chapters show, each with its alternative text."""
    for path in sorted(Path(__file__).parents[1].glob("chapters/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                if svg := "".join(output.get("data", {}).get("image/svg+xml", "")):
                    shown = cell["metadata"]["mystnb"]
                    yield pytest.param(Figure("", svg), shown["image"]["alt"], id=shown["figure"]["name"])


@pytest.mark.parametrize(("figure", "alt"), list(book_figures()))
def test_a_chapters_figure_can_be_read_in_print_and_a_matrix_on_a_phone(figure: Figure, alt: str) -> None:
    width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)pt"', figure.svg)[:2])
    printed = min(1, PRINT[0] / width, PRINT[1] / height)
    assert min(size for _, size, _ in texts(figure)) * printed >= 6.5
    assert clashes(figure) == []
    assert width <= 72 * NARROW or not alt.startswith("Dot matrix")


def test_a_figure_is_told_as_text_by_its_title() -> None:
    """An untrusted notebook shows this in place of the drawing."""
    assert repr(Figure("Nine boats", "<svg/>")) == "Figure(title='Nine boats')"
