"""Cut texts, records, trees and notebooks of the story to what an edition shows of its articles."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from docutils import nodes
from retold import Corpus
from retold.model import Span
from retold_excerpt.allowance import WordIndex, allowance
from retold_excerpt.cutting import Excerpt, find_pictures
from retold_report.tables import MIME

DUSK = "No boat will sail after dusk"
REST = "The company refuses to rehire seven pilots before talks begin"


def span(corpus: Corpus, article: str, words: str) -> Span:
    start = corpus.articles[article].text.index(words)
    return Span(start, start + len(words))


@pytest.fixture(scope="module")
def excerpt(corpus: Corpus) -> Excerpt:
    """Return the story cut to two sentences and two words."""
    index = WordIndex(corpus)
    wanted = [
        ("101", span(corpus, "101", DUSK)),
        ("102", span(corpus, "102", "four officials")),
        ("103", span(corpus, "103", "Nobody sails in the dark")),
    ]
    return Excerpt(corpus, index, allowance(index, wanted, share=1, longest=40))


def located(corpus: Corpus, article: str, words: str) -> str:
    """Return the locator of words, made by hand."""
    text, (start, end) = corpus.articles[article].text, span(corpus, article, words)
    number = len([line for line in text[: start + 1].split("\n") if line.strip()])
    return f"[{article} ¶{number}, {start}–{end}, {hashlib.sha256(words.encode()).hexdigest()[:8]}]"


BOATS, BERG = "14 boats were damaged last autumn", "the union's chairwoman Anna Berg said"


@pytest.mark.parametrize(
    ("text", "cut", "places"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param("Boats are boats.", "Boats are boats.", [], id="our own words"),
        pytest.param("six miles wide", "six miles wide", [], id="less than five words"),
        pytest.param(f"So “{DUSK},” he said.", f"So “{DUSK},” he said.", [], id="allowed"),
        pytest.param(f"So: {REST}!", "So: {}!", [("101", REST)], id="in the middle"),
        pytest.param(REST.upper(), "{}", [("101", REST)], id="other case"),
        pytest.param(BERG.replace("'", "’"), "{}", [("101", BERG)], id="other apostrophe"),
        pytest.param(f"{BOATS} {BERG}", "{} {}", [("101", BOATS), ("101", BERG)], id="two places"),
        pytest.param(
            f"{REST}, {BERG}", "{}", [("101", f"{REST}, {BERG}")], id="what stands together is one place"
        ),
        pytest.param(
            f"{DUSK},” one of the pilots told",
            f"{DUSK},” {{}}",
            [("101", "one of the pilots told")],
            id="what is allowed stays beside what is not",
        ),
    ],
)
def test_runs_of_an_article_become_locators(
    corpus: Corpus, excerpt: Excerpt, text: str, cut: str, places: list[tuple[str, str]]
) -> None:
    found = excerpt.cut(text)
    assert found == cut.format(*(located(corpus, *place) for place in places))
    assert excerpt.cut(found) == found


def test_nothing_is_left_of_two_allowed_runs_that_join_to_another(excerpt: Excerpt, corpus: Corpus) -> None:
    for article in corpus.articles.values():
        shown = excerpt.articles[article.id].words((Span(0, len(article.text)),))
        assert excerpt.cut(shown) == shown


def test_texts_are_cut_as_one(excerpt: Excerpt, corpus: Corpus) -> None:
    place = located(corpus, "101", REST)
    texts = ["Yes: The company ", "refuses", " to rehire seven pilots before talks begin."]
    assert excerpt.cut_all(texts) == [f"Yes: {place} ", "", " ."]


def test_an_article_shows_what_is_allowed_by_offset(excerpt: Excerpt, corpus: Corpus) -> None:
    article = excerpt.articles["102"]
    whole = Span(article.text.index("four"), article.text.index("said.") + 5)
    assert article.words((whole,)) == f"four officials {located(corpus, '102', 'said.')}"
    assert article.words((span(corpus, "102", "Union"),)) == located(corpus, "102", "Union")
    assert article.text == corpus.articles["102"].text


def test_registers_and_passages_are_cut_and_ids_stay(excerpt: Excerpt, corpus: Corpus) -> None:
    assert excerpt.corpus.passages.keys() == corpus.passages.keys()
    assert excerpt.corpus.passages["101/dusk"].spans == corpus.passages["101/dusk"].spans
    assert excerpt.corpus.words("101/dusk") == f'"{DUSK},"'
    claim = excerpt.corpus.claims["night-boats-stop"]
    assert claim.statement == "The night boats will stop in winter."
    place = located(corpus, "101", "Brightwater Ferries will stop its night boats in winter")
    assert excerpt.corpus.words("101/claim.night-boats-stop") == place
    assert place in str(claim.readings["101"])


def test_a_tree_is_cut_with_what_its_attributes_show(excerpt: Excerpt, corpus: Corpus) -> None:
    halves = [nodes.Text("The company refuses to"), nodes.strong("", " rehire seven pilots")]
    tree = nodes.section(
        "", nodes.paragraph("", "", *halves), nodes.image(alt=f"Bars: {REST}", title=REST, uri="a b.svg")
    )
    tree["locators"] = {"101/a": REST}
    excerpt.cut_tree(tree)
    [paragraph], [image] = tree.findall(nodes.paragraph), tree.findall(nodes.image)
    place = located(corpus, "101", "The company refuses to rehire seven pilots")
    assert paragraph.astext() == f"{place} "
    assert image.attributes["alt"] == f"Bars: {located(corpus, '101', REST)}"
    assert image["title"] == tree["locators"]["101/a"] == located(corpus, "101", REST)
    assert image["uri"] == "a b.svg"


def test_locators_in_prose_are_set_apart_once_and_code_stays_text(excerpt: Excerpt, corpus: Corpus) -> None:
    place = located(corpus, "101", REST)
    tree = nodes.section(
        "", nodes.paragraph("", f"It {REST}, twice {REST}."), nodes.literal_block("", f"It {REST}")
    )
    for _ in range(2):
        excerpt.cut_tree(tree)
    apart = [str(each) for each in tree.findall(nodes.inline)]
    assert apart == [f'<inline classes="located">{place}</inline>'] * 2
    assert [each.astext() for each in tree] == [f"It {place}, twice {place}.", f"It {place}"]


@pytest.mark.parametrize("space", [" ", "\n", "\u00a0"])
def test_words_are_cut_whatever_parts_them(excerpt: Excerpt, corpus: Corpus, space: str) -> None:
    assert excerpt.cut(REST.replace(" ", space)) == located(corpus, "101", REST)
    assert excerpt.cut(REST.split()) != REST.split()


@pytest.mark.parametrize(
    ("evidence", "article"), [([], "101"), (["102/pilot"], "102"), (["103/stop", "102/pilot"], "102")]
)
def test_words_of_several_articles_are_located_where_the_evidence_is(
    corpus: Corpus, evidence: list[str], article: str
) -> None:
    index = WordIndex(corpus)
    bare = Excerpt(corpus, index, allowance(index, [], share=0, longest=40))
    words = "No boat will sail after"
    cell = bare.cut({"text": words, "evidence": evidence})
    assert cell == {"text": located(corpus, article, words), "evidence": evidence}


def output(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def test_a_notebook_is_cut_and_its_pictures_stay(excerpt: Excerpt, corpus: Corpus) -> None:
    kept = {"text": DUSK, "evidence": [], "marks": [[0, 2]]}
    cells = [{"text": REST, "evidence": [], "marks": [[0, 3]]}, kept]
    table = json.dumps({"name": "a", "caption": "b", "columns": ["c"], "rows": [[cells]]})
    picture = f"<!-- {REST} -->"
    shown = output(**{MIME: table, "image/svg+xml": picture, "text/plain": [f"| {REST} |"]})
    stream = {"output_type": "stream", "name": "stdout", "text": REST}
    lines = ["The company refuses to\n", "rehire seven pilots"]
    notebook = {
        "cells": [
            {"cell_type": "markdown", "source": lines, "metadata": {}},
            {"cell_type": "code", "source": "show()", "metadata": {}, "outputs": [shown, stream]},
        ],
        "metadata": {"retold": {"key": "k"}},
    }
    place = located(corpus, "101", REST)
    prose, code = excerpt.cut_notebook(notebook)["cells"]
    assert REST not in "".join(prose["source"]).replace("\n", " ")
    assert prose["source"][0].startswith("[101 ¶4")
    data = code["outputs"][0]["data"]
    assert json.loads(data[MIME])["rows"] == [[[{"text": place, "evidence": []}, kept]]]
    assert data["image/svg+xml"] == picture
    assert data["text/plain"] == [f"| {place} |"]
    assert code["outputs"][1]["text"] == place
    assert find_pictures(notebook) == [picture]
