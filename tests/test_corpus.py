"""Ask a loaded story for passages, words and paragraphs."""

from __future__ import annotations

import dataclasses

import pytest
from retold import Corpus, Span
from retold.vocabulary import Layer

QUANTITIES = [
    *(f"101/{name}" for name in ("two-sources", "seven-pilots", "nine-damaged", "fleet", "strait")),
    *("102/nine-damaged", "102/officials-number", "103/several", "103/half"),
]
CARRIED = ["night-boats-stop", "no-sailing", "crews"]


@pytest.mark.parametrize(
    ("layer", "article", "found"),
    [
        pytest.param("position", None, ["101/rehire"], id="of all articles"),
        pytest.param("position", "102", [], id="none"),
        pytest.param("event", "102", ["102/stop", "102/damage", "102/pier"], id="in the file's order"),
        pytest.param("quantity", None, QUANTITIES, id="article by article"),
        pytest.param("claim", "103", [f"103/claim.{name}" for name in CARRIED], id="readings"),
    ],
)
def test_find_passages(corpus: Corpus, layer: Layer, article: str | None, found: list[str]) -> None:
    assert [passage.id for passage in corpus.find_passages(layer, article=article)] == found


@pytest.mark.parametrize(
    ("layer", "claim", "found"),
    [
        pytest.param(
            "claim", "no-sailing", [f"{a}/claim.no-sailing" for a in (101, 102, 103)], id="readings"
        ),
        pytest.param("quantity", "boats-damaged", ["101/nine-damaged", "102/nine-damaged"], id="quantities"),
        pytest.param("quantity", "crews", [], id="no quantities"),
        pytest.param("event", "crews", [], id="events are about no claim"),
    ],
)
def test_find_passages_about_a_claim(corpus: Corpus, layer: Layer, claim: str, found: list[str]) -> None:
    assert [passage.id for passage in corpus.find_passages(layer, claim=claim)] == found


def test_find_passages_about_an_unknown_claim_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="tides"):
        corpus.find_passages("claim", claim="tides")


def test_what_find_passages_returns_can_be_changed_without_harm(corpus: Corpus) -> None:
    found = corpus.find_passages("event")
    found.clear()
    assert corpus.find_passages("event")


def test_find_passages_of_an_unknown_article_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="109"):
        corpus.find_passages("event", article="109")


def test_find_passages_of_an_article_and_a_claim_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(TypeError, match="not both"):
        corpus.find_passages("claim", article="103", claim="crews")


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        pytest.param((Span(0, 7),), "Ferries", id="one"),
        pytest.param((Span(0, 7), Span(11, 15)), "Ferries … stop", id="two"),
        pytest.param((), "", id="none"),
    ],
)
def test_words_of_spans(corpus: Corpus, spans: tuple[Span, ...], words: str) -> None:
    assert corpus.articles["101"].words(spans) == words


@pytest.mark.parametrize(
    ("identifier", "number"),
    [
        pytest.param("101/gazette", 2, id="second"),
        pytest.param("101/dusk", 3, id="third"),
        pytest.param("101/chairwoman", 4, id="no blank line between"),
        pytest.param("101/strait", 6, id="after a blank line"),
    ],
)
def test_paragraph(corpus: Corpus, identifier: str, number: int) -> None:
    assert corpus.articles["101"].paragraph(corpus.passages[identifier].spans) == number


@pytest.mark.parametrize(
    ("identifier", "main"),
    [
        pytest.param("101/dusk", "content", id="attribution"),
        pytest.param("101/fleet", "surface", id="quantity"),
        pytest.param("101/rehire", "quote", id="position"),
        pytest.param("101/stop", "surface", id="event"),
        pytest.param("101/claim.crews", "", id="not carried"),
        pytest.param("103/claim.crews", "reading", id="reading"),
    ],
)
def test_spans_are_those_of_the_main_part(corpus: Corpus, identifier: str, main: str) -> None:
    passage = corpus.passages.get(identifier)
    assert (passage.main if passage else "") == main
    assert passage is None or passage.spans == passage.parts[main]


@pytest.mark.parametrize("name", ["articles", "root"])
def test_a_corpus_cannot_be_changed(corpus: Corpus, name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(corpus, name, None)


def test_a_record_cannot_be_changed(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="frozen"):
        corpus.passages["101/fleet"].record.value = 15


@pytest.mark.parametrize(
    ("passage", "part", "words"),
    [
        ("101/dusk", None, '"No boat will sail after dusk,"'),
        ("101/dusk", "cue", "told"),
        ("101/gazette-dusk", "cue", ""),
        ("101/stop", "time", "in winter"),
        ("101/dusk", "time", ""),
    ],
)
def test_words_of_a_passage_or_of_a_part(corpus: Corpus, passage: str, part: str | None, words: str) -> None:
    assert corpus.words(passage, part) == words
