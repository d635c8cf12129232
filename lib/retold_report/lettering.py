"""Measure words and keep them apart, in inches, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"
SMALL = 8
"""In points, of the smallest words, which print at six and a half where a page narrows a figure."""
LEADING = 1.25


def extent(words: str, size: float = SMALL, *, bold: bool = False) -> tuple[float, float]:
    """Return the width and height of words in inches, line by line, at a size in points."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    lines = words.split("\n")
    widths = [text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in lines]
    return max(widths) / 72, len(lines) * size * LEADING / 72


def wrapped(words: str, *, width: float, size: float = SMALL, bold: bool = False) -> str:
    """Return words broken into lines no wider than a width in inches, if no single word is wider."""
    lines: list[str] = []
    for word in words.split():
        if lines and extent(f"{lines[-1]} {word}", size, bold=bold)[0] <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)


def spaced(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Return positions in the order given, each as near its wanted one as a gap between any two allows.

    Positions closer than the gap are gathered and set out around their mean, so that order is kept.

    Raises:
        ValueError: there are more positions than stand between ``low`` and ``high``.
    """
    if gap * (len(wanted) - 1) > high - low:
        raise ValueError(f"no room for {len(wanted)} labels above each other")
    groups: list[list[int]] = []
    starts: list[float] = []
    for at in sorted(range(len(wanted)), key=lambda at: wanted[at]):
        group = [at]
        while True:
            length = gap * (len(group) - 1)
            mean = sum(wanted[each] for each in group) / len(group)
            start = min(max(mean - length / 2, low), high - length)
            if not groups or starts[-1] + gap * len(groups[-1]) <= start:
                break
            starts.pop()
            group = groups.pop() + group
        groups.append(group)
        starts.append(start)
    placed = {
        at: start + rank * gap
        for group, start in zip(groups, starts, strict=True)
        for rank, at in enumerate(group)
    }
    return [placed[at] for at in range(len(wanted))]
