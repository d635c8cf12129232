"""Complete web pages: metadata, offers, edition, linked images, and no script without a use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENTS, PAGES, build_site, write_story
from lxml import html
from retold_book.page import is_needed
from test_roles import tell

LONG = "The pier of Eskholm & its <boats>, " + "night after night, " * 12
INDEX = f"# Index\n\n{LONG}end.\n\n```{{image}} boat.png\n:alt: A boat\n```\n{CONTENTS}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a book with a notebook, an image and a data page."""
    root = write_story(tmp_path_factory.mktemp("book"))
    tell(root)
    (root / "boat.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert build_site(root, PAGES | {"index.md": INDEX, "chapters/data.md": "# Data\n\nTables.\n"}) == (0, "")
    return root / "out"


def entries(site: Path, page: str = "index") -> dict[str, str]:
    metas: Any = html.parse(site / f"{page}.html").getroot().xpath("//meta[@content]")
    return {meta.get("name") or meta.get("property"): meta.get("content") for meta in metas}


@pytest.mark.parametrize(
    ("name", "start"),
    [
        pytest.param("description", "The pier of Eskholm & its <boats>, night", id="description"),
        pytest.param("og:description", "The pier of Eskholm & its <boats>, night", id="Open Graph"),
        pytest.param("og:title", "Index", id="title"),
        pytest.param("citation_publication_date", "2024/01/02", id="date"),
        pytest.param("citation_title", "", id="book"),
        pytest.param("citation_author", "", id="author"),
    ],
)
def test_a_page_describes_itself(site: Path, name: str, start: str) -> None:
    assert entries(site)[name].startswith(start)


def test_a_long_description_ends_between_words(site: Path) -> None:
    words = entries(site)["description"]
    assert len(words) <= 160
    assert words.removesuffix(" …") != words
    assert LONG.startswith(words.removesuffix(" …"))


def test_an_image_opens_large(site: Path) -> None:
    [link] = html.parse(site / "index.html").getroot().find_class("figure-link")
    assert link.get("href") == "_images/boat.png"
    assert link[0].get("alt") == "A boat"


def test_the_notebook_goes_with_the_book(site: Path) -> None:
    stored = json.loads((site / "notebooks/boats.ipynb").read_text(encoding="utf-8"))
    assert stored["cells"][0]["source"] == "a"


@pytest.mark.parametrize(
    ("file", "body", "needed"),
    [
        pytest.param("_static/tables.js", '<table class="evidence-table">', True, id="used"),
        pytest.param("_static/tables.js", "<p>", False, id="not used"),
        pytest.param("_static/layers.js", '<ul class="layer-key">', True, id="layers"),
        pytest.param("_static/sphinx-design.min.css", "<p>", False, id="style not used"),
        pytest.param("_static/book.css", "<p>", True, id="always"),
        pytest.param("_static/my-tables.js", "<p>", True, id="another file"),
    ],
)
def test_scripts_come_with_what_they_serve(file: str, body: str, needed: bool) -> None:
    assert is_needed(file, body) is needed
