"""Choose what an edition for publication shows; the articles of the story have 67, 48 and 39 words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retold import Corpus
from retold.model import Span
from retold.text import tokens
from retold_excerpt.allowance import WordIndex, allowance, runs


def spans_of(corpus: Corpus, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, Span]]:
    """Return article and span of words that stand in the article."""
    found = []
    for article, words in wanted:
        start = corpus.articles[article].text.index(words)
        found.append((article, Span(start, start + len(words))))
    return found


def allowed(
    corpus: Corpus, *wanted: tuple[str, str], share: float = 1, longest: int = 40
) -> dict[str, list[str]]:
    """Return the words allowed in each article that shows any."""
    shown = allowance(WordIndex(corpus), spans_of(corpus, wanted), share=share, longest=longest)
    texts = {article: corpus.articles[article].text for article in shown}
    return {each: [texts[each][slice(*span)] for span in spans] for each, spans in shown.items() if spans}


@pytest.mark.parametrize(
    ("wanted", "options", "shown"),
    [
        pytest.param([], {}, {}, id="nothing wanted"),
        pytest.param(
            [("102", "a pilot"), ("103", "crews want a contract")],
            {},
            {"102": ["a pilot"], "103": ["crews want a contract."]},
            id="two articles, and the punctuation that adjoins",
        ),
        pytest.param(
            [("103", "Nobody sails in the dark")], {}, {"103": ["“Nobody sails in the dark”,"]}, id="marks"
        ),
        pytest.param(
            [("101", "six miles wide"), ("101", "The strait is six")],
            {},
            {"101": ["The strait is six miles wide."]},
            id="overlapping",
        ),
        pytest.param(
            [("101", "The strait is"), ("101", "six miles wide")],
            {},
            {"101": ["The strait is six miles wide."]},
            id="adjacent",
        ),
    ],
)
def test_what_is_wanted_is_allowed(
    corpus: Corpus, wanted: list[tuple[str, str]], options: dict[str, float], shown: dict[str, list[str]]
) -> None:
    assert allowed(corpus, *wanted, **options) == shown  # type: ignore[arg-type]


SPOKEN = "No boat will sail after dark, a pilot told the paper."


@pytest.mark.parametrize(
    ("longest", "shown"),
    [
        pytest.param(11, [f"– {SPOKEN}"[2:]], id="all"),
        pytest.param(10, ["No boat will sail after dark, a pilot told the"], id="without the last word"),
        pytest.param(5, ["No boat will sail after"], id="a run of five"),
        pytest.param(4, [], id="less than five is left out"),
    ],
)
def test_a_stretch_that_is_too_long_is_shortened_by_words(
    corpus: Corpus, longest: int, shown: list[str]
) -> None:
    assert allowed(corpus, ("102", SPOKEN), longest=longest).get("102", []) == shown


def test_a_stretch_of_less_than_five_words_is_never_shortened(corpus: Corpus) -> None:
    assert allowed(corpus, ("102", "a pilot told the"), longest=3) == {}


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        pytest.param(6, ["No boat will sail after dark,"], id="room for the first"),
        pytest.param(8, ["No boat will sail after dark,", "four officials"], id="room for both"),
        pytest.param(7, ["No boat will sail after dark,"], id="the second does not fit"),
    ],
)
def test_the_first_wanted_is_the_first_served(corpus: Corpus, size: int, shown: list[str]) -> None:
    share = (size + 0.5) / len(tokens(corpus.articles["102"].text))
    wanted = [("102", "No boat will sail after dark"), ("102", "four officials")]
    assert allowed(corpus, *wanted, share=share).get("102", []) == shown


def test_neighbours_may_not_join_to_more_than_the_longest(corpus: Corpus) -> None:
    wanted = [("103", "The film “Low Tide”"), ("103", "was shot on the pier")]
    assert allowed(corpus, *wanted, longest=9) == {"103": ["The film “Low Tide” was shot on the pier."]}
    assert allowed(corpus, *wanted, longest=8) == {"103": ["The film “Low Tide”"]}


ALIKE = "The boats need a crew’s Own repairs, they say."


@pytest.fixture
def alike(changed: Callable[..., Corpus]) -> Corpus:
    """Return the story with a sentence of one article in another, its apostrophe and case changed."""
    film, strait = "The film “Low Tide” was shot on the pier.", "The strait is six miles wide."
    other = ALIKE.replace("’", "'").replace("Own", "own")
    return changed(
        ("seeds/101_night.txt", strait, f"{strait} {ALIKE}"),
        ("annotations/101.yaml", strait, f"{strait} {ALIKE}"),
        ("seeds/103_winter.txt", film, f"{film} {other}"),
        ("annotations/103.yaml", film, f"{film} {other}"),
    )


@pytest.mark.parametrize("article", ["101", "103"])
def test_what_two_articles_share_counts_in_both(alike: Corpus, article: str) -> None:
    words = "need a crew’s Own repairs" if article == "101" else "need a crew's own repairs"
    both = {"101": ["need a crew’s Own repairs,"], "103": ["need a crew's own repairs,"]}
    assert allowed(alike, (article, words)) == both
    few = 5.5 / len(tokens(alike.articles["101"].text))
    assert allowed(alike, ("101", "The strait is six"), (article, words), share=few) == {
        "101": ["The strait is six"]
    }


@given(st.lists(st.tuples(st.sampled_from(["101", "102", "103"]), st.integers(0, 300), st.integers(1, 200))))
def test_no_article_shows_more_than_it_may(corpus: Corpus, wanted: list[tuple[str, int, int]]) -> None:
    index = WordIndex(corpus)
    stretches = [(article, Span(start, start + size)) for article, start, size in wanted]
    for article, spans in allowance(index, stretches, share=0.3, longest=9).items():
        shown = [at for span in spans for at in index.within(article, span)]
        assert len(shown) <= 0.3 * len(index.words[article])
        assert all(last - first < 9 for first, last in runs(shown))
