"""Estimate how a table is laid out, and what room it and the paragraph that leads to it need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from docutils import nodes

from retold_typst.settings import Setting, rows_of, widths_in
from retold_typst.text import elements
from retold_typst.widths import Row, count_lines

CAPTION, LINE, BETWEEN = 22.0, 10.4, 4.0  # in points, the height of a caption, a line, what parts two rows
MOST = 142.0  # points up to which a table is kept on one page
BEGINNING = 4  # lines of rows with which a longer one at least begins
LISTED = 7.0  # lines of a list's first record
LETTERS, LINE_OF_TEXT = 62, 17.0  # letters to a line of a paragraph, its height in points


class Room(NamedTuple):
    """Hold about what height in points a table needs to begin on a page, and whether that is all of it."""

    height: float
    whole: bool


class Layout(NamedTuple):
    """Hold a table's heads and rows, the widths in points of its columns, none for a list, and its room."""

    heads: list[Row]
    rows: Row
    widths: list[float]
    room: Room


def layout(node: nodes.table, setting: Setting) -> Layout:
    """Estimate the layout of a table before it is set."""
    heads, rows = rows_of(node)
    widths = widths_in(node, setting)
    return Layout(heads, rows, widths, _room(rows, widths, setting))


def _room(rows: Row, widths: Sequence[float], setting: Setting) -> Room:
    """Estimate the room of a table, its caption and head too: all of it, or as much as it begins with."""
    lines = [count_lines(elements(row), widths) for row in rows] if widths else [LISTED]
    heights = [CAPTION, *(setting.scale * (LINE * each + BETWEEN) for each in (1, *lines))]
    if widths and sum(heights) <= MOST:
        return Room(sum(heights), whole=True)
    first = next((at for at, sofar in enumerate(accumulate(lines)) if sofar >= BEGINNING), len(lines))
    return Room(sum(heights[: first + 3]), whole=False)


def lead_height(node: nodes.paragraph, table: Layout) -> float:
    """Estimate the height in points of a paragraph and of what must follow it of the table it leads to."""
    return math.ceil(len(node.astext()) / LETTERS) * LINE_OF_TEXT + table.room.height
