"""Complete web pages: metadata, offers, edition, linked images, and no script without a use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENTS, PAGES, build_site, write_story
from lxml import html
from retold_book.page import escape_titles, is_needed
from sphinx.search import js_index
from test_roles import tell

LONG = "The pier of Eskholm & its <boats>, " + "night after night, " * 12
INDEX = f"# Index\n\n{LONG}end.\n\n```{{image}} boat.png\n:alt: A boat\n```\n{CONTENTS}"
FOLDED = """\
# Folded & *said*

```{raw} html
<details><summary aria-label="Toggle hidden content">Show the code</summary></details>
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a book with a notebook, an image and a data page."""
    root = write_story(tmp_path_factory.mktemp("book"))
    tell(root)
    (root / "boat.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert build_site(
        root,
        PAGES | {"index.md": INDEX, "chapters/data.md": "# Data\n\nTables.\n", "chapters/folded.md": FOLDED},
    ) == (0, "")
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
    assert link.text_content() == "Enlarge the picture (PNG)"
    assert link.getprevious().get("alt") == "A boat"


def test_a_fold_is_named_by_the_words_on_it(site: Path) -> None:
    [summary] = html.parse(site / "chapters/folded.html").getroot().iter("summary")
    assert summary.attrib == {}


def test_a_title_is_described_without_its_marks(site: Path) -> None:
    assert entries(site, "chapters/folded")["og:title"] == "Folded & said"


def test_the_notebook_goes_with_the_book(site: Path) -> None:
    stored = json.loads((site / "notebooks/boats.ipynb").read_text(encoding="utf-8"))
    assert stored["cells"][0]["source"] == "a"


@pytest.mark.parametrize(
    ("file", "body", "needed"),
    [
        pytest.param("_static/tables.js", '<table class="evidence-table">', True, id="used"),
        pytest.param("_static/tables.js", "<p>", False, id="not used"),
        pytest.param("_static/layers.js", '<ul class="layer-key">', True, id="layers"),
        pytest.param("_static/layers.js", "<p>layer-key", False, id="its mark as words"),
        pytest.param("_static/sphinx-design.min.css", "<p>", False, id="style not used"),
        pytest.param("_static/book.css", "<p>", True, id="always"),
        pytest.param("_static/my-tables.js", "<p>", True, id="another file"),
    ],
)
def test_scripts_come_with_what_they_serve(file: str, body: str, needed: bool) -> None:
    assert is_needed(file, body) is needed


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        pytest.param("Boats & <i>piers</i>", "Boats & &lt;i>piers&lt;/i>", id="markup"),
        pytest.param("Boats & piers", "Boats & piers", id="words"),
        pytest.param("Boats &lt;i> &amp;", "Boats &lt;i> &amp;", id="escaped by an earlier build"),
    ],
)
def test_titles_in_the_index_are_words(tmp_path: Path, title: str, kept: str) -> None:
    index = {"alltitles": {title: [[0, "a"]]}, "docnames": ["<a>"]}
    (tmp_path / "searchindex.js").write_text(js_index.dumps(index), encoding="utf-8")
    escape_titles(tmp_path / "searchindex.js")
    stored = js_index.loads((tmp_path / "searchindex.js").read_text(encoding="utf-8"))
    assert stored == {"alltitles": {kept: [[0, "a"]]}, "docnames": ["<a>"]}


def test_a_site_without_an_index_needs_no_escaping(tmp_path: Path) -> None:
    escape_titles(tmp_path / "searchindex.js")
    assert list(tmp_path.iterdir()) == []
