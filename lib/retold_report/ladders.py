"""Draw ladders: how strongly each article states one thing, place by place, in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.axes import Axes

from retold_report.drawing import BLUE, GREY, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import LEADING, SMALL, extent, wrapped

_HEADINGS = ("heading", "subheading")
_SIZE, _LINE, _DOT, _AIR = 9, 0.23, 0.19, 0.1


@dataclass(frozen=True)
class Step:
    """Hold one place of an article, which is written at its mark, and the rung it stands on."""

    article: str
    place: str
    rung: str


class _Mark(NamedTuple):
    """Hold a step's number in reading order, and what is written at it."""

    number: int
    place: str

    @property
    def colour(self) -> str:
        """Return the colour: rust for a denial, blue for headings."""
        return RUST if self.place == "denial" else BLUE if self.place in _HEADINGS else GREY

    @property
    def height(self) -> float:
        """Return the height in inches."""
        return max(_LINE, extent(self.place)[1])


_Row = Mapping[str, Sequence[_Mark]]


def plot_ladder(
    steps: Sequence[Step], rungs: Sequence[str], *, title: str, subtitle: str, foot: str
) -> Figure:
    """Draw a ladder on its side: a row for each article, a column for each rung, a mark for each step.

    Marks are numbered in reading order. Those of headings are blue and other ones grey, but a step whose
    place is ``denial`` is a rust diamond.

    Args:
        steps: in reading order; rows stand in the order in which articles first occur.
        rungs: from the weakest, on the left, to the strongest.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no step, a rung is unknown or named twice, or words leave the columns no room.
    """
    _refuse(steps, rungs)
    rows = _rows(steps, rungs)
    left = 0.3 + max(extent(article, _SIZE, bold=True)[0] for article in rows)
    columns = _columns(rows, rungs, WIDTH - left - 0.25)
    heads = [wrapped(rung, width=wide - _AIR) for rung, (_, wide) in columns.items()]
    top, height = max(extent(head)[1] for head in heads) + 0.08, sum(map(_height, rows.values()))
    with drawing(Words(title, subtitle, foot), height=height, left=left, top=top) as (axes, made):
        axes.set(xlim=(0, WIDTH - left - 0.25), ylim=(height, 0))
        axes.axis("off")
        for head, (x, _) in zip(heads, columns.values(), strict=True):
            axes.text(x, -0.06, head, size=SMALL, va="bottom", linespacing=LEADING)
            axes.plot([x - 0.06] * 2, [0, height], color=PALE, linewidth=0.6, zorder=0, clip_on=False)
        y = 0.0
        for article, row in rows.items():
            axes.plot([0.1 - left, WIDTH - left - 0.25], [y, y], color=PALE, linewidth=0.6, clip_on=False)
            axes.text(0.1 - left, y + _height(row) / 2, article, size=_SIZE, weight="bold", va="center")
            for rung, marks in row.items():
                _draw_marks(axes, marks, columns[rung][0], y + 0.08)
            y += _height(row)
    return made[0]


def _refuse(steps: Sequence[Step], rungs: Sequence[str]) -> None:
    if not steps:
        raise ValueError("a ladder needs at least one step")
    if len(set(rungs)) < len(rungs):
        raise ValueError("a rung is named twice")
    if strange := {step.rung for step in steps} - set(rungs):
        raise ValueError(f"no such rung: {', '.join(sorted(strange))}")


def _rows(steps: Sequence[Step], rungs: Sequence[str]) -> dict[str, dict[str, list[_Mark]]]:
    """Return each article's marks, rung by rung."""
    rows = {step.article: {rung: list[_Mark]() for rung in rungs} for step in steps}
    for step in steps:
        row = rows[step.article]
        row[step.rung].append(_Mark(1 + sum(map(len, row.values())), step.place))
    return rows


def _columns(rows: Mapping[str, _Row], rungs: Sequence[str], room: float) -> dict[str, tuple[float, float]]:
    """Return where each rung's column begins and how wide it is: what its words need, and a share."""
    needs = []
    for rung in rungs:
        words = [extent(mark.place)[0] + _DOT for row in rows.values() for mark in row[rung]]
        needs.append(_AIR + max([*words, *(extent(word)[0] for word in rung.split())]))
    if sum(needs) > room:
        raise ValueError("too many rungs, or words too long, to stand side by side: shorten the places")
    widths = [need + (room - sum(needs)) / len(rungs) for need in needs]
    return {rung: (sum(widths[:at]), widths[at]) for at, rung in enumerate(rungs)}


def _height(row: _Row) -> float:
    """Return the height of an article's row: that of its fullest cell."""
    return max(sum(mark.height for mark in marks) for marks in row.values()) + 0.16


def _draw_marks(axes: Axes, marks: Sequence[_Mark], x: float, y: float) -> None:
    """Draw the marks of a cell below each other."""
    for mark in marks:
        y += mark.height / 2
        marker, size = ("D", 90) if mark.colour == RUST else ("o", 130)
        axes.scatter([x + 0.07], [y], size, mark.colour, marker=marker, linewidth=0, clip_on=False)
        axes.text(x + 0.07, y, f"{mark.number}", size=SMALL, color="white", ha="center", va="center_baseline")
        axes.text(
            x + _DOT, y, mark.place, size=SMALL, color=mark.colour, va="center_baseline", linespacing=1.1
        )
        y += mark.height / 2
