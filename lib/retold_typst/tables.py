"""Set tables: natural, fitted to the page, turned, or row by row."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from retold_book.nodes import evidence
from sphinx.addnodes import start_of_file

from retold_typst.text import elements

if TYPE_CHECKING:
    from retold_typst.words import WordWriter

CHARACTER, GUTTER, MEASURE, WIDE, TURNED = 4.35, 8.0, 340.0, 436.0, 683.0
"""In points: a character's mean width, the gap between columns, the text, with its margin, a turned page."""
NARROW, COMMON, BROAD = 3.2, 4.9, 7.4  # a letter like i, like n, like M, in bold
LONGEST = 34  # characters of a word that a column is made wide for
MOST_LINES, MOST_TURNED = 11.0, 4.0  # above which a mean row is easier read as a list, upright or turned
MANY_ROWS = 20  # from which a table that needs it gets turned pages of its own
WHOLE = 12  # lines up to which a row is kept on one page
RUN_IN = 84  # characters up to which short cells of a row set as a list share a line
_NUMBER = re.compile(r"(?!0\d)[+–−-]?\d[\d.,]*(?:[–-]\d[\d.,]*)?(?:\s?%)?")
_BREAK = re.compile(r"[ \n–—/-]+")  # not at the no-break space
Row = list[nodes.Element]
Named = tuple[nodes.Element, nodes.Element]  # the head of a column, and a cell beneath it


class Column(NamedTuple):
    """Hold the points that a column's longest word, its longest cell and all its text take."""

    word: float
    cell: float
    total: float


class Table(NamedTuple):
    """Hold the Typst call that sets a table, and whether it needs turned pages."""

    call: str
    turned: bool


def render_table(writer: WordWriter, node: nodes.table) -> Table:
    """Return how to set a table, to stand inside a figure or alone."""
    group = next(node.findall(nodes.tgroup))
    heads = [elements(row) for head in group.findall(nodes.thead) for row in elements(head)]
    lines = [row for body in group.findall(nodes.tbody) for row in elements(body)]
    rows = [elements(row) for row in lines]
    plain = heads and not any(entry.get("morecols") or entry.get("morerows") for row in rows for entry in row)
    room, widths = WIDE, find_widths(heads, rows, int(group["cols"]))
    if not widths and len(rows) >= MANY_ROWS and _is_free(node):
        room, widths = TURNED, find_widths(heads, rows, int(group["cols"]), room=TURNED)
    writer.in_table += 1
    if plain and not widths:
        call = _by_row(writer, heads[-1], lines)
    else:
        call = _in_columns(writer, heads, lines, widths, room)
    writer.in_table -= 1
    return Table(call, turned=bool(widths) and room == TURNED)


def _is_free(node: nodes.Element) -> bool:
    """Return whether a node stands in the text itself, where a page can be turned for it."""
    parent = node.parent
    while isinstance(parent, nodes.section | nodes.container) and not parent.get("design_component"):
        parent = parent.parent
    return isinstance(parent, nodes.document | start_of_file)


def find_locators(node: nodes.Element) -> list[evidence]:
    """Return the locators of a paragraph that holds nothing else, in order."""
    found = [child for child in node.children if isinstance(child, evidence) and "¶" in child.astext()]
    others = [child for child in node.children if child not in found and child.astext() != "; "]
    return [] if others else found


def find_widths(heads: list[Row], rows: list[Row], count: int, *, room: float = WIDE) -> list[float]:
    """Return the widths in points of a table's columns, none if it is too wide to be set in columns."""
    columns = [_column([row[at] for row in heads + rows if at < len(row)]) for at in range(count)]
    if sum(column.cell for column in columns) <= room:
        return [column.cell for column in columns]
    if sum(column.word for column in columns) > room:
        return []
    widths = _shared(columns, room)
    tall = [_lines(row, widths) for row in rows]
    most = MOST_LINES if room == WIDE else MOST_TURNED
    return [] if sum(tall) > most * len(tall) else widths


def _column(cells: Row) -> Column:
    texts = [_printed(cell) for cell in cells]
    word = max((_width(word[:LONGEST]) for text in texts for word in _BREAK.split(text)), default=COMMON)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=1)
    room = GUTTER + 2
    narrow = word + room
    return Column(narrow, max(longest * CHARACTER + room, narrow), sum(map(len, texts)))


def _width(word: str) -> float:
    """Estimate the width of a word by the kinds of its letters."""
    return sum(NARROW if each in "fijlrt.,;:'’" else BROAD if each in "mwMW" else COMMON for each in word)


def _printed(cell: nodes.Element) -> str:
    """Return about the text that a cell will have in print, where locators are merged and given pages."""
    locators = [each for paragraph in elements(cell) for each in find_locators(paragraph)]
    if not locators:
        return cell.astext()
    articles: dict[str, dict[str, None]] = {}
    for place in (each.astext().replace("\xa0", " ").partition(" ") for each in locators):
        articles.setdefault(place[0], {})[place[2]] = None
    return "; ".join(f"{article}\xa0{', '.join(marks)}\xa0p.\xa000" for article, marks in articles.items())


def _shared(columns: list[Column], room: float) -> list[float]:
    """Return widths that fill the room, by the root of each column's text, with room for its longest word."""
    low, high = 0.0, room
    while high - low > 1e-3:
        share = (low + high) / 2
        widths = [max(c.word, min(c.cell, share * math.sqrt(c.total))) for c in columns]
        low, high = (share, high) if sum(widths) <= room else (low, share)
    return [max(c.word, min(c.cell, low * math.sqrt(c.total))) for c in columns]


def _lines(row: Row, widths: Sequence[float]) -> float:
    """Estimate the number of lines of a row."""
    pairs = zip(row, widths, strict=False)
    return max(math.ceil(len(_printed(cell)) * CHARACTER / (width - GUTTER)) for cell, width in pairs)


def _in_columns(writer: WordWriter, heads: list[Row], rows: Row, widths: list[float], room: float) -> str:
    wide = "wide-width" if sum(widths) > MEASURE or not widths else "auto"
    fixed = [f"{width:.1f}pt," if sum(widths) > room - 2 else "auto," for width in widths]
    columns = "".join(fixed or ["1fr,"] * len(heads[0] if heads else elements(rows[0])))
    head = "".join(_cell(writer, entry) for row in heads for entry in row)
    body = "".join(_row(writer, row, widths) for row in rows)
    header = f"table.header({head})," if head else ""
    width = wide if room == WIDE else "turned-width"
    texts = zip(*([_printed(cell).strip() for cell in elements(row)] for row in rows), strict=False)
    sides = "".join("right," if at and _is_numeric(column) else "left," for at, column in enumerate(texts))
    return f"#grid-of-cells({width}, ({columns}), ({sides}), {header}{body});"


def _is_numeric(column: Sequence[str]) -> bool:
    """Return whether the cells of a column hold numbers alone, or a dash for none."""
    return any(map(_NUMBER.fullmatch, column)) and all(
        text in ("", "–", "—") or _NUMBER.fullmatch(text) for text in column
    )


def _row(writer: WordWriter, row: nodes.Element, widths: list[float]) -> str:
    first, *rest = elements(row)
    whole = bool(widths) and _lines(elements(row), widths) <= WHOLE
    target = writer.row_anchors(row)
    return "".join(
        _cell(writer, entry, target=target if entry is first else "", whole=whole) for entry in (first, *rest)
    )


def _cell(writer: WordWriter, entry: nodes.Element, *, target: str = "", whole: bool = True) -> str:
    spans = (("morecols", "colspan"), ("morerows", "rowspan"))
    options = [f"{option}: {entry[name] + 1}," for name, option in spans if entry.get(name)]
    options += [f"align: {side}," for side in ("right", "center") if f"text-{side}" in entry["classes"]]
    options += [] if whole else ["breakable: true,"]
    return f"table.cell({''.join(options)})[{target}{writer.children(entry).strip()}],"


def _by_row(writer: WordWriter, head: Row, rows: Row) -> str:
    """Return a table as a list: of each row the first cell, then the others after their columns' names."""
    names = [writer.children(entry).strip() for entry in head]
    records = ""
    for row in rows:
        first, *rest = elements(row)
        title = writer.row_anchors(row) + writer.children(first).strip()
        cells = [pair for pair in zip(head[1:], rest, strict=True) if pair[1].astext().strip(" –")]
        lines = "".join(f"({''.join(_pair(writer, *pair) for pair in line)})," for line in _run_in(cells))
        records += f"([{title}], ({lines})),"
    return f"#row-by-row([{names[0]}], {records});"


def _pair(writer: WordWriter, name: nodes.Element, cell: nodes.Element) -> str:
    return f"([{writer.children(name).strip()}], [{writer.children(cell).strip()}]),"


def _run_in(cells: list[Named]) -> list[list[Named]]:
    """Return named cells by the line they share: as many as fit, a long one alone."""
    lines: list[list[Named]] = []
    room = 0
    for name, cell in cells:
        size = len(name.astext()) + len(_printed(cell)) + 3
        if size > room:
            lines.append([])
            room = RUN_IN
        room -= size
        lines[-1].append((name, cell))
    return lines
