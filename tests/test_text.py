"""Find words in texts: paragraphs, sentences, tokens, selectors, and sets of spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retold import Span
from retold.model import Selector
from retold.text import (
    find_selector,
    length,
    merge,
    nearest,
    overlap,
    paragraph_number,
    paragraphs,
    sentence_at,
    sentences,
    tokens,
)

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: Span(pair[0], sum(pair))), max_size=8
)
TEXTS = st.text(alphabet="ab ʼ“🛥\n.", max_size=40)


def cut_out(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def characters(spans: list[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\t\n", [], id="blank lines"),
        pytest.param("One.\n\nTwo.\n", ["One.", "Two."], id="blank line between"),
        pytest.param("One.\nTwo.", ["One.", "Two."], id="no blank line between"),
        pytest.param("\n  🛥 One. \n", ["  🛥 One. "], id="blanks at the ends stay"),
    ],
)
def test_paragraphs(text: str, found: list[str]) -> None:
    assert cut_out(text, paragraphs(text)) == found


@pytest.mark.parametrize(
    ("offset", "number"),
    [
        pytest.param(0, 0, id="before the first"),
        pytest.param(1, 1, id="first character"),
        pytest.param(4, 1, id="last character"),
        pytest.param(6, 1, id="blank line after it"),
        pytest.param(7, 2, id="next"),
        pytest.param(99, 2, id="after the end"),
    ],
)
def test_paragraph_number(offset: int, number: int) -> None:
    assert paragraph_number("\nOne.\n\nTwo.\n", offset) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It left. It sank.", ["It left.", "It sank."], id="two"),
        pytest.param("It left.  It sank. ", ["It left.", "It sank. "], id="wide gap"),
        pytest.param("It left.\nit sank", ["It left.", "it sank"], id="a line ends one"),
        pytest.param("It left? No! Yes.", ["It left?", "No!", "Yes."], id="other marks"),
        pytest.param("“It left.” He said.", ["“It left.”", "He said."], id="mark inside quotation"),
        pytest.param("It left. “It sank.”", ["It left.", "“It sank.”"], id="quotation begins one"),
        pytest.param("It left. – It sank.", ["It left.", "– It sank."], id="dash begins one"),
        pytest.param("Mr. Dorn left.", ["Mr. Dorn left."], id="abbreviation"),
        pytest.param("A. Berg left.", ["A. Berg left."], id="initial"),
        pytest.param("3.5 boats sank.", ["3.5 boats sank."], id="decimal point"),
        pytest.param("In No. 5 vs. it left.", ["In No. 5 vs. it left."], id="lower case goes on"),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert cut_out(text, sentences(text)) == found


@given(TEXTS)
def test_sentences_cover_every_character_of_every_paragraph_but_blanks(text: str) -> None:
    covered = characters(sentences(text))
    assert covered <= characters(paragraphs(text))
    assert all(text[at].isspace() for at in characters(paragraphs(text)) - covered)


@pytest.mark.parametrize(
    ("span", "found"),
    [
        pytest.param(Span(3, 7), "It left.", id="inside one"),
        pytest.param(Span(3, 12), "It left. It sank.", id="across two"),
        pytest.param(Span(9, 17), "It sank.", id="exactly one"),
        pytest.param(Span(18, 19), "\n", id="outside all"),
    ],
)
def test_sentence_at(span: Span, found: str) -> None:
    text = "It left. It sank.\n\nWet."
    assert cut_out(text, [sentence_at(text, span)]) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The Pier, 2 boats!", ["the", "pier", "2", "boats"], id="signs"),
        pytest.param("o’clock oʼclock o'clock", ["o'clock"] * 3, id="apostrophes"),
        pytest.param("‘quoted’ pilots’", ["quoted", "pilots"], id="outer apostrophes"),
        pytest.param("night-boat low_tide", ["night", "boat", "low", "tide"], id="joined"),
        pytest.param("40,000 boats, 3.5 of 1,200.", ["40,000", "boats", "3.5", "of", "1,200"], id="numbers"),
        pytest.param("6,7.8 at pier 3,4th", ["6,7.8", "at", "pier", "3,4th"], id="digits on both sides"),
        pytest.param("pier 3,east 4.Then", ["pier", "3", "east", "4", "then"], id="a digit on one side"),
        pytest.param("Ґава É", ["ґава", "é"], id="other letters"),
        pytest.param(" – …", [], id="none"),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        pytest.param(Selector(exact="boat"), [Span(2, 6), Span(11, 15)], id="twice"),
        pytest.param(Selector(exact="boat", prefix="🛥 "), [Span(2, 6)], id="prefix, code points"),
        pytest.param(Selector(exact="boat", suffix="s"), [Span(11, 15)], id="suffix"),
        pytest.param(Selector(exact="boat", prefix="a ", suffix="s"), [], id="prefix of neither"),
        pytest.param(Selector(exact="Boat"), [], id="case counts"),
    ],
)
def test_find_selector(selector: Selector, found: list[Span]) -> None:
    text = "🛥 boat and boats"
    assert find_selector(text, selector) == found


def test_find_selector_returns_places_that_overlap() -> None:
    assert find_selector("aaa", Selector(exact="aa")) == [Span(0, 2), Span(1, 3)]


@given(TEXTS.filter(bool), st.data())
def test_find_selector_finds_what_was_cut_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, after = data.draw(st.integers(0, start)), data.draw(st.integers(end, len(text)))
    selector = Selector(exact=text[start:end], prefix=text[before:start], suffix=text[end:after])
    found = find_selector(text, selector)
    assert Span(start, end) in found
    assert {text[span.start : span.end] for span in found} == {selector.exact}


@given(TEXTS.filter(bool), st.data())
def test_a_place_is_singled_out_by_its_whole_surroundings(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = Selector(exact=text[start:end], prefix=text[:start], suffix=text[end:])
    assert find_selector(text, whole) == [Span(start, end)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("nihgt boats", "night boats", id="slip of the pen"),
        pytest.param("night boats", "night boats", id="there"),
        pytest.param("six night boats stop early", "The night boats stop.", id="longer than the text"),
    ],
)
def test_nearest(words: str, found: str) -> None:
    assert nearest("The night boats stop.", words) == found


def test_nearest_is_found_by_how_long_words_begin() -> None:
    text = " ".join(["b" * 100, "a" * 2000, "b" * 100])
    assert nearest(text, "a" * 2000 + "b" * 5000) == "a" * 2000


@given(TEXTS, TEXTS)
def test_nearest_is_always_a_stretch_of_the_text(text: str, words: str) -> None:
    assert nearest(text, words) in text


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        pytest.param([], [], id="none"),
        pytest.param([Span(5, 7), Span(0, 2)], [Span(0, 2), Span(5, 7)], id="apart, in order"),
        pytest.param([Span(0, 2), Span(2, 4)], [Span(0, 4)], id="touching"),
        pytest.param([Span(0, 9), Span(2, 4)], [Span(0, 9)], id="one inside another"),
        pytest.param([Span(0, 3), Span(2, 4), Span(1, 2)], [Span(0, 4)], id="overlapping"),
    ],
)
def test_merge(spans: list[Span], merged: list[Span]) -> None:
    assert merge(spans) == merged


@given(SPANS)
def test_merge_keeps_every_character_and_leaves_gaps_between(spans: list[Span]) -> None:
    merged = merge(spans)
    assert characters(merged) == characters(spans)
    assert all(left.end < right.start for left, right in pairwise(merged))
    assert merge(merged) == merged


@given(SPANS)
def test_length_counts_each_character_once(spans: list[Span]) -> None:
    assert length(spans) == len(characters(spans))


@given(SPANS, SPANS)
def test_overlap_counts_each_shared_character_once(left: list[Span], right: list[Span]) -> None:
    assert overlap(left, right) == len(characters(left) & characters(right))
    assert overlap(left, right) == overlap(right, left)
