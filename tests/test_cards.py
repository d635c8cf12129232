"""Write evidence as HTML: links that work alone, cards for all that a page rests on, every word escaped."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import A101, CONTENTS, CONTEXT, PAGES, SEED_101, SOURCES, build_site, change, write_story
from lxml import html
from retold import Corpus
from retold_book.book import Book, Edition
from retold_book.cards import card, chain_html, outlet_words
from retold_book.nodes import anchor
from retold_run.told import Told

EDITION = Edition("1", "2024-01-02", "abc", "def", "full")
OPENING = """\
# Index

See {evidence}`nine & <101/nine-damaged fact/tide-table>`, {quote}`101/dusk`, {quote}`101/gazette.cue`,
{fact}`undated` and {evidence}`stop <103/claim.no-sailing, 101/nine-damaged>`.
Edition {edition}`version` of {edition}`date`.
"""


def book(corpus: Corpus) -> Book:
    return Book(corpus, Told(), EDITION)


def parsed(corpus: Corpus, identifier: str, page: str = "a.html") -> Any:
    return html.fromstring(card(book(corpus), identifier, page))


CITING = '<span aria-hidden="true"> &gt; </span><span class="visually-hidden">, citing </span>'


def seen(chain: str) -> str:
    """Return a chain as it is shown."""
    return chain.replace(CITING, " > ")


def texts(tree: Any, path: str) -> list[str]:
    return [node.text_content() for node in tree.xpath(f".//{path}")]


PLACE, CHAIN, NOTE = (f"p[@class='card-{name}']" for name in ("place", "chain", "note"))
DAMAGE = "At least nine of the 14 boats were damaged last autumn, according to the port office."
STATEMENT = "p[not(@class)]"
CARDS = [
    pytest.param("101/dusk", PLACE, ["101\u00a0¶3 · Harbour Post"], id="place"),
    pytest.param("103/former", PLACE, ["103\u00a0¶2"], id="place of an outlet that is only probable"),
    pytest.param("101/seven-pilots", "mark", ["seven"], id="words"),
    pytest.param("101/fleet", "blockquote", [DAMAGE], id="whole sentence around the words"),
    pytest.param(
        "101/dusk",
        CHAIN,
        ["outlet > , citing Eskholm Gazette > , citing a pilot (unnamed)"],
        id="chain, to be seen and heard",
    ),
    pytest.param("101/strait", CHAIN, ["outlet"], id="own voice"),
    pytest.param(
        "101/dusk",
        NOTE,
        [
            "speaks for the pilots",
            "Certainty: carried over.",
            "Contested: source may be a third pilot; the pilots are not numbered",
        ],
        id="note and doubts",
    ),
    pytest.param("101/gazette", NOTE, [], id="no doubts"),
    pytest.param("103/claim.crews", "mark", ["almost half of the crews want a contract"], id="reading"),
    pytest.param(
        "fact/tide-table", PLACE, ["Harbour Board, 5 January 2023 · from outside the five"], id="fact"
    ),
    pytest.param("fact/tide-table", STATEMENT, ["Low tide falls < 5 times a week before dawn."], id="stated"),
    pytest.param("fact/tide-table", NOTE, ["Base: tides of the year", "5 & not 6"], id="base and note"),
    pytest.param("fact/undated", PLACE, ["Pier Society · from outside the five"], id="no date"),
    pytest.param("fact/undated", NOTE, [], id="neither base nor note"),
]


@pytest.mark.parametrize(("identifier", "selector", "words"), CARDS)
def test_card(corpus: Corpus, identifier: str, selector: str, words: list[str]) -> None:
    tree = parsed(corpus, identifier)
    assert tree.get("data-card") == identifier
    assert texts(tree, selector) == words


@pytest.mark.parametrize(
    ("page", "href"),
    [
        pytest.param("../articles/101.html", "../articles/101.html#p-101-dusk", id="another page"),
        pytest.param("#", "#p-101-dusk", id="the same page"),
        pytest.param('a"b&c.html', 'a"b&c.html#p-101-dusk', id="signs in an address"),
    ],
)
def test_a_card_leads_to_its_passage(corpus: Corpus, page: str, href: str) -> None:
    [link] = parsed(corpus, "101/dusk", page).iter("a")
    assert link.get("href") == href


@pytest.mark.parametrize("identifier", ["101/none", "fact/none", "109/dusk"])
def test_a_card_of_nothing_is_an_error(corpus: Corpus, identifier: str) -> None:
    with pytest.raises(KeyError):
        card(book(corpus), identifier, "a.html")


def test_a_discontinuous_passage_has_a_quotation_for_each_part(changed: Callable[..., Corpus]) -> None:
    whole = "content: At least nine of the 14 boats were damaged last autumn"
    corpus = changed((A101, whole, "content: [At least nine, last autumn]"))
    assert texts(parsed(corpus, "101/port-office"), "blockquote/mark") == ["At least nine", "last autumn"]


HOSTILE = "<3 & \"x\" <b onclick='y'>"
PLACES = [
    pytest.param(SOURCES, "name: a pilot\n", f"name: {HOSTILE!r}\n", "101/dusk", id="source"),
    pytest.param(SOURCES, "name: Harbour Post", f"name: {HOSTILE!r}", "101/dusk", id="outlet"),
    pytest.param(A101, "note: speaks for the pilots", f"note: {HOSTILE!r}", "101/dusk", id="note"),
    pytest.param(A101, "reading: a third pilot", f"reading: {HOSTILE!r}", "101/dusk", id="contested reading"),
    pytest.param(
        CONTEXT, "statement: The pier is old.", f"statement: {HOSTILE!r}", "fact/undated", id="statement"
    ),
    pytest.param(
        CONTEXT, "publisher: Pier Society", f"publisher: {HOSTILE!r}", "fact/undated", id="publisher"
    ),
    pytest.param(CONTEXT, "base: tides of the year", f"base: {HOSTILE!r}", "fact/tide-table", id="base"),
    pytest.param(CONTEXT, 'note: "5 & not 6"', f"note: {HOSTILE!r}", "fact/tide-table", id="note of a fact"),
    pytest.param(
        SEED_101, "one of the pilots told", "<b>one</b> & one of the pilots told", "101/dusk", id="text"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "identifier"), PLACES)
def test_every_word_of_a_card_is_escaped(
    changed: Callable[..., Corpus], file: str, old: str, new: str, identifier: str
) -> None:
    yaml_words = new.replace("\\'", "''")
    corpus = changed((file, old, yaml_words))
    source = card(book(corpus), identifier, "a.html")
    wanted = "<b>one</b> & one" if file == SEED_101 else HOSTILE
    assert wanted in html.fromstring(source).text_content()
    assert list(html.fromstring(source).iter("b")) == []
    assert wanted not in source
    assert wanted in unescape(source)


@pytest.mark.parametrize(
    ("article", "words"),
    [pytest.param("101", " · Harbour Post", id="sure"), pytest.param("103", "", id="only probable")],
)
def test_outlet_words(corpus: Corpus, article: str, words: str) -> None:
    assert outlet_words(corpus, article) == words


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        pytest.param("101/strait", "outlet", id="own voice"),
        pytest.param("101/gazette", "outlet > Eskholm Gazette", id="named"),
        pytest.param(
            "101/pilots", "outlet > Eskholm Gazette > two pilots <small>(unnamed)</small>", id="unnamed"
        ),
        pytest.param(
            "101/rehire", "outlet > Eskholm Gazette <small>(implied)</small> > Anna Berg", id="implied layer"
        ),
        pytest.param("101/port-office", "outlet > Port Office &amp; Pier", id="escaped"),
    ],
)
def test_chain_html(corpus: Corpus, identifier: str, words: str) -> None:
    assert seen(chain_html(corpus, identifier)) == words


def test_a_chain_is_heard_in_words(corpus: Corpus) -> None:
    tree = html.fragment_fromstring(chain_html(corpus, "101/pilots"), create_parent="p")
    for sign in tree.xpath(".//*[@aria-hidden]"):
        sign.text = ""
    assert tree.text_content() == "outlet, citing Eskholm Gazette, citing two pilots (unnamed)"


@pytest.mark.parametrize(
    ("certainty", "mark"),
    [
        pytest.param("explicit", "(unnamed)", id="named without a cue"),
        pytest.param("carried-over", "(unnamed, carried over)", id="carried over"),
        pytest.param("inferred", "(unnamed, implied)", id="implied"),
    ],
)
def test_a_layer_that_no_words_name_says_how_it_is_known(
    changed: Callable[..., Corpus], certainty: str, mark: str
) -> None:
    words, known = "    source_text: one of the pilots\n    cue: told\n", "    certainty: carried-over\n"
    corpus = changed((A101, words, ""), (A101, known, known.replace("carried-over", certainty)))
    assert seen(chain_html(corpus, "101/dusk")) == f"outlet > Eskholm Gazette > a pilot <small>{mark}</small>"


@pytest.mark.parametrize(
    ("identifier", "lines"),
    [
        pytest.param(
            "101/claim.no-sailing",
            ["102\u00a0¶3: No boat will sail after dark", "103\u00a0¶2: “Nobody sails in the dark”"],
            id="a reading",
        ),
        pytest.param(
            "101/nine-damaged",
            ["102\u00a0¶4: About nine boats were damaged in autumn 2023", "103: not carried"],
            id="a quantity of a claim",
        ),
        pytest.param("101/strait", [], id="a quantity of none"),
        pytest.param("101/dusk", [], id="a layer that reads no claim"),
    ],
)
def test_a_card_shows_how_the_other_articles_read(corpus: Corpus, identifier: str, lines: list[str]) -> None:
    assert texts(parsed(corpus, identifier), "details//li") == lines


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built book."""
    root = write_story(tmp_path_factory.mktemp("book"))
    change(root, SOURCES, "name: Eskholm Gazette", "name: Eskholm <i>Gazette</i>")
    assert build_site(root, {**PAGES, "index.md": OPENING + CONTENTS}) == (0, "")
    return root / "out"


def page(site: Path, name: str) -> Any:
    return html.parse(site / f"{name}.html").getroot()


EVERY_PAGE = ["index", *(f"chapters/articles/{article}" for article in ("101", "102", "103"))]


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_holds_a_card_for_all_it_rests_on_and_no_other(site: Path, name: str) -> None:
    tree = page(site, name)
    shown = [each for node in tree.xpath("//*[@data-evidence]") for each in node.get("data-evidence").split()]
    cards = [node.get("data-card") for node in tree.xpath("//*[@id='evidence-cards']/*")]
    assert cards
    assert sorted(cards) == sorted(set(shown))
    assert tree.get_element_by_id("evidence-cards").get("hidden") is not None


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_link_to_evidence_lands_without_a_script(site: Path, name: str) -> None:
    tree = page(site, name)
    links = [
        node.get("href") for node in tree.xpath("//a[@class='evidence' or parent::p[@class='card-place']]")
    ]
    assert links
    for link in links:
        path, _, target = link.partition("#")
        there = (site / f"{name}.html").parent / path if path else site / f"{name}.html"
        assert html.parse(str(there.resolve())).getroot().xpath(f"//*[@id='{target}']"), link


def test_told_words_name_all_they_rest_on_and_lead_to_the_first(site: Path) -> None:
    found = [
        (node.text_content(), node.get("data-evidence"), node.get("href").partition("#")[2])
        for node in page(site, "index").find_class("evidence")
    ]
    assert found == [
        ("nine &", "101/nine-damaged fact/tide-table", anchor("101/nine-damaged")),
        ("“No boat will sail after dusk,”", "101/dusk", anchor("101/dusk")),
        ("“reported”", "101/gazette", anchor("101/gazette")),
        ("Pier Society", "fact/undated", anchor("fact/undated")),
        ("stop", "103/claim.no-sailing 101/nine-damaged", anchor("103/claim.no-sailing")),
    ]


def test_the_edition_is_shown(site: Path) -> None:
    assert "Edition 1.2.3 of 2024-01-02." in page(site, "index").text_content()


def test_a_page_without_evidence_has_no_cards(site: Path) -> None:
    assert page(site, "chapters/outside_facts").xpath("//*[@id='evidence-cards']") == []


def test_no_page_holds_an_element_that_a_name_brought_in(site: Path) -> None:
    for name in EVERY_PAGE:
        assert list(page(site, name).iter("i")) == []
        assert "Eskholm <i>Gazette</i>" in page(site, name).text_content() or name.endswith("103")
