"""Draw flows from speakers through newsrooms to articles: a band as wide as it has citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from retold_report.drawing import BLUE, GREY, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL

_UNIT, _LEAST, _GAP, _HEAD, _LETTER, _BAR, _MARGIN = 0.045, 0.19, 0.06, 0.3, 0.07, 0.07, 0.75
_CURVE = [Path.MOVETO, *[Path.CURVE4] * 3]


@dataclass(frozen=True)
class _Column:
    """Hold boxes from left to right edge, by label: upper end and height, in inches, and count."""

    left: float
    right: float
    boxes: Mapping[str, tuple[float, float, int]]


def plot_flow(links: pd.DataFrame, *, title: str, subtitle: str, foot: str) -> Figure:
    """Draw who is cited through which newsroom in which article, from left to right.

    Bands are rust for unnamed speakers, and blue and lighter for named ones. Where a layer of the chain is
    only implied, a dashed line of half the width stands for the band, below the others.

    Args:
        links: columns ``group``, ``named``, ``newsroom``, ``article``, ``implied`` and ``passages``, as
            ``retold.voices.links`` returns them; articles stand in the order in which they first occur.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no link, or names leave no room for the bands.
    """
    if links.empty:
        raise ValueError("a flow needs at least one link")
    links = links.assign(count=links["passages"].map(len))
    orders = _orders(links)
    tallies = [_tally(links, name, order) for name, order in orders.items()]
    height = max(sum(map(_height, tally.values())) + _GAP * (len(tally) - 1) for tally in tallies)
    left, middle = (_LETTER * (5 + max(map(len, orders[name]))) for name in ("group", "newsroom"))
    right = WIDTH - left - _MARGIN
    if right - middle < 1:
        raise ValueError("names too long to leave room for the bands")
    edges = [(0, _BAR), ((right - middle) / 2, (right + middle) / 2), (right - _BAR, right)]
    speakers, newsrooms, articles = (
        _Column(*pair, _boxes(tally, height)) for pair, tally in zip(edges, tallies, strict=True)
    )
    with drawing(Words(title, subtitle, foot), height=height + _HEAD, left=left) as (axes, made):
        axes.set(xlim=(0, WIDTH - left - 0.25), ylim=(height, -_HEAD))
        axes.axis("off")
        _draw_bands(axes, links, {"group": speakers, "newsroom": newsrooms})
        _draw_bands(axes, links, {"newsroom": newsrooms, "article": articles})
        _draw_boxes(axes, "Speaker", speakers, -0.08, "right")
        _draw_boxes(axes, "Newsroom", newsrooms, right / 2, "center")
        _draw_boxes(axes, "Article", articles, right + 0.08, "left")
    return made[0]


def _orders(links: pd.DataFrame) -> dict[str, list[str]]:
    """Return the labels of each column from the top, near those that they are linked to."""
    articles = list(dict.fromkeys(links["article"]))
    place = links["article"].map(articles.index)
    newsrooms = _by_centre(links, "newsroom", place)
    groups = _by_centre(links, "group", links["newsroom"].map(newsrooms.index) + place / len(articles))
    return {"group": groups, "newsroom": newsrooms, "article": articles}


def _by_centre(links: pd.DataFrame, column: str, place: pd.Series[float]) -> list[str]:
    sums = pd.DataFrame({"at": place * links["count"], "count": links["count"]}).groupby(links[column]).sum()
    return list((sums["at"] / sums["count"]).round(6).sort_values(kind="stable").index)


def _tally(links: pd.DataFrame, column: str, order: Sequence[str]) -> dict[str, int]:
    counts = links.groupby(column)["count"].sum()
    return {label: int(counts[label]) for label in order}


def _height(count: int) -> float:
    return max(_LEAST, count * _UNIT)


def _boxes(tally: Mapping[str, int], height: float) -> dict[str, tuple[float, float, int]]:
    """Return each label's box, the boxes spread over the height."""
    space = (height - sum(map(_height, tally.values()))) / max(1, len(tally) - 1)
    boxes, top = {}, 0.0 if len(tally) > 1 else space / 2
    for label, count in tally.items():
        boxes[label] = (top, _height(count), count)
        top += _height(count) + space
    return boxes


def _draw_boxes(axes: Axes, head: str, column: _Column, x: float, align: str) -> None:
    """Draw a column's boxes, with head and labels at ``x``; only a box around its label is white."""
    axes.text(x, -_HEAD / 2, head, size=SMALL, color=GREY, ha=align, va="center")
    fill = "white" if column.left < x < column.right else GREY
    for label, (top, height, count) in column.boxes.items():
        wide = column.right - column.left
        axes.bar(
            column.left, height, wide, top, align="edge", color=fill, edgecolor=GREY, linewidth=0.8,
            clip_on=False,
        )  # fmt: skip
        axes.text(x, top + height / 2, f"{label}  {count}", size=SMALL, ha=align, va="center")


def _draw_bands(axes: Axes, links: pd.DataFrame, ends: Mapping[str, _Column]) -> None:
    """Draw the bands between two columns, stacked at both ends in the order of the boxes they lead to."""
    bands = links.groupby([*ends, "named", "implied"])["count"].sum().reset_index()
    (start, one), (end, other) = ends.items()
    leaving, coming = _tops(bands, (start, one), (end, other)), _tops(bands, (end, other), (start, one))
    columns = (leaving, coming, bands["count"], bands["named"], bands["implied"])
    for y, v, count, named, implied in zip(*columns, strict=True):
        colour = BLUE if named else RUST
        edges = one.right, other.left
        if implied:
            middle = count * _UNIT / 2
            path = Path(_curve(edges, (y + middle, v + middle)), _CURVE)
            look = {"facecolor": "none", "edgecolor": colour, "linewidth": 72 * middle, "linestyle": "--"}
        else:
            lower = _curve(edges, (y + count * _UNIT, v + count * _UNIT))[::-1]
            path = Path([*_curve(edges, (y, v)), *lower], [*_CURVE, Path.LINETO, *_CURVE[1:]])
            look = {"facecolor": colour, "edgecolor": "none", "alpha": 0.4 if named else 0.8}
        axes.add_patch(PathPatch(path, capstyle="butt", **look))


def _tops(bands: pd.DataFrame, here: tuple[str, _Column], there: tuple[str, _Column]) -> pd.Series[float]:
    """Return how far down each band begins on the boxes of one column, implied ones below the others."""
    name, column = here
    towards = bands[there[0]].map(list(there[1].boxes).index)
    stacked = bands.assign(towards=towards).sort_values(["implied", "towards", "named"])
    above = stacked.groupby(name)["count"].cumsum() - stacked["count"]
    first = {label: top + (height - n * _UNIT) / 2 for label, (top, height, n) in column.boxes.items()}
    return (bands[name].map(first) + above * _UNIT).round(6)


def _curve(x: tuple[float, float], y: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the points of a curve that leaves and arrives level."""
    middle = sum(x) / 2
    return [(x[0], y[0]), (middle, y[0]), (middle, y[1]), (x[1], y[1])]
