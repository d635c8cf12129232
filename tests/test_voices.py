"""Tell who speaks throughout: stretches that cover every character, and citations by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from conftest import A101, A102, SOURCES
from retold import Corpus, load_corpus
from retold.voices import VOICES, find_stretches, links, shares, source_groups

Changed = Callable[..., Corpus]
REHIRE = "The company refuses to rehire seven pilots before talks begin"
DARK = "No boat will sail after dark"
NINE = "At least nine of the 14 boats were damaged last autumn"


@pytest.fixture(scope="module")
def five() -> Corpus:
    return load_corpus(Path(__file__).parents[1])


def voice(corpus: Corpus, article: str, words: str, *, strict: bool = False) -> list[str]:
    """Return the voices that some words of an article have, in order."""
    start = corpus.articles[article].text.index(words)
    found = find_stretches(corpus, article, strict=strict)
    return [each.voice for each in found if each.start < start + len(words) and start < each.end]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("article", ["000", "001", "002", "003", "004"])
def test_stretches_cover_every_character_of_an_article_once(five: Corpus, article: str, strict: bool) -> None:
    found = find_stretches(five, article, strict=strict)
    assert (found[0].start, found[-1].end) == (0, len(five.articles[article].text))
    assert all(one.end == other.start and one.voice != other.voice for one, other in pairwise(found))
    assert all(each.start < each.end for each in found)


@pytest.mark.parametrize(
    ("article", "words", "strict", "found"),
    [
        pytest.param("101", "Ferries to stop at night", True, "heading", id="heading"),
        pytest.param("101", "Photo: Harbour Post", True, "paratext", id="paratext"),
        pytest.param("101", "The strait is six miles wide.", True, "own voice", id="own voice"),
        pytest.param("101", "reported, citing two pilots", True, "own voice", id="words that name a source"),
        pytest.param("101", "Brightwater Ferries", True, "unnamed, via a newsroom", id="deepest layer"),
        pytest.param("102", "Brightwater will end", True, "newsroom", id="newsroom"),
        pytest.param("102", DARK, True, "unnamed, via a newsroom", id="newsroom carried over"),
        pytest.param("102", "About nine boats", True, "unnamed, no newsroom", id="unnamed, no newsroom"),
        pytest.param("101", REHIRE, True, "named person", id="named person"),
        pytest.param("102", "it had closed the pier", True, "institution", id="institution"),
        pytest.param("101", "the union's chairwoman", True, "own voice", id="inferred newsroom, strict"),
        pytest.param("101", "the union's chairwoman", False, "probably relayed", id="inferred newsroom"),
    ],
)
def test_each_character_has_one_voice(
    corpus: Corpus, article: str, words: str, strict: bool, found: str
) -> None:
    assert voice(corpus, article, words, strict=strict) == [found]


UNNAMED_CHAIR = (
    SOURCES,
    "kind: person, side: union, named: true",
    "kind: official, side: union, named: false",
)
STATE_CHAIR = (SOURCES, "name: Anna Berg, kind: person", "name: Anna Berg, kind: state")
INFERRED_CHAIR = (A101, f"    content: {REHIRE}\n", f"    content: {REHIRE}\n    certainty: inferred\n")
NAMED_REHIRE = (A101, "    certainty: inferred\n", "")


@pytest.mark.parametrize(
    ("changes", "strict", "found"),
    [
        pytest.param([UNNAMED_CHAIR], True, "unnamed, no newsroom", id="newsroom only inferred, strict"),
        pytest.param([UNNAMED_CHAIR], False, "unnamed, via a newsroom", id="newsroom only inferred"),
        pytest.param([STATE_CHAIR], True, "own voice", id="a state speaks through no one, strict"),
        pytest.param([STATE_CHAIR], False, "probably relayed", id="a state speaks through no one"),
        pytest.param([STATE_CHAIR, NAMED_REHIRE], True, "newsroom", id="a state within a newsroom"),
        pytest.param([INFERRED_CHAIR], True, "own voice", id="nothing but inferred layers, strict"),
        pytest.param([INFERRED_CHAIR], False, "probably relayed", id="nothing but inferred layers"),
        pytest.param([NAMED_REHIRE, INFERRED_CHAIR], True, "newsroom", id="speaker inferred, strict"),
        pytest.param([NAMED_REHIRE, INFERRED_CHAIR], False, "named person", id="speaker inferred"),
    ],
)
def test_a_change_of_a_layer_changes_the_voice(
    changed: Changed, changes: list[tuple[str, str, str]], strict: bool, found: str
) -> None:
    assert voice(changed(*changes), "101", REHIRE, strict=strict) == [found]


def test_of_equally_deep_attributions_the_first_in_the_file_counts(changed: Changed) -> None:
    corpus = changed((A101, "    within: gazette\n", ""))
    assert voice(corpus, "101", "Brightwater Ferries", strict=True) == ["newsroom"]


def test_a_newsroom_counts_wherever_it_stands_in_the_chain(changed: Changed) -> None:
    corpus = changed((A101, "cue: reported\n", "cue: reported\n    within: port-office\n"))
    assert voice(corpus, "101", "Brightwater Ferries") == ["unnamed, via a newsroom"]


def test_a_layer_left_out_gives_its_words_to_no_one_else(changed: Changed) -> None:
    longer = (A102, f"source_text: a pilot\n    cue: told\n    content: {DARK}\n",
              f"content: '{DARK}, a pilot told'\n    certainty: inferred\n")  # fmt: skip
    corpus = changed(longer)
    assert voice(corpus, "102", "a pilot told") == ["unnamed, via a newsroom"]
    assert voice(corpus, "102", "a pilot told", strict=True) == ["own voice"]


def test_a_zone_stands_apart_whoever_is_cited_in_it(changed: Changed) -> None:
    corpus = changed((A101, f"content: {NINE}", f"content: ['{NINE}', 'Photo: Harbour Post']"))
    assert voice(corpus, "101", NINE) == ["institution"]
    assert voice(corpus, "101", "Photo: Harbour Post") == ["paratext"]


@pytest.mark.parametrize("strict", [True, False])
def test_shares_add_up_to_the_text(five: Corpus, strict: bool) -> None:
    frame = shares(five, strict=strict)
    assert list(frame.columns) == list(VOICES)
    assert frame.sum(axis=1).to_dict() == {a: len(article.text) for a, article in five.articles.items()}


def test_shares_count_characters(corpus: Corpus) -> None:
    strict, inferred = shares(corpus, strict=True), shares(corpus, strict=False)
    assert {voice: count for voice, count in strict.loc["103"].items() if count} == {
        "own voice": 175, "unnamed, no newsroom": 26, "heading": 22,
    }  # fmt: skip
    assert (strict["probably relayed"] == 0).all()
    assert inferred["probably relayed"].to_dict() == {"101": 41, "102": 0, "103": 0}
    assert (strict - inferred).loc["101", "own voice"] == 41


def test_an_article_without_a_newsroom_has_none_of_its_words(five: Corpus) -> None:
    assert (shares(five, strict=False).loc["004", ["newsroom", "unnamed, via a newsroom"]] == 0).all()


def test_groups_join_the_unnamed_and_come_by_worded_citations(corpus: Corpus) -> None:
    assert list(source_groups(corpus).items()) == [
        ("Unnamed, side not said", ("two-pilots", "one-pilot", "four-officials", "former-pilot")),
        ("Eskholm Gazette", ("gazette",)),
        ("Port Office & Pier", ("port-office",)),
        ("Anna Berg", ("anna-berg",)),
        ("Brightwater", ("brightwater",)),
    ]


@pytest.mark.parametrize(
    ("side", "label"),
    [
        pytest.param("unknown", "Unnamed, side not said", id="unknown"),
        pytest.param("north-shore", "Unnamed, North Shore", id="a side"),
    ],
)
def test_the_unnamed_are_labelled_by_their_side(changed: Changed, side: str, label: str) -> None:
    corpus = changed((SOURCES, "name: a former pilot, kind: official, side: unknown",
                      f"name: a former pilot, kind: official, side: {side}"))  # fmt: skip
    assert "former-pilot" in source_groups(corpus)[label]


def rows(frame: pd.DataFrame) -> set[tuple[str, str, str, bool, tuple[str, ...]]]:
    columns = ("group", "newsroom", "article", "implied", "passages")
    return set(zip(*(frame[column] for column in columns), strict=True))


def test_links_lead_from_speakers_through_newsrooms_to_articles(corpus: Corpus) -> None:
    none, unnamed, gazette = "No newsroom named", "Unnamed, side not said", "Eskholm Gazette"
    assert rows(links(corpus)) == {
        (unnamed, gazette, "101", False, ("101/pilots", "101/dusk")),
        ("Anna Berg", gazette, "101", True, ("101/chairwoman",)),
        ("Port Office & Pier", none, "101", False, ("101/port-office",)),
        (unnamed, gazette, "102", False, ("102/pilot",)),
        (unnamed, none, "102", False, ("102/officials",)),
        ("Port Office & Pier", none, "102", False, ("102/port",)),
        ("Brightwater", none, "102", False, ("102/company",)),
        (unnamed, none, "103", False, ("103/former",)),
    }


@pytest.mark.parametrize("kind", ["newsroom", "state"])
def test_links_leave_out_who_is_no_speaker(changed: Changed, kind: str) -> None:
    frame = links(
        changed((SOURCES, "name: Brightwater, kind: institution", f"name: Brightwater, kind: {kind}"))
    )
    assert "Brightwater" not in set(frame["group"])


def test_a_link_leads_through_the_nearest_newsroom(changed: Changed) -> None:
    within = (A101, "cue: reported\n", "cue: reported\n    within: port-office\n")
    corpus = changed(within, (SOURCES, "Port Office & Pier, kind: institution", "Courier, kind: newsroom"))
    frame = links(corpus)
    assert frame[frame["article"] == "101"]["newsroom"].unique().tolist() == ["Eskholm Gazette"]


def test_an_inferred_speaker_makes_a_link_implied(changed: Changed) -> None:
    frame = links(changed(NAMED_REHIRE, INFERRED_CHAIR))
    assert frame[frame["group"] == "Anna Berg"]["implied"].tolist() == [True]
    assert not links(changed()).set_index("group").loc["Brightwater", "implied"]


def test_links_tell_the_named_from_the_unnamed(corpus: Corpus) -> None:
    frame = links(corpus)
    assert set(frame[~frame["named"]]["group"]) == {"Unnamed, side not said"}
    assert set(frame[frame["named"]]["group"]) == {"Anna Berg", "Port Office & Pier", "Brightwater"}


def test_a_story_without_speakers_has_no_links(corpus: Corpus) -> None:
    silent = links(replace(corpus, passages={}))
    assert list(silent.columns) == list(links(corpus).columns)
    assert silent.empty
