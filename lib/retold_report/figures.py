"""Draw dot matrices and ranges.

Filled marks are stated exactly, open ones hedged or inferred; an arrow points to where a value may lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import seaborn
from matplotlib.axes import Axes

from retold_report.drawing import BLUE, GREY, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import extent

_ARROWS = {"at-least": 15, "almost": -15}


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
        ValueError: a cell holds anything else, there is no cell, or labels leave the columns no room.
    """
    if marks.empty:
        raise ValueError("a matrix needs at least one row and one column")
    tidy = marks.rename_axis(index="row").reset_index().melt("row", var_name="column", value_name="mark")
    if strange := set(tidy["mark"]) - {"filled", "open", *_ARROWS, "none"}:
        raise ValueError(f"marks are filled, open, at-least, almost or none, not {sorted(strange, key=str)}")
    tidy["x"] = tidy["column"].map({label: at for at, label in enumerate(marks.columns)})
    tidy["y"] = tidy["row"].map({label: at for at, label in enumerate(marks.index)})
    tidy["colour"] = tidy["row"].map(lambda row: RUST if row in accent else BLUE)
    longest = max(len(str(label)) for label in marks.index)
    left = 0.35 + 0.074 * longest
    widest = max(extent(str(label), 9)[0] for label in marks.columns)
    if widest * len(marks.columns) > WIDTH - left - 0.25:
        raise ValueError("labels too long, or columns too many, to stand side by side")
    words = Words(title, subtitle, foot)
    with drawing(words, height=0.27 * len(marks), left=left, top=0.25) as (axes, made):
        for mark in ("filled", "open", *_ARROWS):
            part = tidy[tidy["mark"] == mark]
            colours = list(part["colour"])
            seaborn.scatterplot(
                data=part, x="x", y="y", s=62, ax=axes, legend=False, zorder=3, linewidth=1.4,
                edgecolor=colours, facecolor=colours if mark == "filled" else "white",
            )  # fmt: skip
            if mark in _ARROWS:
                _draw_arrows(axes, part, _ARROWS[mark])
        _as_grid(axes, list(map(str, marks.columns)), list(map(str, marks.index)))
    return made[0]


def _draw_arrows(axes: Axes, part: pd.DataFrame, length: float) -> None:
    """Draw an arrow from each mark, of a length in points, to the left if negative."""
    for x, y, colour in zip(part["x"], part["y"], part["colour"], strict=True):
        arrow = {"arrowstyle": "<-", "color": colour, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 4}
        axes.annotate("", (x, y), (length, 0), textcoords="offset points", arrowprops=arrow)


def _as_grid(axes: Axes, columns: list[str], rows: list[str]) -> None:
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.xaxis.tick_top()
    axes.set(xlabel="", ylabel="")
    axes.grid(axis="y", color=PALE, linewidth=0.6, zorder=0)
    axes.spines[:].set_visible(False)


@dataclass(frozen=True)
class Range:
    """Hold a row of a range plot; an infinite ``high`` is drawn as an arrow; ``exact`` fills the mark."""

    label: str
    low: float
    high: float
    note: str
    exact: bool = True
    accent: bool = False


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
        ValueError: there is no row, or one begins outside the axis.
    """
    if not rows:
        raise ValueError("a range plot needs at least one row")
    if strange := [row.label for row in rows if not limits[0] <= row.low <= limits[1]]:
        raise ValueError(f"outside the axis from {limits[0]} to {limits[1]}: {', '.join(strange)}")
    left = 0.35 + 0.074 * max(len(row.label) for row in rows)
    with drawing(Words(title, subtitle, foot), height=0.34 * len(rows) + 0.3, left=left, top=0.2) as (
        axes,
        made,
    ):
        for at, row in enumerate(rows):
            _draw_range(axes, at, row, limits)
        axes.set_xlim(*limits)
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.set_xlabel(axis, size=8, color=GREY)
        axes.xaxis.set_label_position("top")
        axes.xaxis.tick_top()
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.spines["top"].set_visible(True)
    return made[0]


def _draw_range(axes: Axes, at: int, row: Range, limits: tuple[float, float]) -> None:
    colour = RUST if row.accent else BLUE
    face = colour if row.exact else "white"
    end = min(row.high, limits[1])
    if end > row.low:
        if row.high > limits[1]:
            arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.4}
            axes.annotate("", xy=(limits[1], at), xytext=(row.low, at), arrowprops=arrow)
        else:
            axes.plot([row.low, end], [at, at], color=colour, linewidth=1.6, zorder=2)
    ends = [row.low] if row.high > limits[1] else sorted({row.low, row.high})
    axes.scatter(ends, [at] * len(ends), s=46, zorder=3, facecolor=face, edgecolor=colour, linewidth=1.4)
    right = row.low > sum(limits) / 2
    axes.annotate(
        row.note,
        xy=(end if right else row.low, at),
        xytext=(0, -11),
        textcoords="offset points",
        size=7.5,
        color=GREY,
        va="center",
        ha="right" if right else "left",
    )
