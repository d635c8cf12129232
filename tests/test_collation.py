"""Collate readings: differing words, words between quotation marks, and claims for an article's length."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from conftest import A101, A102, CLAIMS, SEED_101, SEED_103
from hypothesis import given
from hypothesis import strategies as st
from retold import Corpus, load_corpus
from retold.collation import (
    carried,
    compare_quotations,
    differing,
    find_common_words,
    find_speech,
    find_utterances,
    quoted,
    shared_readings,
)
from retold.model import Span
from retold.text import find_words, tokens

Load = Callable[..., Corpus]
ROOT = Path(__file__).parents[1]


def shown(texts: list[str], spans: list[list[Span]]) -> list[list[str]]:
    return [[text[a:b] for a, b in each] for text, each in zip(texts, spans, strict=True)]


@pytest.mark.parametrize(
    "text", ["", "No boat’s crew", "‘Tis O`Hara's", "a_b, c-d", "🛥 six 7km²", "rock 'n' roll", "x'' y"]
)
def test_words_are_the_tokens_with_their_places(text: str) -> None:
    words = find_words(text)
    assert [word.token for word in words] == tokens(text)
    assert [tokens(text[word.span.start : word.span.end]) for word in words] == [[w.token] for w in words]


@pytest.mark.parametrize(
    ("readings", "found"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["a boat sails"], [[]], id="one differs from nothing"),
        pytest.param(["No boat’s crew, sails.", "no boat's crew sails"], [[], []], id="signs and capitals"),
        pytest.param(["a b", ""], [["a b"], []], id="an empty one lacks all"),
        pytest.param(
            ["at dusk they sail", "after dark they sail"], [["at dusk"], ["after dark"]], id="joined"
        ),
        pytest.param(["x boat y", "v boat w"], [["x", "y"], ["v", "w"]], id="apart"),
        pytest.param(["a b c", "b c a"], [["a"], ["a"]], id="in another place"),
        pytest.param(["the old boat", "the boat"], [["old"], []], id="one word more"),
        pytest.param(["a b c", "a b d", "a x c"], [["b c"], ["b d"], ["x c"]], id="unmatched in any other"),
        pytest.param(["a, b! c", "d"], [["a, b! c"], ["d"]], id="signs inside a run are inside its span"),
    ],
)
def test_differing_words(readings: list[str], found: list[list[str]]) -> None:
    assert shown(readings, differing(readings)) == found


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=6), min_size=2, max_size=4))
def test_unmarked_words_stand_in_every_other_reading_in_order(words: list[list[str]]) -> None:
    readings = [" ".join(each) for each in words]
    for reading, spans in zip(readings, differing(readings), strict=True):
        plain = [w.token for w in find_words(reading) if not any(a <= w.span.start < b for a, b in spans)]
        for other in readings:
            rest = iter(other.split())
            assert all(word in rest for word in plain)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=6), min_size=2, max_size=2))
def test_no_more_words_are_marked_than_must_be(words: list[list[str]]) -> None:
    one, other = words
    longest = max(
        size
        for size in range(len(one) + 1)
        for kept in combinations(one, size)
        if (rest := iter(other)) and all(word in rest for word in kept)
    )
    marked = differing([" ".join(one), " ".join(other)])[0]
    assert len(one) - sum((span.end - span.start + 1) // 2 for span in marked) == longest


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        pytest.param("they will sail at dusk", "WILL sail", ["will sail"], id="all of the words"),
        pytest.param("they will sail at dusk", "sail", ["sail"], id="a single word that is all"),
        pytest.param("they will sail at dusk", "a sail for dusk", [], id="lone words"),
        pytest.param("they will sail at dusk", "they will row at dusk", ["they will", "at dusk"], id="two"),
        pytest.param("they will sail", "", [], id="no words"),
        pytest.param("", "will sail", [], id="no text"),
    ],
)
def test_stretches(text: str, words: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in find_common_words(text, words)] == found


@pytest.mark.parametrize(
    ("first", "second", "relation", "reason"),
    [
        pytest.param("No boat.", "No boat.", "same words", "alike in every sign", id="alike"),
        pytest.param(
            "No boat’s crew.",
            "no boat's crew,",
            "same words",
            "only punctuation or capitals differ",
            id="signs",
        ),
        pytest.param(
            "the first [ferry] strike",
            "the first strike",
            "same words",
            "only words in square brackets differ",
            id="an insertion",
        ),
        pytest.param(
            "boat will", "No boat will sail", "shorter", "the first is a stretch of the second", id="shorter"
        ),
        pytest.param("No boat", "boat", "longer", "the second is a stretch of the first", id="longer"),
        pytest.param(
            "No will",
            "No boat will",
            "different words",
            "only the first has: nothing; only the second has: boat",
            id="a word left out",
        ),
        pytest.param(
            "at [late] dusk",
            "after dusk",
            "different words",
            "only the first has: at; only the second has: after",
            id="other words",
        ),
        pytest.param(None, "boat", "not quoted", "only the second quotes words", id="none here"),
        pytest.param("boat", "", "not quoted", "only the first quotes words", id="none there"),
        pytest.param(None, None, "not quoted", "neither quotes words", id="neither"),
        pytest.param("[sic] …", "boat", "not quoted", "only the second quotes words", id="signs alone"),
    ],
)
def test_quotations_compared(first: str | None, second: str | None, relation: str, reason: str) -> None:
    assert compare_quotations(first, second) == (relation, reason)


MIRRORED = {"shorter": "longer", "longer": "shorter"}


@given(st.lists(st.lists(st.sampled_from("ab"), max_size=4).map(" ".join), min_size=2, max_size=2))
def test_relations_mirror(words: list[str]) -> None:
    there, back = (compare_quotations(*each).relation for each in (words, words[::-1]))
    assert back == MIRRORED.get(there, there)


MARKED = [
    (SEED_101, "The strait is six miles wide.", "The “strait” is six miles wide."),
    (A101, "The strait is six miles wide.", "The “strait” is six miles wide."),
]
SAID = [(A101, "    form: direct\n    quote_mark: straight\n", "")]


@pytest.mark.parametrize(
    ("article", "changes", "speech"),
    [
        pytest.param("101", [], ['"No boat will sail after dusk,"'], id="marks, by the attribution's span"),
        pytest.param("101", SAID, ["No boat will sail after dusk,"], id="marks alone"),
        pytest.param("101", MARKED, ['"No boat will sail after dusk,"', "strait"], id="marks of two kinds"),
        pytest.param("102", [], ["No boat will sail after dark"], id="after a dash"),
        pytest.param(
            "102", [(A102, "form: direct\n", "form: indirect\n")], [], id="a dash, no direct speech"
        ),
        pytest.param("103", [], ["“Nobody sails in the dark”"], id="a title is nobody's speech"),
    ],
)
def test_speech(changed: Load, article: str, changes: list[tuple[str, str, str]], speech: list[str]) -> None:
    corpus = changed(*changes)
    text = corpus.articles[article].text
    assert [text[a:b] for a, b in find_speech(corpus, corpus.articles[article])] == speech


PARTLY = (
    CLAIMS,
    "101: '\"No boat will sail after dusk,\"'",
    '101: boat will sail after dusk," one of the pilots',
)
PARTS = (CLAIMS, "101: '\"No boat will sail after dusk,\"'", "101: [dusk, No boat]")


@pytest.mark.parametrize(
    ("reading", "changes", "words"),
    [
        pytest.param("101/claim.no-sailing", [], "No boat will sail after dusk,", id="marks are left out"),
        pytest.param("101/claim.no-sailing", [PARTLY], "boat will sail after dusk,", id="partly quoted"),
        pytest.param("101/claim.no-sailing", [PARTS], "No boat … dusk", id="parts, in the article's order"),
        pytest.param("102/claim.no-sailing", [], "No boat will sail after dark", id="a dash"),
        pytest.param("101/claim.boats-damaged", [], "", id="not quoted"),
    ],
)
def test_quoted_words_of_a_reading(
    changed: Load, reading: str, changes: list[tuple[str, str, str]], words: str
) -> None:
    corpus = changed(*changes)
    passage = corpus.passages[reading]
    assert corpus.articles[passage.article].words(quoted(corpus, passage)) == words


def words_of(corpus: Corpus) -> dict[str, dict[str, str]]:
    return {
        each.claim: {article: corpus.articles[article].words(spans) for article, spans in each.quoted.items()}
        for each in find_utterances(corpus)
    }


def test_utterances(corpus: Corpus) -> None:
    quotations = ("No boat will sail after dusk,", "No boat will sail after dark", "Nobody sails in the dark")
    assert words_of(corpus) == {"no-sailing": dict(zip(("101", "102", "103"), quotations, strict=True))}


AS_PARAPHRASE = [
    (
        "annotations/103.yaml",
        "“Nobody sails in the dark”\n    form: direct\n    quote_mark: curly",
        "‘Nobody sails in the dark’",
    ),
    (CLAIMS, "“Nobody sails in the dark”", "‘Nobody sails in the dark’"),
]


def test_an_article_that_paraphrases_stays_beside_those_that_quote(changed: Load) -> None:
    corpus = changed((SEED_103, "“Nobody sails in the dark”", "‘Nobody sails in the dark’"), *AS_PARAPHRASE)
    assert words_of(corpus)["no-sailing"]["103"] == ""


def test_what_one_article_alone_quotes_is_no_utterance(changed: Load) -> None:
    indirect = (A102, "    form: direct\n    quote_mark: dash\n", "")
    assert words_of(changed(indirect, (CLAIMS, "103: “Nobody sails in the dark”", "103: null"))) == {}


def test_claims_for_the_length_of_an_article(corpus: Corpus) -> None:
    frame = carried(corpus)
    assert frame.index.name == "article"
    assert frame.drop(columns="claims_per_100_words").to_dict("index") == {
        "101": {"words": 77, "claims": 2},
        "102": {"words": 53, "claims": 2},
        "103": {"words": 41, "claims": 2},
    }
    assert frame["claims_per_100_words"].tolist() == [200 / 77, 200 / 53, 200 / 41]


def test_claims_that_fewer_than_two_others_carry_do_not_count(changed: Load) -> None:
    corpus = changed((CLAIMS, "103: “Nobody sails in the dark”", "103: null"))
    assert {article: [each.id for each in found] for article, found in shared_readings(corpus).items()} == {
        article: [f"{article}/claim.night-boats-stop"] for article in ("101", "102", "103")
    }


@pytest.fixture(scope="module")
def book() -> Corpus:
    """Return the corpus of the book."""
    return load_corpus(ROOT)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        pytest.param(
            "very-early-talks",
            [
                "There’s very early talks about potentially restarting something.",
                "very early talks",
                "",
                "There are very early talks about potentially relaunching something.",
                "There are very early talks about potentially restarting something,",
            ],
            id="whole, in part, and in other words",
        ),
        pytest.param(
            "kursk-quotation",
            [
                "as long as the Ukrainians are trampling the land in Kursk",
                "As long as Ukrainians are in Kursk, Putin will target Zelensky's energy infrastructure",
                "While the Ukrainians are trampling the ground in Kursk, "
                "Putin will attack Zelenskyʼs energy infrastructure,",
            ],
            id="one after a dash",
        ),
    ],
)
def test_what_the_five_quote(book: Corpus, claim: str, words: list[str]) -> None:
    assert list(words_of(book)[claim].values()) == words
