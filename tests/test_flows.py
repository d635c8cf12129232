"""Draw flows: a band for every link, as wide as its citations, labels apart, the same bytes each time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from figure_rules import WORDS, clashes, labels
from retold import load_corpus
from retold.voices import links
from retold_report.drawing import BLUE, RUST, Figure
from retold_report.flows import plot_flow

COLUMNS = ["group", "named", "newsroom", "article", "implied", "passages"]
Row = tuple[str, bool, str, str, bool, tuple[str, ...]]
PILOTS = ("Unnamed pilots", False, "Gazette", "101", False, ("101/a", "101/b"))
OFFICE = ("Port Office & Pier", True, "No newsroom named", "102", False, ("102/a",))
UNION = ("Union", True, "Gazette", "102", True, ("102/b", "102/c", "102/d"))
ONE = 0.045 * 72


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def draw(*rows: Row) -> Figure:
    return plot_flow(pd.DataFrame(rows, columns=COLUMNS), **WORDS)


class Band(NamedTuple):
    """Hold a band's look, where it leaves and where it arrives: how far right, then upper and lower end."""

    look: str
    leaves: tuple[float, float, float]
    arrives: tuple[float, float, float]


def bands(figure: Figure) -> list[Band]:
    """Return every band in points; a dashed line stands in the middle of its band, half as wide."""
    found = []
    for path, style in re.findall(r'<path d="(M [^"]*C [^"]*)" clip-path[^>]*? style="([^"]*)"', figure.svg):
        parts = dict(part.split(": ") for part in style.split("; "))
        x, y, *_, right, v = at = [float(number) for number in re.findall(r"[\d.]+", path)]
        if parts["fill"] == "none":
            half = float(parts["stroke-width"])
            look = f"dashed {parts['stroke']}"
            found.append(Band(look, (x, y - half, y + half), (right, v - half, v + half)))
        else:
            found.append(Band(parts["fill"], (x, y, at[-1]), (at[6], at[7], at[9])))
    return found


def boxes(figure: Figure) -> list[tuple[float, ...]]:
    """Return left, right, upper and lower edge of every box, in points."""
    found = []
    for path in re.findall(r'<path d="(M [^"C]*)" style="[^"]*stroke-width: 0.8', figure.svg):
        numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
        found.append((min(numbers[::2]), max(numbers[::2]), min(numbers[1::2]), max(numbers[1::2])))
    return found


def places(figure: Figure) -> dict[str, float]:
    """Return how far down each label stands."""
    found = re.findall(r"<!-- (.*?) -->\s*<g [^>]*translate\([\d.]+ ([\d.]+)\)", figure.svg)
    return {words.rpartition("  ")[0]: float(y) for words, y in found}


def test_the_five_articles_are_drawn_without_a_clash() -> None:
    figure = plot_flow(links(load_corpus(Path(__file__).parents[1])), **WORDS)
    assert clashes(figure) == []
    assert {"Speaker", "Newsroom", "Article", *WORDS.values()} <= set(labels(figure))


def test_a_flow_is_the_same_bytes_each_time() -> None:
    assert draw(PILOTS, OFFICE, UNION) == draw(PILOTS, OFFICE, UNION)


def test_boxes_are_labelled_with_their_citations() -> None:
    found = {"Unnamed pilots  2", "Port Office & Pier  1", "Union  3", "Gazette  5", "No newsroom named  1"}
    assert found | {"101  2", "102  4"} <= set(labels(draw(PILOTS, OFFICE, UNION)))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([OFFICE], [(BLUE, ONE)], id="named"),
        pytest.param([PILOTS], [(RUST, 2 * ONE)], id="unnamed, two citations"),
        pytest.param([UNION], [(f"dashed {BLUE}", 3 * ONE)], id="implied"),
        pytest.param([PILOTS, PILOTS], [(RUST, 4 * ONE)], id="rows of one band"),
        pytest.param([PILOTS, OFFICE], [(BLUE, ONE), (RUST, 2 * ONE)], id="two bands"),
    ],
)
def test_a_band_on_each_side_of_the_newsroom(rows: list[Row], found: list[tuple[str, float]]) -> None:
    drawn = sorted(bands(draw(*rows)))
    wanted = sorted((colour.lower(), width) for colour, width in found * 2)
    assert [band.look for band in drawn] == [colour for colour, _ in wanted]
    for end in ("leaves", "arrives"):
        ends = [getattr(band, end) for band in drawn]
        assert [low - high for _, high, low in ends] == pytest.approx([w for _, w in wanted], abs=0.01)


MANY = (
    ("Union", False, "Gazette", "101", True, ("101/e",)),
    PILOTS,
    ("Unnamed pilots", False, "Courier", "101", True, ("101/c",)),
    ("Union", True, "Gazette", "101", False, ("101/d",)),
    OFFICE,
    ("Unnamed pilots", False, "Courier", "102", False, ("102/f",)),
    UNION,
)


def test_bands_at_a_box_stand_below_each_other_implied_ones_last() -> None:
    figure = draw(*MANY)
    found = boxes(figure)
    assert len(found) == len({label for row in MANY for label in (row[0], row[2], row[3])})
    full = 0
    for left, right, top, bottom in found:
        for end, side in (("leaves", right), ("arrives", left)):
            ends = [(getattr(band, end)[1:], "dashed" in band.look) for band in bands(figure)
                    if getattr(band, end)[0] == pytest.approx(side, abs=0.01)
                    and top - 0.01 <= getattr(band, end)[1] < bottom]  # fmt: skip
            ends.sort()
            assert all(one[0][1] <= other[0][0] + 0.01 for one, other in pairwise(ends))
            assert [implied for _, implied in ends] == sorted(implied for _, implied in ends)
            if ends:
                full += 1
                assert ends[-1][0][1] <= bottom + 0.01
                assert ends[0][0][0] - top == pytest.approx(bottom - ends[-1][0][1], abs=0.01)
    assert full == 3 + 3 * 2 + 2


def test_boxes_stand_near_those_they_are_linked_to() -> None:
    late = ("A", True, "Courier", "102", False, ("102/a",))
    early = ("B", True, "Gazette", "101", False, ("101/a",))
    found = places(draw(late, early))
    assert found["102"] < found["101"]
    assert found["A"] < found["B"]
    assert found["Courier"] < found["Gazette"]
    turned = places(draw(early, late))
    assert turned["B"] < turned["A"]
    assert turned["Gazette"] < turned["Courier"]


def test_boxes_linked_to_one_newsroom_stand_in_the_order_of_their_articles() -> None:
    late = ("A", True, "Gazette", "102", False, ("102/a",))
    found = places(draw(PILOTS, late))
    assert found["Unnamed pilots"] < found["A"]


def test_one_box_stands_in_the_middle_of_its_column() -> None:
    found = places(draw(PILOTS, UNION))
    assert found["Gazette"] == pytest.approx((found["101"] + found["102"]) / 2, abs=0.01)


@pytest.mark.parametrize("count", [1, 2, 12])
def test_labels_below_each_other_stand_apart(count: int) -> None:
    assert (
        clashes(draw(*((f"Pilot {n}", True, f"Paper {n}", f"{n}", False, ("a",)) for n in range(count))))
        == []
    )


def test_a_flow_without_links_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one link"):
        draw()
