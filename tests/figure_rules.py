"""Read figures back: their texts with size and extent, what overlaps, and their arrows."""

from __future__ import annotations

import html
import re
from itertools import combinations

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox
from retold_report.drawing import Figure

WORDS = {"title": "Two boats left", "subtitle": "Boats by port", "foot": "Source: the ports"}
PRINT = 154 * 72 / 25.4, 190 * 72 / 25.4
"""In points, how wide and how high a figure is set in print at most."""
_TEXT = re.compile(
    r"<!-- ([^\n]*?) -->\s*<g [^>]*translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+) .*?#DejaVuSans(-Bold)?-",
    re.DOTALL,
)


def texts(figure: Figure) -> list[tuple[str, float, Bbox]]:
    """Return every text of a figure with its size and extent, in points."""
    found = []
    for escaped, x, y, scale, bold in _TEXT.findall(figure.svg):
        words, size = html.unescape(escaped), 100 * float(scale)
        path = TextPath((0, 0), words, size, prop=FontProperties(weight="bold" if bold else "normal"))
        (left, low), (right, high) = path.get_extents().get_points()
        x, y = float(x), float(y)
        found.append((words, size, Bbox([[x + left, y - high], [x + right, y - low]])))
    return found


def clashes(figure: Figure) -> list[tuple[str, ...]]:
    """Return the texts that overlap, run out, or are below six and a half points as wide as print allows."""
    width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)pt"', figure.svg)[:2])
    found = texts(figure)
    both = combinations(found, 2)
    overlapping: list[tuple[str, ...]] = [(a[0], b[0]) for a, b in both if a[2].overlaps(b[2])]
    least = 6.5 / min(1, PRINT[0] / width)
    outside = [
        (words,) for words, size, box in found
        if size < least or not (box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height)
    ]  # fmt: skip
    return overlapping + outside


def labels(figure: Figure) -> list[str]:
    return [words for words, _, _ in texts(figure)]


def arrows(figure: Figure) -> list[tuple[str, str]]:
    """Return to which side and in what colour every arrow head points, sorted."""
    head = r'd="M ([\d.]+) [\d.]+ \nL ([\d.]+) [\d.]+ \nL [\d.]+ [\d.]+ \n" style="fill: none; stroke: (#\w+)'
    found = re.findall(head, figure.svg)
    return sorted(("right" if float(back) < float(tip) else "left", colour) for back, tip, colour in found)
