"""Draw who waits for whom: each condition as an arrow from whoever is waited on to whoever waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes

from retold_report.drawing import BLUE, GREY, INK, PALE, RUST, WIDTH, Figure, Words, drawing
from retold_report.lettering import SMALL, extent, wrapped

Line = Literal["solid", "dashed", "dotted"]
_LINES: dict[str, Any] = {"solid": "-", "dashed": (0, (5, 2.5)), "dotted": (0, (1, 2))}
_MEANT = {"solid": "on the record", "dashed": "not on the record", "dotted": "a forecast"}
_WIDTH, _HEAD, _PAD = WIDTH - 0.35, 0.26, 0.09


@dataclass(frozen=True)
class Arrow:
    """Hold a condition: ``waiting`` agrees to ``object`` only once ``acting`` has done ``act``.

    ``line`` is solid for what is on the record, dotted for a forecast and dashed for anything else;
    ``note`` says who tells it or where; ``accent`` is for one that closes a circle, thick and in rust.
    """

    acting: str
    act: str
    waiting: str
    object: str
    line: Line
    note: str = ""
    accent: bool = False

    @property
    def told(self) -> str:
        """Return the note, with what the line and its thickness mean."""
        meant = [_MEANT[self.line], *["closes a circle"] * self.accent]
        return "; ".join(filter(None, [self.note, *meant]))

    def act_in(self, width: float) -> str:
        """Return the act in lines no wider than a width in inches."""
        return wrapped(self.act, width=width)

    def height(self, width: float) -> float:
        """Return the height of the arrow with its words, in inches, above and below."""
        return extent(self.act_in(width))[1] + extent(self.told)[1] + 2 * _PAD


def plot_graph(arrows: Sequence[Arrow], *, title: str, subtitle: str, foot: str) -> Figure:
    """Draw conditions as arrows between two columns: on the left who is waited on, on the right who waits.

    Arrows are grouped by object, since only conditions of one object can close into a circle. The words
    below an arrow say what its line means.

    Args:
        arrows: in the order in which they are drawn; groups stand in the order in which objects first occur.
        title: the finding, ten words at most.
        subtitle: what is measured, over what.
        foot: the source.

    Raises:
        ValueError: there is no arrow, a kind of line is unknown, or names leave no room for the acts.
    """
    if not arrows:
        raise ValueError("a graph of conditions needs at least one arrow")
    if strange := {arrow.line for arrow in arrows} - set(_LINES):
        raise ValueError(f"a line is one of {', '.join(_LINES)}, not {', '.join(sorted(strange))}")
    start = 0.12 + max(extent(name, 9)[0] for name in ["Waited on", *(arrow.acting for arrow in arrows)])
    end = _WIDTH - 0.12 - max(extent(name, 9)[0] for name in ["Waits", *(arrow.waiting for arrow in arrows)])
    if end - start < 2:
        raise ValueError("names too long to leave room for the acts")
    objects = dict.fromkeys(arrow.object for arrow in arrows)
    room = end - start - 0.3
    height = _HEAD * (len(objects) + 1) + sum(arrow.height(room) for arrow in arrows)
    with drawing(Words(title, subtitle, foot), height=height, left=0.1) as (axes, made):
        axes.set(xlim=(0, _WIDTH), ylim=(height, 0))
        axes.axis("off")
        _draw_heads(axes, start, end)
        y = _HEAD
        for each in objects:
            axes.plot([0, _WIDTH], [y, y], color=PALE, linewidth=0.6)
            axes.text(0, y + _HEAD / 2, each, size=9, weight="bold", va="center")
            y += _HEAD
            for arrow in arrows:
                if arrow.object == each:
                    _draw_arrow(axes, arrow, y, start, end)
                    y += arrow.height(room)
    return made[0]


def _draw_heads(axes: Axes, start: float, end: float) -> None:
    axes.text(start - 0.12, 0.1, "Waited on", size=SMALL, color=GREY, ha="right", va="center")
    axes.text(end + 0.12, 0.1, "Waits", size=SMALL, color=GREY, va="center")


def _draw_arrow(axes: Axes, arrow: Arrow, top: float, start: float, end: float) -> None:
    """Draw an arrow with its act above it and its note below."""
    act = arrow.act_in(end - start - 0.3)
    y = top + extent(act)[1] + _PAD
    colour = RUST if arrow.accent else BLUE
    axes.text(start - 0.12, y, arrow.acting, size=9, ha="right", va="center")
    axes.text(end + 0.12, y, arrow.waiting, size=9, va="center")
    axes.plot(
        [start, end - 0.05],
        [y, y],
        color=colour,
        linewidth=2.4 if arrow.accent else 1.5,
        linestyle=_LINES[arrow.line],
    )
    head = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (end, y), (end - 0.06, y), arrowprops=head | {"mutation_scale": 11})
    axes.text(start + 0.1, y - 0.05, act, size=SMALL, color=INK, va="bottom", linespacing=1.1)
    axes.text(start + 0.1, y + 0.05, arrow.told, size=SMALL, color=GREY, va="top")
