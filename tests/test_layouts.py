"""Estimate the room of tables of growing length, and of what leads to them."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from retold_typst.layouts import CAPTION, LINE_OF_TEXT, MOST, layout, lead_height
from retold_typst.settings import APPENDIX, CHAPTER

HEAD = ".. list-table::\n   :header-rows: 1\n\n   * - boat\n     - crew\n"


def table(rows: int, words: str = "seven") -> nodes.table:
    """Return a table of two columns."""
    tree = publish_doctree(HEAD + f"   * - Ark\n     - {words}\n" * rows)
    return next(tree.findall(nodes.table))


@pytest.mark.parametrize(("rows", "whole"), [(1, True), (7, True), (8, False), (70, False)])
def test_a_short_table_is_kept_on_one_page(rows: int, whole: bool) -> None:
    room = layout(table(rows), CHAPTER).room
    assert room.whole is whole
    assert CAPTION < room.height <= MOST


def test_a_long_table_begins_with_as_much_however_long_it_is() -> None:
    assert layout(table(8), CHAPTER).room == layout(table(80), CHAPTER).room


def test_smaller_type_needs_less_room() -> None:
    assert layout(table(3), APPENDIX).room.height < layout(table(3), CHAPTER).room.height


def test_a_table_too_wide_for_columns_has_no_widths() -> None:
    found = layout(table(2, "a crew of seven " * 150), CHAPTER)
    assert (found.widths, found.room.whole) == ([], False)


@pytest.mark.parametrize(("words", "lines"), [("It led.", 1), ("x" * 62, 1), ("x" * 63, 2)])
def test_a_paragraph_needs_room_for_its_lines_and_its_table(words: str, lines: int) -> None:
    found = layout(table(2), CHAPTER)
    assert lead_height(nodes.paragraph("", words), found) == lines * LINE_OF_TEXT + found.room.height
