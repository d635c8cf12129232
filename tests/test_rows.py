"""Address rows, and let the search find those whose first cells tell them apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import PAGES, build_site, write_story
from retold_book.rows import row_anchor
from retold_report.tables import Cell, table
from test_roles import as_directive


@pytest.mark.parametrize(
    ("row", "anchor"),
    [
        pytest.param([Cell("Nine", ("101/claim.nine", "102/claim.nine")), "x"], "claim-nine", id="one claim"),
        pytest.param([Cell("Nine", ("101/claim.nine", "102/claim.ten")), "x"], "boats-nine", id="two claims"),
        pytest.param(
            [Cell("Nine", ("101/claim.nine", "101/fleet")), "x"], "boats-nine", id="a claim and more"
        ),
        pytest.param(["101", Cell("Nine", ("101/claim.nine",))], "boats-101", id="the article of its claim"),
        pytest.param(["Eel & Ark", "x"], "boats-eel-ark", id="words"),
        pytest.param([(Cell("Eel"), Cell("Ark")), "x"], "boats-eel", id="two parts"),
    ],
)
def test_row_anchor(row: list[Cell | str], anchor: str) -> None:
    made = table("boats", "Boats", ["Boat", "Note"], [row])
    assert row_anchor("boats", made.to_data()["rows"][0]) == anchor


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param(["Eskholm Ark", "Eskholm Eel"], True, id="told apart"),
        pytest.param(["Eskholm Ark", "Eskholm Ark"], False, id="alike"),
    ],
)
def test_the_search_knows_rows_that_are_told_apart(tmp_path: Path, names: list[str], found: bool) -> None:
    boats = as_directive(table("boats", "Boats", ["Boat"], [[name] for name in names]))
    root = write_story(tmp_path)
    assert build_site(root, PAGES | {"chapters/boats.md": f"# Boats\n\n{boats}"}) == (0, "")
    index = (root / "out/searchindex.js").read_text(encoding="utf-8")
    assert ("boats-eskholm-ark" in index) is found
