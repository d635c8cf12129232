"""Follow who says what, and count newsrooms and people behind claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import A101, A102, A103, CLAIMS, SOURCES
from retold import Corpus, Span
from retold.provenance import (
    Interval,
    chain,
    citations,
    citers,
    find_attributions,
    find_readings,
    human_sources,
    is_worded,
    layers,
    newsroom_attributions,
    newsroom_roots,
    people,
    reading_newsrooms,
    speaker,
    told_alone,
)

Changed = Callable[..., Corpus]


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        pytest.param(Interval(2, 2), "2", id="one value"),
        pytest.param(Interval(1, 3), "1–3", id="bounded"),
        pytest.param(Interval(2, None), "2 or more", id="open"),
        pytest.param(Interval(0, 0), "0", id="none"),
    ],
)
def test_an_interval_reads_as_words(interval: Interval, words: str) -> None:
    assert str(interval) == words


@pytest.mark.parametrize(
    ("span", "found"),
    [
        pytest.param(Span(43, 98), ["gazette", "pilots"], id="outermost first"),
        pytest.param(Span(218, 279), ["gazette-rehire", "chairwoman"], id="implied layer"),
        pytest.param(Span(93, 103), ["gazette", "pilots"], id="exactly half"),
        pytest.param(Span(93, 104), [], id="less than half"),
        pytest.param(Span(402, 431), [], id="own voice"),
    ],
)
def test_find_attributions(corpus: Corpus, span: Span, found: list[str]) -> None:
    assert [passage.record.id for passage in find_attributions(corpus, "101", [span])] == found


def test_find_attributions_counts_the_characters_of_all_parts(corpus: Corpus) -> None:
    inside, outside = Span(43, 53), Span(402, 412)
    assert find_attributions(corpus, "101", [inside, outside]) != []
    assert find_attributions(corpus, "101", [inside, outside, Span(412, 413)]) == []


CHAINS = [
    pytest.param("101/gazette", ["harbour-post", "gazette"], id="attribution"),
    pytest.param("101/pilots", ["harbour-post", "gazette", "two-pilots"], id="nested attribution"),
    pytest.param("101/rehire", ["harbour-post", "gazette", "anna-berg"], id="position, implied layer"),
    pytest.param("101/stop", ["harbour-post", "gazette", "two-pilots"], id="event"),
    pytest.param("101/fleet", ["harbour-post", "port-office"], id="quantity"),
    pytest.param("101/strait", ["harbour-post"], id="own voice"),
    pytest.param("103/claim.no-sailing", ["island-news", "former-pilot"], id="reading"),
    pytest.param("102/officials-number", ["coast-daily"], id="words of a source are the outlet's"),
]


@pytest.mark.parametrize(("identifier", "sources"), CHAINS)
def test_chain(corpus: Corpus, identifier: str, sources: list[str]) -> None:
    passage = corpus.passages[identifier]
    assert list(chain(corpus, passage)) == sources
    assert [layer.record.source for layer in layers(corpus, passage)] == sources[1:]
    assert speaker(corpus, passage) == sources[-1]


def test_of_equally_deep_layers_the_first_in_the_file_counts(changed: Changed) -> None:
    corpus = changed((A101, "    within: gazette\n", ""))
    assert chain(corpus, corpus.passages["101/stop"]) == ("harbour-post", "gazette")
    assert chain(corpus, corpus.passages["101/pilots"]) == ("harbour-post", "two-pilots")


def test_layers_in_a_circle_are_refused(changed: Changed) -> None:
    corpus = changed((A101, "cue: reported\n", "cue: reported\n    within: pilots\n"))
    with pytest.raises(ValueError, match="'101/pilots' lies within itself"):
        chain(corpus, corpus.passages["101/pilots"])


@pytest.mark.parametrize(
    ("source", "article", "found"),
    [
        pytest.param("gazette", "101", ["gazette", "gazette-dusk", "gazette-rehire"], id="implied last"),
        pytest.param("gazette", "102", ["gazette", "paper"], id="worded alone"),
        pytest.param("gazette", "103", [], id="not cited"),
        pytest.param("harbour-post", "101", [], id="an outlet does not cite itself"),
    ],
)
def test_citations(corpus: Corpus, source: str, article: str, found: list[str]) -> None:
    assert [passage.record.id for passage in citations(corpus, source, article)] == found


def test_citations_put_worded_ones_first(changed: Changed) -> None:
    corpus = changed((A101, "    source_text: the Eskholm Gazette\n    cue: reported\n", ""))
    found = [passage.record.id for passage in citations(corpus, "gazette", "101")]
    assert found == ["gazette-dusk", "gazette", "gazette-rehire"]


@pytest.mark.parametrize(
    ("identifier", "worded"),
    [
        pytest.param("101/dusk", True, id="both"),
        pytest.param("101/gazette-dusk", True, id="source alone"),
        pytest.param("101/gazette-rehire", False, id="neither"),
    ],
)
def test_is_worded(corpus: Corpus, identifier: str, worded: bool) -> None:
    assert is_worded(corpus.passages[identifier]) is worded


def test_is_worded_by_a_cue_alone(changed: Changed) -> None:
    corpus = changed((A102, "    source_text: a pilot\n", ""))
    assert is_worded(corpus.passages["102/pilot"])


@pytest.mark.parametrize(
    ("article", "found"),
    [
        pytest.param("101", ["101/gazette", "101/gazette-dusk", "101/gazette-rehire"], id="named"),
        pytest.param("103", [], id="not named"),
    ],
)
def test_newsroom_attributions(corpus: Corpus, article: str, found: list[str]) -> None:
    assert newsroom_attributions(corpus, article) == found


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        pytest.param("boats-damaged", ["101", "102"], id="in the order of the articles"),
        pytest.param("crews", ["103"], id="one"),
    ],
)
def test_find_readings(corpus: Corpus, claim: str, found: list[str]) -> None:
    assert [passage.id for passage in find_readings(corpus, claim)] == [f"{a}/claim.{claim}" for a in found]


def test_readings_of_no_claim_are_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="no-such-claim"):
        find_readings(corpus, "no-such-claim")


@pytest.mark.parametrize(
    ("identifier", "found"),
    [
        pytest.param("101/claim.night-boats-stop", {"gazette"}, id="named"),
        pytest.param("102/claim.no-sailing", {"gazette"}, id="carried over"),
        pytest.param("101/rehire", set(), id="inferred"),
        pytest.param("101/claim.boats-damaged", set(), id="an institution"),
        pytest.param("101/strait", set(), id="own voice"),
    ],
)
def test_reading_newsrooms(corpus: Corpus, identifier: str, found: set[str]) -> None:
    assert reading_newsrooms(corpus, corpus.passages[identifier]) == found


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        pytest.param("no-sailing", ["former-pilot", "one-pilot"], id="each once, sorted"),
        pytest.param("boats-damaged", ["four-officials"], id="no institution"),
        pytest.param("crews", [], id="nobody"),
    ],
)
def test_people(corpus: Corpus, claim: str, found: list[str]) -> None:
    assert people(corpus, claim) == found


NOT_CREWS = (CLAIMS, "103: almost half of the crews want a contract", "103: null")
TOLD_ALONE = [
    pytest.param([], {"island-news": ["103/claim.crews"]}, id="an outlet, in its own voice"),
    pytest.param([NOT_CREWS], {}, id="a claim that nobody carries"),
    pytest.param(
        [NOT_CREWS, (A102, "source: four-officials", "source: port-office")],
        {"port-office": ["101/claim.boats-damaged", "102/claim.boats-damaged"]},
        id="in two articles",
    ),
    pytest.param(
        [(A103, "source: former-pilot", "source: one-pilot")],
        {
            "one-pilot": ["101/claim.no-sailing", "102/claim.no-sailing", "103/claim.no-sailing"],
            "island-news": ["103/claim.crews"],
        },
        id="the deepest speaker, with or without a newsroom around",
    ),
    pytest.param(
        [(CLAIMS, "101: null\n      102: null\n", "101: null\n      102: it had closed the pier\n")],
        {},
        id="another speaker beside",
    ),
]


@pytest.mark.parametrize(("changes", "alone"), TOLD_ALONE)
def test_told_alone(
    changed: Changed, changes: list[tuple[str, str, str]], alone: dict[str, list[str]]
) -> None:
    assert told_alone(changed(*changes)) == alone


GAZETTE_102 = "  - {id: courier, name: Courier, kind: newsroom, side: third, named: true}\n"
ROOTS = [
    pytest.param([], "night-boats-stop", (1, 2), id="two articles, one newsroom, one outlet alone"),
    pytest.param([], "boats-damaged", (0, 2), id="no newsroom anywhere"),
    pytest.param([], "crews", (0, 1), id="one article alone"),
    pytest.param(
        [
            (CLAIMS, "      103: Night boats may stop this winter\n", "      103: null\n"),
            (CLAIMS, ", 103: may stop}", "}"),
        ],
        "night-boats-stop",
        (1, 1),
        id="one newsroom",
    ),
    pytest.param(
        [
            (SOURCES, "sources:\n", f"sources:\n{GAZETTE_102}"),
            (A102, "source: gazette\n    source_text: The", "source: courier\n    source_text: The"),
        ],
        "night-boats-stop",
        (2, 3),
        id="two newsrooms",
    ),
    pytest.param(
        [
            (
                SOURCES,
                "id: gazette, name: Eskholm Gazette, kind: newsroom",
                "id: gazette, name: G, kind: institution",
            )
        ],
        "night-boats-stop",
        (0, 3),
        id="an institution is no newsroom",
    ),
    pytest.param(
        [
            (A103, "outlet: island-news", "outlet: gazette"),
            (
                SOURCES,
                "id: gazette, name: Eskholm Gazette, kind: newsroom",
                "id: gazette, name: Eskholm Gazette, kind: outlet",
            ),
        ],
        "night-boats-stop",
        (1, 1),
        id="an outlet of the story that the others cite",
    ),
    pytest.param(
        [
            (A102, "cue: writes that\n", "cue: writes that\n    certainty: inferred\n"),
            (A101, "cue: reported\n", "cue: reported\n    certainty: inferred\n"),
        ],
        "night-boats-stop",
        (0, 3),
        id="an inferred newsroom is none",
    ),
    pytest.param(
        [(A102, "cue: writes that\n", "cue: writes that\n    certainty: inferred\n")],
        "night-boats-stop",
        (1, 3),
        id="an inferred newsroom in one article",
    ),
    pytest.param(
        [(A103, "outlet: island-news", "outlet: harbour-post")],
        "boats-damaged",
        (0, 2),
        id="one outlet twice, apart",
    ),
    pytest.param(
        [
            (A103, "outlet: island-news", "outlet: harbour-post"),
            (A102, "outlet: coast-daily", "outlet: harbour-post"),
        ],
        "boats-damaged",
        (0, 1),
        id="one outlet twice",
    ),
]


@pytest.mark.parametrize(("changes", "claim", "interval"), ROOTS)
def test_newsroom_roots(
    changed: Changed, changes: list[tuple[str, str, str]], claim: str, interval: tuple[int, int]
) -> None:
    assert newsroom_roots(changed(*changes), claim) == interval


ONE, FORMER = "name: a pilot\n    kind: official\n    side: {}", "a former pilot, kind: official, side: {}"
SAME = "  - {{id: former-pilot, name: a former pilot, kind: official, side: {}, named: false}}"
LINK = ", identity: [{{source: one-pilot, certainty: inferred, reason: alike}}]}}"
NAMED = [
    (
        SOURCES,
        ONE.format("unknown") + "\n    named: false",
        "name: Eva Holm\n    kind: person\n    side: union\n    named: true",
    ),
    (
        SOURCES,
        SAME.format("unknown"),
        "  - {id: former-pilot, name: Carl Dorn, kind: person, side: union, named: true}",
    ),
]
ONE_SIDED = (SOURCES, ONE.format("unknown"), ONE.format("union"))
PEOPLE = [
    pytest.param([], "night-boats-stop", (2, 2), id="a group counts its people"),
    pytest.param([], "boats-damaged", (4, None), id="an open group, an institution"),
    pytest.param([], "crews", (0, 0), id="nobody"),
    pytest.param([], "no-sailing", (1, 2), id="unknown sides may be the same"),
    pytest.param([ONE_SIDED], "no-sailing", (1, 2), id="an unknown side may be any"),
    pytest.param(
        [ONE_SIDED, (SOURCES, FORMER.format("unknown"), FORMER.format("union"))],
        "no-sailing",
        (1, 2),
        id="one side",
    ),
    pytest.param(
        [ONE_SIDED, (SOURCES, FORMER.format("unknown"), FORMER.format("company"))],
        "no-sailing",
        (2, 2),
        id="two sides",
    ),
    pytest.param(
        [ONE_SIDED, (SOURCES, SAME.format("unknown"), SAME.format("company")[:-1] + LINK.format())],
        "no-sailing",
        (1, 2),
        id="two sides, perhaps the same person",
    ),
    pytest.param(NAMED, "no-sailing", (2, 2), id="two names are two people"),
    pytest.param(
        [(A102, "source: one-pilot", "source: four-officials")],
        "no-sailing",
        (4, None),
        id="a person and a group",
    ),
]


@pytest.mark.parametrize(("changes", "claim", "interval"), PEOPLE)
def test_human_sources(
    changed: Changed, changes: list[tuple[str, str, str]], claim: str, interval: tuple[int, int | None]
) -> None:
    assert human_sources(changed(*changes), claim) == interval


def test_citers_cite_in_words_or_by_an_implied_layer(corpus: Corpus) -> None:
    assert citers(corpus, "gazette") == ["101", "102"]
    assert citers(corpus, "nobody") == []
