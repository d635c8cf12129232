"""Draw dot matrices and ranges.

Filled marks are stated exactly, open ones hedged or inferred; an arrow points to where a value may lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import pandas as pd
import seaborn
from matplotlib.axes import Axes

from retold_report.drawing import BLUE, GREY, NARROW, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL, extent, wrapped

_ARROWS = {"at-least": 11, "almost": -11}
_SIZE, _ROOM = 9, 0.3


def plot_matrix(
    marks: pd.DataFrame, *, title: str, subtitle: str, foot: str, accent: Sequence[str] = ()
) -> Figure:
    """Draw a dot matrix: a row for each index label, a column for each column label.

    Args:
        marks: ``filled``, ``open``, ``at-least`` (open, with an arrow to the right), ``almost`` (open, with
            an arrow to the left) or ``none`` in every cell.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.
        accent: row labels drawn in rust, the rest in blue.

    Raises:
        ValueError: a cell holds anything else, there is no cell, two rows have one label, or labels leave the
            columns no room.
    """
    if marks.empty or not marks.index.is_unique:
        raise ValueError("a matrix needs at least one row and one column, and rows with labels of their own")
    tidy = marks.rename_axis(index="row").reset_index().melt("row", var_name="column", value_name="mark")
    if strange := set(tidy["mark"]) - {"filled", "open", *_ARROWS, "none"}:
        raise ValueError(f"marks are filled, open, at-least, almost or none, not {sorted(strange, key=str)}")
    grid = _grid(marks, accent)
    tidy["x"] = tidy["column"].map({label: at for at, label in enumerate(marks.columns)})
    tidy["y"] = tidy["row"].map(dict(zip(marks.index, grid.heights, strict=True)))
    tidy["colour"] = tidy["row"].map(lambda row: RUST if row in accent else BLUE)
    words, top = Words(title, subtitle, foot), max(extent(label)[1] for label in grid.columns) + 0.08
    with drawing(words, height=grid.height, left=grid.left, top=top, width=grid.width) as (axes, made):
        for mark in ("filled", "open", *_ARROWS):
            part = tidy[tidy["mark"] == mark]
            colours = list(part["colour"])
            seaborn.scatterplot(
                data=part, x="x", y="y", s=62, ax=axes, legend=False, zorder=3, linewidth=1.4,
                edgecolor=colours, facecolor=colours if mark == "filled" else "white",
            )  # fmt: skip
            if mark in _ARROWS:
                _draw_arrows(axes, part, _ARROWS[mark])
        _draw_grid(axes, grid, [row in accent for row in marks.index])
    return made[0]


class _Grid(NamedTuple):
    """Hold labels in lines, where each row stands, and the measures of the figure in inches."""

    columns: list[str]
    rows: list[str]
    heights: list[float]
    height: float
    left: float
    width: float


def _grid(marks: pd.DataFrame, accent: Sequence[str]) -> _Grid:
    """Return the grid of the narrowest figure, and then the widest label, that leave the columns room."""
    for width, label in ((NARROW, 1.5), (NARROW, 1.1), (WIDTH, 1.5)):
        rows = [wrapped(str(row), width=label, size=_SIZE, bold=row in accent) for row in marks.index]
        left = 0.2 + max(
            extent(words, _SIZE, bold=row in accent)[0] for words, row in zip(rows, marks.index, strict=True)
        )
        room = (width - left - 0.25) / len(marks.columns)
        columns = [wrapped(str(column), width=room - 0.16) for column in marks.columns]
        if room >= _ROOM and max(extent(words)[0] for words in columns) <= room:
            tall = [max(0.27, extent(words, _SIZE)[1] + 0.08) for words in rows]
            middles = [end - each / 2 for end, each in zip(accumulate(tall), tall, strict=True)]
            return _Grid(columns, rows, middles, sum(tall), left, width)
    raise ValueError("labels too long, or columns too many, to stand side by side")


def _draw_arrows(axes: Axes, part: pd.DataFrame, length: float) -> None:
    """Draw an arrow from each mark, of a length in points, to the left if negative."""
    for x, y, colour in zip(part["x"], part["y"], part["colour"], strict=True):
        arrow = {"arrowstyle": "<-", "color": colour, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 4}
        axes.annotate("", (x, y), (length, 0), textcoords="offset points", arrowprops=arrow)


def _draw_grid(axes: Axes, grid: _Grid, accented: Sequence[bool]) -> None:
    axes.set_xlim(-0.5, len(grid.columns) - 0.5)
    axes.set_ylim(grid.height, 0)
    axes.set_xticks(range(len(grid.columns)), grid.columns, size=SMALL)
    axes.set_yticks(grid.heights, grid.rows, multialignment="right")
    for label, bold in zip(axes.get_yticklabels(), accented, strict=True):
        label.set_fontweight("bold" if bold else "normal")
    axes.xaxis.tick_top()
    axes.set(xlabel="", ylabel="")
    axes.grid(axis="y", color=PALE, linewidth=0.6, zorder=0)
    axes.spines[:].set_visible(False)


@dataclass(frozen=True)
class Range:
    """Hold a row of a range plot; an end beyond the axis is drawn as an arrow.

    ``filled`` says of each end whether its mark is; ``beside`` is what the row is held against, a grey bar.
    """

    label: str
    low: float
    high: float
    note: str
    filled: tuple[bool, bool] = (True, True)
    accent: bool = False
    beside: tuple[float, float] | None = None


def plot_ranges(
    rows: Sequence[Range], *, title: str, subtitle: str, foot: str, limits: tuple[float, float], axis: str
) -> Figure:
    """Draw values and intervals on one axis, a row each, its note written beside it.

    Args:
        rows: from top to bottom; all in one unit and of one base, or the axis would compare unlike things.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.
        limits: where the axis begins and ends.
        axis: the axis's label, with its unit.

    Raises:
        ValueError: there is no row, or one lies outside the axis.
    """
    if not rows:
        raise ValueError("a range plot needs at least one row")
    if strange := [row.label for row in rows if row.low > limits[1] or row.high < limits[0]]:
        raise ValueError(f"outside the axis from {limits[0]} to {limits[1]}: {', '.join(strange)}")
    left = 0.25 + max(extent(row.label, _SIZE)[0] for row in rows)
    fits = (
        all(_has_room(row, limits, NARROW - left - 0.25) for row in rows) and extent(axis)[0] < NARROW - 0.35
    )
    words, width = Words(title, subtitle, foot), NARROW if fits else WIDTH
    with drawing(words, height=0.34 * len(rows) + 0.3, left=left, top=0.3, width=width) as (axes, made):
        for at, row in enumerate(rows):
            _draw_range(axes, at, row, limits)
        axes.set_xlim(*limits)
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.tick_params(axis="x", labelsize=SMALL)
        axes.set_xlabel(axis, size=SMALL, color=GREY, loc="right")
        axes.xaxis.set_label_position("top")
        axes.xaxis.tick_top()
        axes.tick_params(axis="y", pad=8)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.spines["top"].set_visible(True)
    return made[0]


def _anchor(row: Range, limits: tuple[float, float]) -> tuple[float, bool]:
    """Return where on the axis a row's note is, and whether it ends there."""
    ends = max(row.low, limits[0]) > sum(limits) / 2
    return (min(row.high, limits[1]) if ends else max(row.low, limits[0])), ends


def _has_room(row: Range, limits: tuple[float, float], width: float) -> bool:
    """Return whether a row's note stands within an axis of a width in inches."""
    at, ends = _anchor(row, limits)
    share = (at - limits[0]) / (limits[1] - limits[0])
    return extent(row.note)[0] <= width * (share if ends else 1 - share)


def _draw_range(axes: Axes, at: int, row: Range, limits: tuple[float, float]) -> None:
    colour = RUST if row.accent else BLUE
    low, high = max(row.low, limits[0]), min(row.high, limits[1])
    axes.plot([low, high], [at, at], color=colour, linewidth=1.6, zorder=2)
    for end, open_end, back in ((low, row.low < low, high), (high, row.high > high, low)):
        if open_end:
            arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", xy=(end, at), xytext=(back, at), arrowprops=arrow)
    if row.beside:
        axes.plot(row.beside, [at, at], color=PALE, linewidth=7, solid_capstyle="butt", zorder=1)
    for end, filled in zip((row.low, row.high), row.filled, strict=True):
        if limits[0] <= end <= limits[1]:
            face = colour if filled else "white"
            axes.scatter([end], [at], s=46, zorder=3, facecolor=face, edgecolor=colour, linewidth=1.4)
    place, noted = _anchor(row, limits)
    axes.annotate(
        row.note, (place, at), (0, -11), textcoords="offset points", size=SMALL, color=GREY, va="center",
        ha="right" if noted else "left",
    )  # fmt: skip
