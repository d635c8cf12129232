"""Set tables: natural, fitted to the page, or row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from docutils import nodes

from retold_typst.layouts import Layout
from retold_typst.settings import APPENDIX, MEASURE, WIDE
from retold_typst.text import elements, string
from retold_typst.widths import Row, count_lines, printed

if TYPE_CHECKING:
    from retold_typst.words import WordWriter

TOGETHER = 2  # last rows of a table that breaks over pages, none of which stands alone on the last
WHOLE = 18  # lines up to which a row is kept on one page
RUN_IN = 84  # characters up to which short cells of a row set as a list share a line
_NUMBER = re.compile(r"(?!0\d)[+–−-]?\d[\d.,]*(?:[–-]\d[\d.,]*)?(?:\s?%| or more)?")
Named = tuple[nodes.Element, nodes.Element]  # the head of a column, and a cell beneath it


def render_table(writer: WordWriter, table: Layout, *, name: str = "") -> str:
    """Return the Typst call of a table, inside a figure or alone; pages it goes on to repeat its ``name``."""
    entries = [entry for row in table.rows for entry in elements(row)]
    plain = table.heads and not any(entry.get("morecols") or entry.get("morerows") for entry in entries)
    writer.in_table += 1
    if plain and not table.widths:
        call = _by_row(writer, table.heads[-1], table.rows)
    else:
        call = _in_columns(writer, table, name)
    writer.in_table -= 1
    return call


def _in_columns(writer: WordWriter, table: Layout, name: str) -> str:
    heads, rows, widths, _ = table
    setting = writer.setting
    full = sum(widths) > setting.width - 2
    fixed = [f"{width * setting.scale:.1f}pt," if full else "auto," for width in widths]
    columns = "".join(fixed or ["1fr,"] * len(heads[0] if heads else elements(rows[0])))
    mark = f"#continued({string(name)});"
    head = "".join(
        _cell(writer, entry, target="" if at else mark) for at, entry in enumerate(chain.from_iterable(heads))
    )
    body = [_row(writer, row, widths) for row in rows]
    header = f"table.header({head})," if head else ""
    wide = not widths or sum(widths) * setting.scale > MEASURE
    width = "wide-width" if wide and setting.room == WIDE else "auto"
    texts = zip(*([printed(cell).strip() for cell in elements(row)] for row in rows), strict=False)
    sides = "".join("right," if at and _is_numeric(column) else "left," for at, column in enumerate(texts))
    last = _last_rows(rows, widths)
    body, end = body[: len(body) - last], body[len(body) - last :]
    footer = f"table.footer(repeat: false, {''.join(end)})," if end else ""
    return f"#grid-of-cells({width}, ({columns}), ({sides}), {header}{''.join(body)}{footer});"


def _last_rows(rows: Row, widths: Sequence[float]) -> int:
    """Return how many of the last rows stay together, so that none stands alone on a table's last page."""
    last = [elements(row) for row in rows[-TOGETHER:]]
    spanning = any(entry.get("morerows") for row in rows for entry in elements(row))
    short = widths and sum(count_lines(row, widths) for row in last) <= WHOLE
    return TOGETHER if short and not spanning and len(rows) > TOGETHER else 0


def _is_numeric(column: Sequence[str]) -> bool:
    """Return whether the cells of a column hold numbers alone, or a dash for none."""
    return any(map(_NUMBER.fullmatch, column)) and all(
        text in ("", "–", "—") or _NUMBER.fullmatch(text) for text in column
    )


def _row(writer: WordWriter, row: nodes.Element, widths: list[float]) -> str:
    first, *rest = elements(row)
    whole = bool(widths) and count_lines(elements(row), widths) <= WHOLE
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
    return f"#row-by-row({2 if writer.setting == APPENDIX else 1}, [{names[0]}], {records});"


def _pair(writer: WordWriter, name: nodes.Element, cell: nodes.Element) -> str:
    return f"([{writer.children(name).strip()}], [{writer.children(cell).strip()}]),"


def _run_in(cells: list[Named]) -> list[list[Named]]:
    """Return named cells by the line they share: as many as fit, a long one alone."""
    lines: list[list[Named]] = []
    room = 0
    for name, cell in cells:
        size = len(name.astext()) + len(printed(cell)) + 3
        if size > room:
            lines.append([])
            room = RUN_IN
        room -= size
        lines[-1].append((name, cell))
    return lines
