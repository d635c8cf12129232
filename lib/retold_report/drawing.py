"""Hold the one style of all figures: palette, type, and the frame with its words.

Title is the finding, labels are direct, marks carry the meaning. Articles are told apart by row or column
and label, never by colour. Figures are SVG and the same bytes each time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from retold_report.lettering import FONT, LEADING, SMALL, extent, wrapped

INK, BLUE, RUST, GREY, PALE = "#1A1A1A", "#0072B2", "#B84A00", "#6B6B6B", "#BDBDBD"
HALO = {"facecolor": "white", "edgecolor": "none", "pad": 0.3}
"""Behind words that stand on lines."""
WIDTH, NARROW = 7.2, 3.55
"""In inches, of a figure as wide as a page of print allows, and of one as wide as a phone."""
_TITLE, _TEXT = 12, 9
_STYLE: Any = {
    "svg.hashsalt": "retold",
    "svg.fonttype": "path",
    "text.parse_math": False,
    "font.family": FONT,
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
    """Hold a drawn and closed figure as SVG, with its title; as text, the title alone."""

    title: str
    svg: str = field(repr=False)

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
    words: Words, *, height: float, left: float, top: float = 0.0, width: float = WIDTH
) -> Iterator[tuple[Axes, list[Figure]]]:
    """Give an axes of fixed place in inches, and put the closed figure into the list at the end.

    Title, subtitle and foot are broken into lines where they are wider than the figure.
    """
    made: list[Figure] = []
    title = wrapped(words.title, width=width - 0.2, size=_TITLE, bold=True)
    subtitle = wrapped(words.subtitle, width=width - 0.2, size=_TEXT)
    foot = wrapped(words.foot, width=width - 0.2)
    above = 0.16 + extent(title, _TITLE)[1]
    head, bottom = above + extent(subtitle, _TEXT)[1] + 0.18, extent(foot)[1] + 0.31
    total = bottom + height + top + head
    with matplotlib.rc_context(_STYLE):
        canvas = Canvas(figsize=(width, total))
        axes = canvas.add_axes((left / width, bottom / total, (width - left - 0.25) / width, height / total))
        x = 0.1 / width
        canvas.text(x, 1 - 0.12 / total, title, size=_TITLE, weight="bold", va="top", linespacing=LEADING)
        canvas.text(x, 1 - above / total, subtitle, size=_TEXT, color=GREY, va="top", linespacing=LEADING)
        canvas.text(x, 0.08 / total, foot, size=SMALL, color=GREY, va="bottom", linespacing=LEADING)
        yield axes, made
        buffer = io.StringIO()
        canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        made.append(Figure(words.title, buffer.getvalue()))
