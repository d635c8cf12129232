"""Set tables: natural, fitted to the page, or, where too wide, row by row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from retold_typst.text import elements

if TYPE_CHECKING:
    from retold_typst.words import WordWriter

CHARACTER, GUTTER, MEASURE, WIDE = 4.35, 10.0, 340.0, 436.0
"""In points: a character's mean width, the gap between columns, the text, the text with its margin."""
MOST_LINES = 11.0  # above which a mean row is easier read as a list
Row = list[nodes.Element]


class Column(NamedTuple):
    """Hold the points that a column's longest word, its longest cell and all its text take."""

    word: float
    cell: float
    total: float


def render_table(writer: WordWriter, node: nodes.table) -> str:
    """Return the Typst call that sets a table, to stand inside a figure or alone."""
    group = next(node.findall(nodes.tgroup))
    heads = [elements(row) for head in group.findall(nodes.thead) for row in elements(head)]
    rows = [elements(row) for body in group.findall(nodes.tbody) for row in elements(body)]
    plain = heads and not any(entry.get("morecols") or entry.get("morerows") for row in rows for entry in row)
    widths = find_widths(heads, rows, int(group["cols"]))
    writer.in_table += 1
    body = (
        _by_row(writer, heads[-1], rows) if plain and not widths else _in_columns(writer, heads, rows, widths)
    )
    writer.in_table -= 1
    return body


def find_widths(heads: list[Row], rows: list[Row], count: int) -> list[float]:
    """Return the widths of a table's columns, none if it is too wide to be set in columns."""
    columns = [_column([row[at] for row in heads + rows if at < len(row)]) for at in range(count)]
    natural = [column.cell for column in columns]
    if sum(natural) <= WIDE:
        return natural
    widths = _shared(columns)
    return [] if sum(widths) > WIDE + 1 or _lines(rows, widths) > MOST_LINES else widths


def _column(cells: Row) -> Column:
    texts = [cell.astext() for cell in cells]
    word = max((len(word) for text in texts for word in text.split()), default=1)
    longest = max(map(_length, cells), default=1.0)
    room = GUTTER + 2
    return Column(min(word, 26) * CHARACTER + room, longest * CHARACTER + room, sum(map(len, texts)))


def _length(cell: nodes.Element) -> float:
    """Return the characters of a cell, with room for the page number after each locator."""
    return len(cell.astext()) + sum(6.0 for text in cell.findall(nodes.Text) if "¶" in text)


def _shared(columns: list[Column]) -> list[float]:
    """Give each column its longest word, then share what is left by the root of its text."""
    widths = [column.word for column in columns]
    for _ in columns:  # what a column does not need is shared again
        wants = [math.sqrt(c.total) * (width < c.cell) for c, width in zip(columns, widths, strict=True)]
        spare = max(WIDE - sum(widths), 0.0) / (sum(wants) or 1.0)
        widths = [
            min(w + spare * want, max(w, c.cell)) for c, w, want in zip(columns, widths, wants, strict=True)
        ]
    return widths


def _lines(rows: list[Row], widths: list[float]) -> float:
    """Estimate the mean number of lines of a row."""
    pairs = [zip(row, widths, strict=False) for row in rows]
    tall = [max(math.ceil(_length(c) * CHARACTER / (w - GUTTER)) for c, w in row) for row in pairs]
    return sum(tall) / max(len(tall), 1)


def _in_columns(writer: WordWriter, heads: list[Row], rows: list[Row], widths: list[float]) -> str:
    wide = sum(widths) > MEASURE or not widths
    fixed = [f"{width:.1f}pt," if sum(widths) > WIDE - 2 else "auto," for width in widths]
    columns = "".join(fixed or ["1fr,"] * len((heads + rows)[0]))
    head = "".join(_cell(writer, entry) for row in heads for entry in row)
    body = "".join(_cell(writer, entry) for row in rows for entry in row)
    header = f"table.header({head})," if head else ""
    return f"#grid-of-cells({str(wide).lower()}, ({columns}), {len(rows)}, {header}{body});"


def _cell(writer: WordWriter, entry: nodes.Element) -> str:
    spans = (("morecols", "colspan"), ("morerows", "rowspan"))
    options = [f"{option}: {entry[name] + 1}," for name, option in spans if entry.get(name)]
    options += [f"align: {side}," for side in ("right", "center") if f"text-{side}" in entry["classes"]]
    return f"table.cell({''.join(options)})[{writer.children(entry).strip()}],"


def _by_row(writer: WordWriter, head: Row, rows: list[Row]) -> str:
    names = [writer.children(entry).strip() for entry in head]
    records = ""
    for row in rows:
        first, *rest = [writer.children(cell).strip() for cell in row]
        pairs = "".join(f"([{name}], [{cell}])," for name, cell in zip(names[1:], rest, strict=True) if cell)
        records += f"([{first}], ({pairs})),"
    return f"#row-by-row([{names[0]}], {records});"
