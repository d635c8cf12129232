"""Hold the one style of all figures: palette, type, and the frame with its words.

Title is the finding, labels are direct, marks carry the meaning. Articles are told apart by row or column
and label, never by colour. Figures are SVG and the same bytes each time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

INK, BLUE, RUST, GREY, PALE = "#1A1A1A", "#0072B2", "#B84A00", "#6B6B6B", "#BDBDBD"
WIDTH = 7.2
_STYLE: Any = {
    "svg.hashsalt": "retold",
    "svg.fonttype": "path",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


@dataclass(frozen=True)
class Figure:
    """Hold a drawn and closed figure as SVG, with its title."""

    title: str
    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Words:
    """Hold a figure's words: the finding, the measure with its coverage, and the source."""

    title: str
    subtitle: str
    foot: str


@contextmanager
def drawing(
    words: Words, *, height: float, left: float, top: float = 0.0
) -> Iterator[tuple[Axes, list[Figure]]]:
    """Give an axes of fixed place in inches, and put the closed figure into the list at the end."""
    made: list[Figure] = []
    total = height + 1.15 + top
    with matplotlib.rc_context(_STYLE):
        canvas = Canvas(figsize=(WIDTH, total))
        axes = canvas.add_axes((left / WIDTH, 0.45 / total, (WIDTH - left - 0.25) / WIDTH, height / total))
        canvas.text(0.1 / WIDTH, 1 - 0.22 / total, words.title, size=12, weight="bold", va="center")
        canvas.text(0.1 / WIDTH, 1 - 0.47 / total, words.subtitle, size=9, color=GREY, va="center")
        canvas.text(0.1 / WIDTH, 0.14 / total, words.foot, size=7.5, color=GREY, va="center")
        yield axes, made
        buffer = io.StringIO()
        canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        made.append(Figure(words.title, buffer.getvalue()))
