"""Show what readers of all articles concluded: every row, in order, with the passages it opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import A101, A102, CLAIMS, ISSUES, SOURCES, change, write_story
from retold import Corpus, load_corpus
from retold_report.judged import (
    cue_table,
    departure_table,
    descriptor_table,
    ladder_steps,
    original_table,
    question_table,
    step_table,
)
from retold_report.registers import register_table
from retold_report.tables import Table

ROOT = Path(__file__).parents[1]
JUDGEMENTS = """\
rungs: [{id: denied, label: Denied}, {id: rumoured, label: Rumoured}, {id: settled, label: Settled}]
steps:
  - {id: may, article: "103", place: lede, rung: rumoured, words: Night boats may stop this winter}
  - {id: pier, article: "102", place: denial, rung: denied, words: it had closed the pier}
  - {id: heading, article: "101", place: heading, rung: settled, words: Ferries to stop at night}
  - {id: pilots, article: "101", place: lede, rung: settled, words: will stop its night boats}
departures:
  - id: dark
    shared: dark for dusk
    articles: ["102", "103"]
    claims: [no-sailing, night-boats-stop]
    relation: 102 and 103 share a text
    alone: two writers may have
    survives: false
  - id: nine
    shared: nine boats
    articles: ["102", "103"]
    claims: [boats-damaged]
    relation: 102 draws on 103
    alone: hardly
    survives: true
original:
  - {claim: boats-damaged, reading: nine boats, reason: the words, confidence: low}
  - {claim: crews, reading: cannot be decided, reason: a single article, confidence: undecided}
cues:
  - {id: deny, forms: [denied], asserts: that it is false}
  - {id: write, forms: [writes that, TOLD], asserts: that it was written or told}
  - {id: say, forms: [said, told, report], asserts: that it was said}
  - {id: sing, forms: [sang], asserts: that it was sung}
questions:
  - {id: who, question: Who spoke?, settled_by: the paper, bearing: his side, claims: [no-sailing, crews]}
  - {id: when, question: When was it written?, settled_by: the outlets, bearing: the order}
"""
NOBODY = """\
  - id: nobody
    statement: Nobody sails.
    kind: stance
    readings: {101: null, 102: null, 103: Nobody sails}
  - id: dark
    statement: It is dark.
    kind: stance
    readings: {101: null, 102: null, 103: in the dark}
events:
"""
CHANGES = [
    (CLAIMS, "events:\n", NOBODY),
    (SOURCES, "side: union,", "side: ferry-union,"),
    (ISSUES, "side: union,", "side: ferry-union,"),
    (A101, "    form: document\n", "    form: document\n    descriptor: {role: office}\n"),
    (
        A102,
        "    source_text: a pilot\n",
        "    source_text: a pilot\n    descriptor: {role: pilot, relation: on board, access: participant}\n",
    ),
    (
        A102,
        "{number: four, role: officials}",
        "{former: true, rank: senior, nationality: local}",
    ),
]
Rows = list[list[str]]
Make = Callable[[Corpus, str, str], Table]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = write_story(tmp_path_factory.mktemp("judged"))
    (root / "annotations/judgements.yaml").write_text(JUDGEMENTS, encoding="utf-8")
    for each in CHANGES:
        change(root, *each)
    return load_corpus(root)


def rows(made: Table) -> Rows:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


def evidence(made: Table, column: int = -1) -> Rows:
    """Return, for each row, the ids that the parts of a cell open."""
    return [[each for part in row[column] for each in part.evidence] for row in made.rows]


STEPS = [
    ["Settled", "Ferries to stop at night", "heading", "outlet", "101 ¶1"],
    ["Settled", "will stop its night boats", "lede", "outlet > Eskholm Gazette > two pilots", "101 ¶2"],
    ["Rumoured", "Night boats may stop this winter", "lede", "outlet", "103 ¶2"],
    ["Denied", "it had closed the pier", "denial", "outlet > Port Office & Pier", "102 ¶5"],
]
DARK = ["dark for dusk", "102 and 103 share a text", "two writers may have"]
DEPARTURES = [
    [*DARK, "102 ¶3; 103 ¶2; 102 ¶2"],
    ["nine boats", "102 draws on 103. This stands.", "hardly", "102 ¶4"],
]
ORIGINAL = [
    ["Nine boats were damaged.", "nine boats", "the words", "low", "101 ¶5; 102 ¶4"],
    ["Half of the crews want a contract.", "cannot be decided", "a single article", "–", "103 ¶3"],
]
QUESTIONS = [
    ["Who spoke?", "the paper", "his side", "101 ¶3; 102 ¶3; 103 ¶2; 103 ¶3"],
    ["When was it written?", "the outlets", "the order", "all articles"],
]
PAPER = ["The Eskholm Gazette; the Gazette; the paper", "newsroom, third", "not said", "–", "–"]
OFFICE = ["the port office; The port", "institution, The port", "not said", "–", "–"]
FORMER = ["a former pilot", "official, unknown", "outside", "–"]
REGISTER = [
    ["Eskholm Gazette", *PAPER, "101 ¶2; 101 ¶3; 101 ¶4; 102 ¶2; 102 ¶3"],
    ["two pilots", "two pilots", "group, unknown", "not said", "–", "–", "101 ¶2"],
    [
        "a pilot",
        "one of the pilots; a pilot",
        "official, unknown",
        "participant",
        "two pilots (inferred)",
        "–",
        "101 ¶3; 102 ¶3",
    ],
    [
        "Anna Berg",
        "the union's chairwoman Anna Berg",
        "person, The pilots' union",
        "not said",
        "–",
        "–",
        "101 ¶4",
    ],
    ["Port Office & Pier", *OFFICE, "101 ¶5; 102 ¶5"],
    ["four officials", "four officials", "group, unknown", "not said", "–", "–", "102 ¶4"],
    ["Brightwater", "Brightwater", "institution, Brightwater", "not said", "–", "–", "102 ¶5"],
    ["a former pilot", *FORMER, "Nobody sails; It is dark", "103 ¶2"],
]
SHOWN = [
    pytest.param(step_table, STEPS, id="steps, the strongest first, in the file's order"),
    pytest.param(departure_table, DEPARTURES, id="departures, placed in their own articles alone"),
    pytest.param(original_table, ORIGINAL, id="the text behind, undecided as a dash"),
    pytest.param(question_table, QUESTIONS, id="questions, about claims or about all"),
    pytest.param(register_table, REGISTER, id="those who are cited; outlets are not"),
]


def test_the_steps_of_a_ladder(judged: Corpus) -> None:
    steps = judged.find_passages("step")
    made = ladder_steps(judged)
    assert [(each.article, each.place) for each in made] == [(s.article, s.record.place) for s in steps]
    assert {each.rung for each in made} == {row[0] for row in STEPS}


@pytest.mark.parametrize(("make", "shown"), SHOWN)
def test_table_shows_what_was_judged(judged: Corpus, make: Make, shown: Rows) -> None:
    made = make(judged, "name", "Caption")
    assert rows(made) == shown
    assert (made.name, made.caption, len(made.columns)) == ("name", "Caption", len(shown[0]))


@pytest.mark.parametrize(
    ("make", "column", "row", "opened"),
    [
        pytest.param(step_table, 1, 1, ["101/step.pilots"], id="words of a step"),
        pytest.param(step_table, -1, 1, ["101/step.pilots"], id="place of a step"),
        pytest.param(departure_table, -1, 1, ["102/claim.boats-damaged"], id="not carried, nothing to open"),
        pytest.param(original_table, -1, 1, ["103/claim.crews"], id="readings of a claim"),
        pytest.param(question_table, -1, 1, [], id="about all articles"),
        pytest.param(register_table, -1, 4, ["101/port-office", "102/port"], id="attributions to a source"),
        pytest.param(register_table, -2, 7, ["103/claim.nobody", "103/claim.dark"], id="what he alone says"),
    ],
)
def test_row_opens_its_passages(judged: Corpus, make: Make, column: int, row: int, opened: list[str]) -> None:
    assert evidence(make(judged, "name", "Caption"), column)[row] == opened


@pytest.mark.parametrize("make", [step_table, departure_table, original_table, question_table])
def test_story_without_judgements_gives_an_empty_table(corpus: Corpus, make: Make) -> None:
    assert make(corpus, "name", "Caption").rows == ()


WRITE = ["told, writes that", "that it was written or told", "101 ¶3; 102 ¶2; 102 ¶3"]
SAY = ["said", "that it was said", "101 ¶4; 102 ¶4; 103 ¶2"]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        pytest.param(["write"], [WRITE], id="letter case is none of a form"),
        pytest.param(["say"], [SAY], id="whole words, and not what an earlier kind has"),
        pytest.param(["say", "write"], [WRITE, SAY], id="in the order of the register"),
        pytest.param(["sing"], [], id="nobody sang"),
        pytest.param([], [], id="none wanted"),
    ],
)
def test_cue_table(judged: Corpus, wanted: list[str], shown: Rows) -> None:
    assert rows(cue_table(judged, "cues", "Caption", wanted)) == shown


def test_cue_table_opens_the_attributions(judged: Corpus) -> None:
    [found] = evidence(cue_table(judged, "cues", "Caption", ["write"]))
    assert found == ["101/dusk", "102/gazette", "102/pilot"]


def test_every_cue_of_the_book_is_of_some_kind() -> None:
    real = load_corpus(ROOT)
    made = cue_table(real, "cues", "Caption", [cue.id for cue in real.judgements.cues])
    cued = {each.id for each in real.find_passages("attribution") if each.record.cue}
    assert {each for row in evidence(made) for each in row} == cued


@pytest.mark.parametrize(
    ("attribution", "shown"),
    [
        pytest.param("102/officials", ["former senior", "local", *["–"] * 4], id="rank in one cell"),
        pytest.param("102/pilot", ["–", "–", "–", "pilot", "on board", "participant"], id="no rank"),
        pytest.param("103/former", ["former", "–", "–", "pilot", "–", "outside"], id="former alone"),
        pytest.param("101/dusk", ["–"] * 6, id="not described"),
    ],
)
def test_descriptor_table(judged: Corpus, attribution: str, shown: list[str]) -> None:
    made = descriptor_table(judged, "described", "Caption", [attribution])
    assert [row[:-1] for row in rows(made)] == [shown]
    assert evidence(made) == [[attribution]]


def test_descriptor_table_keeps_the_order_it_is_given(judged: Corpus) -> None:
    wanted = ["103/former", "102/pilot"]
    assert evidence(descriptor_table(judged, "described", "Caption", wanted)) == [[each] for each in wanted]
