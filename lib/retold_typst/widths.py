"""Find how wide the columns of a table are to be, by an estimate of what their text takes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from docutils import nodes
from retold_book.nodes import evidence

from retold_typst.text import LOCATOR, elements

CHARACTER, GUTTER = 4.35, 8.0  # in points, a character's mean width and the gap between columns
NARROW, COMMON, BROAD = 3.2, 4.9, 7.4  # a letter like i, like n, like M, in bold
LONGEST = 34  # characters of a word that a column is made wide for
_BREAK = re.compile(r"[ \n–—/-]+")  # not at the no-break space
Row = list[nodes.Element]


class Column(NamedTuple):
    """Hold the points that a column's longest word, its longest cell and all its text take."""

    word: float
    cell: float
    total: float


def find_locators(node: nodes.Element) -> list[evidence]:
    """Return the locators of a paragraph that holds nothing else, in order."""
    found = [
        child for child in node.children if isinstance(child, evidence) and LOCATOR.fullmatch(child.astext())
    ]
    others = [child for child in node.children if child not in found and child.astext() != "; "]
    return [] if others else found


def find_widths(heads: list[Row], rows: list[Row], count: int, *, room: float, most: float) -> list[float]:
    """Return the widths in points of a table's columns, none if it is too wide to be set in columns.

    That is if ``room`` does not hold its longest words, or if a mean row would take more than ``most`` lines.
    """
    columns = [_column([row[at] for row in heads + rows if at < len(row)]) for at in range(count)]
    if sum(column.cell for column in columns) <= room:
        return [column.cell for column in columns]
    if sum(column.word for column in columns) > room:
        return []
    widths = _shared(columns, room)
    tall = [count_lines(row, widths) for row in rows]
    return [] if sum(tall) > most * len(tall) else widths


def _column(cells: Row) -> Column:
    texts = [printed(cell) for cell in cells]
    word = max((_width(word[:LONGEST]) for text in texts for word in _BREAK.split(text)), default=COMMON)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=1)
    room = GUTTER + 2
    narrow = word + room
    return Column(narrow, max(longest * CHARACTER + room, narrow), sum(map(len, texts)))


def _width(word: str) -> float:
    """Estimate the width of a word by the kinds of its letters."""
    return sum(NARROW if each in "fijlrt.,;:'’" else BROAD if each in "mwMW" else COMMON for each in word)


def printed(cell: nodes.Element) -> str:
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


def count_lines(row: Row, widths: Sequence[float]) -> float:
    """Estimate the number of lines of a row."""
    pairs = zip(row, widths, strict=False)
    return max(math.ceil(len(printed(cell)) * CHARACTER / (width - GUTTER)) for cell, width in pairs)
