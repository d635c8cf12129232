"""Set articles and outside facts as pages: every word as received, every annotation anchored once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import A101, A103, CONTEXT, PAGES, SEED_101, build_site, change, write_story
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from retold import Corpus, Passage, Span, load_corpus
from retold_book.article_page import cut, heading_level
from retold_book.nodes import anchor

HOSTILE = 'Photo: <3 & "co" > `{eval}` *a* {evidence} $x$ \\ & amp; Post'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a book that holds articles, facts and evidence, hostile words among them."""
    root = write_story(tmp_path_factory.mktemp("book"))
    change(root, SEED_101, "Photo: Harbour Post", HOSTILE)
    change(root, A101, 'paratext: "Photo: Harbour Post"', f"paratext: '{HOSTILE}'")
    change(root, A101, "content: At least nine of the 14 boats were damaged last autumn",
           "content: [At least nine of the 14 boats, damaged last autumn]")  # fmt: skip
    change(root, A103, "published: 2023-11-20/..", 'published: "2023-11-20?"')
    change(root, CONTEXT, "url: https://example.org/tides", "url: 'javascript:alert(1)'")
    assert build_site(root, PAGES) == (0, "")
    return root


def page(site: Path, name: str) -> Any:
    return html.parse(site / "out" / f"{name}.html").getroot()


def lines_of(tree: Any) -> Iterator[tuple[str, str]]:
    for node in tree.find_class("article-line"):
        [number] = node.find_class("line-number")
        words = node.text_content().removeprefix(number.text_content())
        yield number.text_content(), words.removeprefix(" ")


@pytest.mark.parametrize("article", ["101", "102", "103"])
def test_every_paragraph_stands_as_received(site: Path, article: str) -> None:
    text = load_corpus(site).articles[article].text
    wanted = [line for line in text.split("\n") if line.strip()]
    found = list(lines_of(page(site, f"chapters/articles/{article}")))
    assert found == [(f"¶{number}", line) for number, line in enumerate(wanted, start=1)]


@pytest.mark.parametrize("article", ["101", "102", "103"])
def test_every_passage_is_anchored_once_where_it_begins(site: Path, article: str) -> None:
    corpus = load_corpus(site)
    tree = page(site, f"chapters/articles/{article}")
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    for passage in corpus.passages.values():
        if passage.article == article:
            assert anchor(passage.id) in ids
            [node] = tree.xpath(f"//*[@id='{anchor(passage.id)}']")
            marked = node if node.get("data-evidence") else node.xpath("following::*[@data-evidence][1]")[0]
            assert passage.id in marked.get("data-evidence").split()
            assert corpus.words(passage.id).startswith(marked.text_content())


def test_marked_words_are_those_of_their_passages(site: Path) -> None:
    corpus = load_corpus(site)
    for article in corpus.articles:
        found: dict[str, str] = {}
        for node in page(site, f"chapters/articles/{article}").find_class("passage"):
            for identifier in node.get("data-evidence").split():
                found[identifier] = found.get(identifier, "") + node.text_content()
        wanted = {p.id: corpus.words(p.id) for p in corpus.passages.values() if p.article == article}
        assert found == {identifier: words.replace(" … ", "") for identifier, words in wanted.items()}


@pytest.mark.parametrize(
    ("words", "layers"),
    [
        pytest.param("rehire ", ["attribution", "position"], id="position"),
        pytest.param("seven", ["attribution", "position", "quantity"], id="quantity"),
        pytest.param("six miles", ["quantity"], id="own voice"),
        pytest.param('"No boat will sail after dusk,"', ["attribution", "claim"], id="reading"),
    ],
)
def test_a_stretch_shows_its_layers(site: Path, words: str, layers: list[str]) -> None:
    found = [
        node
        for node in page(site, "chapters/articles/101").find_class("passage")
        if words in node.text_content()
    ]
    assert [node.get("class").split() for node in found] == [
        ["passage", *(f"layer-{each}" for each in layers)]
    ]


def test_words_that_nothing_annotates_are_plain(site: Path) -> None:
    tree = page(site, "chapters/articles/101")
    [line] = [node for node in tree.find_class("article-line") if HOSTILE in node.text_content()]
    assert [child.get("class") for child in line] == ["line-number"]


FACTS = [
    pytest.param("tide-table", "Low tide falls < 5 times a week before dawn.", id="statement"),
    pytest.param("tide-table", "Base: tides of the year.", id="base"),
    pytest.param("tide-table", "5 & not 6", id="note"),
    pytest.param("undated", "The pier is old.", id="second statement"),
]


@pytest.mark.parametrize(("key", "words"), FACTS)
def test_facts_are_set_and_anchored(site: Path, key: str, words: str) -> None:
    [term] = page(site, "chapters/outside_facts").xpath(f"//dt[@id='{anchor('fact/' + key)}']")
    [shown] = term.iter("code")
    assert shown.text_content() == key
    assert words in [node.text_content().strip() for node in term.getnext().iter("p")]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param("tide-table", "Harbour Board, 5 January 2023 tide-table", id="publisher and date"),
        pytest.param("undated", "Pier Society undated", id="publisher without date"),
    ],
)
def test_a_fact_is_called_by_who_published_it(site: Path, key: str, words: str) -> None:
    [term] = page(site, "chapters/outside_facts").xpath(f"//dt[@id='{anchor('fact/' + key)}']")
    assert term.text_content() == words


@pytest.mark.parametrize(
    ("article", "words"),
    [
        pytest.param("101", "from Harbour Post; published 20 November 2023.", id="known"),
        pytest.param("102", "from Coast Daily; published 21 November 2023 or later.", id="date open"),
        pytest.param(
            "103",
            "its outlet only probable, see the register of sources; probably published 20 November 2023.",
            id="probable",
        ),
    ],
)
def test_a_page_begins_with_whose_text_it_is(site: Path, article: str, words: str) -> None:
    [opening, *_] = page(site, f"chapters/articles/{article}").xpath("//section/p")
    assert opening.text_content().startswith(f"The text as received, {words}")
    assert "steps how far" in opening.text_content()


def test_a_text_is_a_region_and_its_title_a_heading(site: Path) -> None:
    tree = page(site, "chapters/articles/101")
    [text] = tree.xpath("//*[@role='region']")
    assert text.get("aria-label") == "Text of article 101"
    assert len(text.find_class("article-line")) == len(tree.find_class("article-line"))
    [title] = text.xpath(".//*[@role='heading']")
    assert (title.get("aria-level"), title.text_content()) == (
        "2",
        "Ferries to stop at night, Gazette reports",
    )


@pytest.mark.parametrize(
    ("title", "headings", "levels"),
    [
        pytest.param([(0, 9)], [(0, 9), (20, 30)], [2, 0, 3], id="title and heading"),
        pytest.param([], [(0, 9), (20, 30)], [2, 0, 2], id="no title"),
        pytest.param([(0, 9)], [(0, 9), (22, 30)], [2, 0, 0], id="a part of a line"),
    ],
)
def test_heading_level(
    corpus: Corpus, title: list[tuple[int, int]], headings: list[tuple[int, int]], levels: list[int]
) -> None:
    zones = {
        "title": tuple(Span(*each) for each in title),
        "headings": tuple(Span(*each) for each in headings),
    }
    article = replace(corpus.articles["101"], zones=zones)
    assert [heading_level(article, Span(*line)) for line in ((0, 9), (10, 19), (20, 30))] == levels


def test_an_address_that_is_no_web_address_is_not_linked(site: Path) -> None:
    assert "javascript:" not in (site / "out/chapters/outside_facts.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param(
            "```{article} 109\n```", "no article is called '109'; there are 101, 102, 103", id="article"
        ),
        pytest.param("{evidence}`nine <101/none>`", "'101/none'", id="evidence"),
        pytest.param("{evidence}`nine <fact/none>`", "'fact/none'", id="fact as evidence"),
        pytest.param("{fact}`none`", "no outside fact is called 'none'", id="fact"),
        pytest.param("{quote}`101/none`", "no annotation or reading is called '101/none'", id="quotation"),
        pytest.param("{told}`boats`", "no notebook tells 'boats'", id="told value"),
    ],
)
def test_what_does_not_exist_stops_the_build_at_its_line(tmp_path: Path, source: str, message: str) -> None:
    status, warnings = build_site(write_story(tmp_path), {"index.md": f"# Index\n\n{source}\n"})
    assert status == 1
    assert message in warnings
    assert "index.md:3" in warnings


def test_the_real_book_leaves_quotation_marks_as_received() -> None:
    settings = yaml.safe_load((Path(__file__).parents[1] / "_config.yml").read_text(encoding="utf-8"))
    assert settings["sphinx"]["config"]["smartquotes"] is False


def made(corpus: Corpus, *identifiers: str) -> list[Passage]:
    return [corpus.passages[f"101/{each}"] for each in identifiers]


CUTS = [
    pytest.param((0, 10), [], [((0, 10), [])], id="nothing"),
    pytest.param((218, 230), ["chairwoman"], [((218, 230), ["chairwoman"])], id="the whole line"),
    pytest.param(
        (210, 300),
        ["chairwoman"],
        [((210, 218), []), ((218, 279), ["chairwoman"]), ((279, 300), [])],
        id="inside",
    ),
    pytest.param(
        (218, 279),
        ["chairwoman", "seven-pilots"],
        [
            ((218, 248), ["chairwoman"]),
            ((248, 253), ["chairwoman", "seven-pilots"]),
            ((253, 279), ["chairwoman"]),
        ],
        id="nested",
    ),
    pytest.param((0, 43), ["gazette"], [((0, 43), [])], id="touching"),
    pytest.param((60, 80), ["gazette", "dusk"], [((60, 80), ["gazette"])], id="runs past both ends"),
]


@pytest.mark.parametrize(("line", "identifiers", "pieces"), CUTS)
def test_cut(
    corpus: Corpus,
    line: tuple[int, int],
    identifiers: list[str],
    pieces: list[tuple[tuple[int, int], list[str]]],
) -> None:
    found = cut(Span(*line), made(corpus, *identifiers))
    assert [(tuple(span), [each.record.id for each in covering]) for span, covering in found] == pieces


@given(st.integers(0, 400), st.integers(1, 120))
def test_cut_pieces_make_up_the_line_and_lie_wholly_inside_their_passages(
    corpus: Corpus, start: int, size: int
) -> None:
    line, passages = Span(start, start + size), corpus.find_passages("attribution", article="101")
    pieces = cut(line, passages)
    assert [span.start for span, _ in pieces] == [line.start, *(span.end for span, _ in pieces[:-1])]
    assert pieces[-1][0].end == line.end
    for span, covering in pieces:
        for at in range(span.start, span.end):
            wanted = [p for p in passages if any(s.start <= at < s.end for s in p.spans)]
            assert covering == wanted
