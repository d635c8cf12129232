"""Build the pages of the story again: they show what has changed since, whatever else was built between."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import PAGES, SITE, SUFFIXES, change, write_story
from sphinx.application import Sphinx
from sphinx.search import js_index
from sphinx.util.docutils import docutils_namespace

CITATION = "version: {}\ndate-released: 2024-01-02\n"
GLOSSARY = "# Terms\n\n```{glossary}\nferry\n  A boat.\n```\n"
EDITION = "# Edition\n\nThis is {edition}`version`.\n"


def build(root: Path, builder: str) -> None:
    """Build with what an earlier build has read, whichever builder it was for."""
    site = SITE | {"source_suffix": SUFFIXES.copy()}
    with docutils_namespace():
        folders = (root, None, root / f"out/{builder}", root / "out/doctrees")
        Sphinx(*folders, builder, site, status=None, warning=None).build()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root of a book of the story that was built once."""
    root = write_story(tmp_path / "book")
    pages = {**PAGES, "chapters/terms.md": GLOSSARY, "chapters/edition.md": EDITION, "conf.py": ""}
    for name, text in {**pages, "CITATION.cff": CITATION.format("1.2.3")}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    build(root, "html")
    return root


@pytest.mark.parametrize("between", [[], ["dummy"]], ids=["nothing", "another builder"])
def test_pages_show_what_has_changed(root: Path, between: list[str]) -> None:
    change(root, "CITATION.cff", "1.2.3", "1.2.4")
    for builder in (*between, "html"):
        build(root, builder)
    assert "This is 1.2.4." in (root / "out/html/chapters/edition.html").read_text(encoding="utf-8")


def test_pages_that_show_nothing_new_stay(root: Path) -> None:
    page = root / "out/html/chapters/edition.html"
    page.write_text("stays", encoding="utf-8")
    for builder in ("dummy", "html", "html"):
        build(root, builder)
    assert page.read_text(encoding="utf-8") == "stays"


def test_the_search_is_that_of_a_clean_build(root: Path) -> None:
    index = root / "out/html/searchindex.js"
    change(root, "CITATION.cff", "1.2.3", "1.2.4")
    (root / "chapters/edition.md").write_text("# Editions\n\nMore words.\n", encoding="utf-8")
    build(root, "html")
    (root / "chapters/edition.md").write_text(EDITION, encoding="utf-8")
    build(root, "html")
    again = index.read_bytes()
    shutil.rmtree(root / "out")
    build(root, "html")
    assert index.read_bytes() == again
    assert "ferry" in js_index.loads(again.decode())["indexentries"]
