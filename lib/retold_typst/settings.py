"""Say how a document is set: like a chapter, in smaller type, or in two columns too."""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from retold_book.nodes import passage
from sphinx.addnodes import start_of_file
from sphinx.environment import BuildEnvironment

from retold_typst.text import elements
from retold_typst.widths import Row, find_widths

MEASURE, WIDE = 340.0, 436.0  # in points, the text, with its margin
FEW = 0.1  # part of a document's text, up to which tables too wide for a column are set row by row in it
MOST_LINES = 11.0  # above which a mean row is easier read as a list


class Setting(NamedTuple):
    """Hold the points across which a document's tables are set, and their type by that of a chapter."""

    room: float
    scale: float

    @property
    def width(self) -> float:
        """Return the room by the type of a chapter."""
        return self.room / self.scale


CHAPTER, APPENDIX, COLUMN = Setting(WIDE, 1), Setting(WIDE, 0.91), Setting(206.0, 0.85)


def is_main(env: BuildEnvironment, document: start_of_file) -> bool:
    """Return whether a document is a numbered chapter or an annotated article."""
    return bool(env.toc_secnumbers.get(document["docname"])) or _has(document, passage)


def fits_columns(env: BuildEnvironment, node: nodes.Node) -> bool:
    """Return whether a node is an appendix of text and few but narrow tables, to be set in two columns."""
    if not isinstance(node, start_of_file) or is_main(env, node) or _has(node, nodes.image):
        return False
    wide = [len(table.astext()) for table in node.findall(nodes.table) if not _fits_column(table)]
    return sum(wide) <= FEW * len(node.astext())


def _fits_column(node: nodes.table) -> bool:
    """Return whether a table can be set in half a page's width, or is set row by row in a whole one's too."""
    return bool(widths_in(node, COLUMN)) or not widths_in(node, APPENDIX)


def rows_of(node: nodes.table) -> tuple[list[Row], Row]:
    """Return the cells of each row of a table's head, and the rows of its body."""
    heads = [elements(row) for head in node.findall(nodes.thead) for row in elements(head)]
    return heads, [row for body in node.findall(nodes.tbody) for row in elements(body)]


def widths_in(node: nodes.table, setting: Setting) -> list[float]:
    """Return the widths of a table's columns by the type of a chapter, none if it is too wide for columns."""
    heads, rows = rows_of(node)
    count = int(next(node.findall(nodes.tgroup))["cols"])
    cells = [elements(row) for row in rows]
    if not find_widths(heads, cells, count, room=setting.room, most=MOST_LINES):
        return []
    return find_widths(heads, cells, count, room=setting.width, most=MOST_LINES)


def _has(node: nodes.Node, kind: type[nodes.Node]) -> bool:
    return any(True for _ in node.findall(kind))
