"""Show what a term means where it is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CONTENTS, PAGES, build_site, write_story
from lxml import html

GLOSSARY = """\
# Glossary

```{glossary}
pier & quay
  Where boats < 9 m land.

  A second line.

dusk
  When boats stop.
```
"""
PAGE = "# Index\n\nThe {term}`pier & quay` and {term}`quays <pier & quay>`.\n" + CONTENTS


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Return the cards of a page that uses one term twice: id and lines."""
    root = write_story(tmp_path_factory.mktemp("book"))
    assert build_site(root, PAGES | {"index.md": PAGE, "chapters/glossary.md": GLOSSARY}) == (0, "")
    found = html.parse(root / "out/index.html").getroot().find_class("evidence-card")
    assert [link.get("href") for card in found for link in card.iter("a")] == [
        "chapters/glossary.html#term-pier-quay"
    ]
    return [[card.get("data-card"), *(line.text_content() for line in card.iter("p"))] for card in found]


def test_a_used_term_has_one_card(cards: list[list[str]]) -> None:
    assert cards == [["term-pier-quay", "Glossary: pier & quay", "Where boats < 9 m land.", "A second line."]]


def test_a_page_without_terms_has_no_cards(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    pages = PAGES | {"index.md": "# Index\n\nThe pier.\n" + CONTENTS, "chapters/glossary.md": GLOSSARY}
    assert build_site(root, pages) == (0, "")
    assert html.parse(root / "out/index.html").getroot().find_class("evidence-card") == []
