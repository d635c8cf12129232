"""Find the chapters' own words: the sentence of a value, the heading of a finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from retold_run.stated import Prose, Statement, load_prose
from retold_run.told import Told

BOATS = """\
(nine)=
## Nine {term}`boats <boat>` were *damaged*

As {numref}`tab-boats` shows, {told}`boats:Word` of {told}`all_boats` {ref}`boats <fleet>` were hit.
"""
LONG = f"Of {'one ' * 20}{{told}}`far` {'two ' * 20}boats."
PIER = "# The pier\n\nIt has {told}`boats` boats.\nNo {told}`boats_lost` is lost.\n"
FIGURE = {"figure": {"name": "fig-drawn", "caption": "Nine\n  boats are drawn"}}


def notebook(prose: str, **mystnb: Any) -> dict[str, Any]:
    drawn = {"cell_type": "code", "source": "", "metadata": {"mystnb": mystnb}}
    return {"cells": [{"cell_type": "markdown", "source": [prose], "metadata": {}}, drawn]}


@pytest.fixture
def prose() -> Prose:
    told = Told(
        values={"boats": 9, "all_boats": 14, "boats_lost": 0, "far": 1},
        chapter={"boats": "chapters/b.ipynb", "nine.holds": "chapters/b.ipynb"},
    )
    notebooks = {"chapters/a.ipynb": notebook(PIER + LONG, **FIGURE), "chapters/b.ipynb": notebook(BOATS)}
    return Prose(notebooks, told)


HEADING = "Nine boats were damaged"


@pytest.mark.parametrize(
    ("key", "stated"),
    [
        pytest.param("boats", (HEADING, "As … shows, ", " of 14 boats were hit."), id="where it is computed"),
        pytest.param("all_boats", (HEADING, "As … shows, Nine of ", " boats were hit."), id="beside another"),
        pytest.param("boats_lost", ("The pier", "No ", " is lost."), id="a key that begins like another"),
        pytest.param("far", ("The pier", f"… {'one ' * 5}", f" {'two ' * 5}…"), id="a long sentence"),
        pytest.param("boats_sunk", ("boats sunk", "", ""), id="not told in prose"),
    ],
)
def test_a_value_is_stated_in_its_sentence(prose: Prose, key: str, stated: tuple[str, str, str]) -> None:
    assert prose.value(key) == stated


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param("nine", f"“{HEADING}”", id="a heading"),
        pytest.param("drawn", "“Nine boats are drawn”", id="a caption"),
        pytest.param("ten-boats", "ten boats", id="not stated"),
    ],
)
def test_a_finding_is_stated_by_its_heading(prose: Prose, key: str, words: str) -> None:
    assert prose.finding(key) == Statement(words)


def test_the_prose_of_chapters_is_read(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/a.ipynb").write_text(json.dumps(notebook(PIER)))
    assert load_prose(tmp_path, Told()).value("boats_lost") == ("The pier", "No ", " is lost.")
