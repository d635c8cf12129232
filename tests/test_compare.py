"""Set readings side by side: all claims that several articles carry, every differing word marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PAGES, build_site, write_story
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from retold.text import tokens
from retold_book.compare import SEVERITIES, lacking_words, marked

READINGS = {"a": "At least nine boats sail", "b": "About nine boats sail", "c": "Nine boats may sail"}


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a page of comparisons."""
    root = write_story(tmp_path_factory.mktemp("book"))
    assert build_site(root, PAGES | {"chapters/compare.md": "# Compare\n\n```{compare}\n```\n"}) == (0, "")
    return html.parse(root / "out/chapters/compare.html").getroot()


@pytest.fixture
def blocks(compared: Any) -> dict[str, Any]:
    """Return the blocks of the page, by claim."""
    return {block.get("id"): block for block in compared.find_class("comparison")}


def test_severities_and_marks_are_explained_before_the_first_claim(compared: Any) -> None:
    [severities] = compared.find_class("severities")
    [key] = compared.find_class("compare-key")
    assert [each.text_content()[:3] for each in severities.find_class("severity")] == ["1: ", "2: ", "3: "]
    assert key.text_content() == (
        "Shaded: no other article shown has these words at this point (said after each reading)."
    )
    [heard] = key.find_class("visually-hidden")
    assert heard.text_content() == " (said after each reading)"
    assert key.getnext().get("class").startswith("comparison")


def test_severities_are_in_the_words_of_the_codebook() -> None:
    codebook = (Path(__file__).parents[1] / "chapters/codebook.md").read_text(encoding="utf-8")
    assert [each for each, words in SEVERITIES.items() if f"| `{each}` | {words} |" not in codebook] == []


def test_claims_of_two_articles_or_more_are_compared(blocks: dict[str, Any]) -> None:
    assert list(blocks) == ["compare-night-boats-stop", "compare-boats-damaged", "compare-no-sailing"]


@pytest.mark.parametrize(
    ("article", "words"),
    [
        pytest.param(
            "101", "101\u00a0¶5: At least nine of the 14 boats were damaged last autumn", id="first"
        ),
        pytest.param("102", "102\u00a0¶4: About nine boats were damaged in autumn 2023", id="second"),
        pytest.param("103", "103: not carried.", id="not carried"),
    ],
)
def test_every_article_has_its_column(blocks: dict[str, Any], article: str, words: str) -> None:
    [column] = blocks["compare-boats-damaged"].find_class(f"article-{article}")
    assert column.text_content().strip() == words


def test_a_reading_opens_to_its_passage(blocks: dict[str, Any]) -> None:
    found = [link.get("data-evidence") for link in blocks["compare-boats-damaged"].find_class("evidence")]
    assert found == ["101/claim.boats-damaged", "102/claim.boats-damaged"]


def test_a_statement_is_a_heading(blocks: dict[str, Any]) -> None:
    [heading] = blocks["compare-boats-damaged"].iter("h2")
    assert heading.text_content().strip() == "Nine boats were damaged."


def test_variants_gravest_first_say_kind_severity_and_what_each_article_has(blocks: dict[str, Any]) -> None:
    [variants] = blocks["compare-boats-damaged"].find_class("variants")
    assert [item.get("class") for item in variants] == [
        "kind-attribution severity-3",
        "kind-hedge severity-2",
    ]
    words = "A lower bound in one, an estimate in the other. (101: at least nine; 102: about nine)"
    assert variants[1].text_content().strip() == f"hedge, severity 2: {words}"
    has = variants[1].xpath(".//span[starts-with(@class, 'has-')]")
    assert [(each.get("class"), each.text_content()) for each in has] == [
        ("has-101", "101: at least nine"),
        ("has-102", "; 102: about nine"),
    ]


def test_a_claim_without_variants_has_no_list(blocks: dict[str, Any]) -> None:
    assert blocks["compare-no-sailing"].find_class("variants") == []


def pieces(article: str, readings: dict[str, str]) -> Iterator[tuple[str, set[str]]]:
    lacking = lacking_words(readings)[article]
    for node in marked(readings[article], lacking, others=len(readings) - 1):
        classes = set(node["classes"]) - {"differs"} if isinstance(node, nodes.Element) else set()
        assert isinstance(node, nodes.strong) is ("own" in classes)
        yield node.astext(), classes


@pytest.mark.parametrize(
    ("article", "found"),
    [
        pytest.param(
            "a", [("At least", {"not-in-b", "not-in-c", "own"}), (" nine boats sail", set())], id="its own"
        ),
        pytest.param(
            "c",
            [("Nine boats ", set()), ("may", {"not-in-a", "not-in-b", "own"}), (" sail", set())],
            id="inside",
        ),
    ],
)
def test_words_that_others_lack_are_marked(article: str, found: list[tuple[str, set[str]]]) -> None:
    assert list(pieces(article, READINGS)) == found


def test_words_that_only_some_lack_name_those() -> None:
    readings = {"a": "nine boats sail", "b": "nine boats sail", "c": "boats sail"}
    assert list(pieces("a", readings)) == [("nine", {"not-in-c"}), (" boats sail", set())]


WORDS = st.lists(st.sampled_from(["one", "two", "six", "ten"]), max_size=6).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_not_marked_is_the_same_in_both(one: str, other: str) -> None:
    readings = {"a": one, "b": other}
    plain = [
        tokens(" ".join(words for words, classes in pieces(article, readings) if not classes))
        for article in readings
    ]
    assert plain[0] == plain[1]
    assert "".join(words for words, _ in pieces("a", readings)) == one
