"""Check registers: each reference to something unregistered gives its problem, in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CLAIMS, change, line_of
from retold import find_problems, load_corpus

JUDGEMENTS = "annotations/judgements.yaml"
JUDGED = """\
rungs: [{id: rumoured, label: Rumoured}, {id: settled, label: Settled}]
steps:
  - id: heading
    article: "101"
    place: heading
    rung: settled
    words: Ferries to stop at night
departures:
  - id: dark
    shared: dark for dusk
    articles: ["102", "103"]
    claims: [no-sailing]
    relation: 102 and 103 share a text
    alone: two writers may have
    survives: false
original:
  - {claim: boats-damaged, reading: nine boats, reason: the words, confidence: low}
cues:
  - {id: say, forms: [said], asserts: that it was said}
questions:
  - {id: who, question: Who spoke?, settled_by: the paper, bearing: none, claims: [no-sailing]}
"""
CASES = [
    ("rung: settled", "rung: setled", "'setled' is not registered", "did you mean 'settled'?"),
    ('article: "101"', 'article: "109"', "'109' is not registered", "did you mean '10"),
    ('["102", "103"]', '["102", "108"]', "'108' is not registered", "did you mean '10"),
    ("claims: [no-sailing]\n    rel", "claims: [no-sail]\n    rel", "'no-sail' is not", "'no-sailing'?"),
    ("claim: boats-damaged", "claim: boats-damagd", "'boats-damagd' is not", "'boats-damaged'?"),
    (
        "    words: Ferries",
        "    contested: [{field: wrods, reading: a, reason: b}]\n    words: Ferries",
        "'wrods' is no field",
        "'words'?",
    ),
    ("claims: [no-sailing]}", "claims: [nosailing]}", "'nosailing' is not", "'no-sailing'?"),
    ("words: Ferries to stop at night", "words: Ferries to stop at noon", "is not in the article", "nearest"),
    ("place: heading", "place: ceiling", "'ceiling' is none of 'heading', ", "use one of these"),
    ("confidence: low", "confidence: lowish", "'lowish' is none of", "did you mean 'low'?"),
    ("articles: [", "articels: [", "is no field here", "did you mean 'articles'?"),
    ("{id: rumoured,", "{id: settled,", "'settled' is used twice", "its own id"),
    (
        "- {id: say, forms",
        "- {id: say, forms: [x], asserts: y}\n  - {id: say, forms",
        "'say' is used twice",
        "",
    ),
]


@pytest.fixture
def judged(story: Path) -> Path:
    (story / JUDGEMENTS).write_text(JUDGED, encoding="utf-8")
    return story


def test_judgements_are_loaded_with_their_places(judged: Path) -> None:
    assert find_problems(judged) == []
    corpus = load_corpus(judged)
    assert corpus.words("101/step.heading") == "Ferries to stop at night"
    assert [rung.id for rung in corpus.judgements.rungs] == ["rumoured", "settled"]


def test_a_story_may_have_no_judgements(story: Path) -> None:
    assert load_corpus(story).judgements.steps == ()


@pytest.mark.parametrize(("old", "new", "what", "right"), CASES)
def test_a_faulty_judgement_gives_its_problem(
    judged: Path, old: str, new: str, what: str, right: str
) -> None:
    change(judged, JUDGEMENTS, old, new)
    found = find_problems(judged)
    assert {problem.file for problem in found} == {JUDGEMENTS}
    assert any(what in problem.what and right in problem.right for problem in found)


@pytest.mark.parametrize(
    ("outside", "what"),
    [
        ("{fact: tide-tabel, date: '2023-10-01'}", "'tide-tabel' is not registered"),
        ("{fact: tide-table, date: '2023-13'}", "'2023-13' is no EDTF date"),
        ("{fact: tide-table, date: '2023-23'}", "names a season"),
    ],
)
def test_a_faulty_outside_date_gives_its_problem(story: Path, outside: str, what: str) -> None:
    entry = "{id: damage, label: Boats are damaged"
    change(story, CLAIMS, entry, f"{entry}, outside: [{outside}]")
    [problem] = find_problems(story)
    assert what in problem.what
    assert (problem.file, problem.line) == (CLAIMS, line_of(story, CLAIMS, entry))


@pytest.mark.parametrize(
    ("readings", "whats"),
    [
        pytest.param("103: almost half of the crews\n      others: null", [], id="others do not carry it"),
        pytest.param("others: null", [], id="nobody carries it"),
        pytest.param(
            "others: almost half of the crews",
            ["'others' is not"],
            id="others is no article",
        ),
        pytest.param("109: null\n      others: null", ["'109' is not registered"], id="an unknown article"),
    ],
)
def test_a_claim_may_say_that_the_others_do_not_carry_it(
    story: Path, readings: str, whats: list[str]
) -> None:
    old = "101: null\n      102: null\n      103: almost half of the crews want a contract"
    change(story, CLAIMS, old, readings)
    found = [problem.what for problem in find_problems(story)]
    assert len(found) == len(whats)
    assert all(any(what.startswith(start) for what in found) for start in whats)
