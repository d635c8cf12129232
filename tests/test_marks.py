"""Mark claims, who is cited, how numbers are hedged, which stances are told, and what a variant holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest
from conftest import A101, A102, A103, CLAIMS
from retold import Corpus
from retold.vocabulary import Hedge
from retold_report.marks import (
    HEDGE_MARKS,
    claim_marks,
    group_marks,
    hedge_marks,
    stance_marks,
    variant_marks,
)

Load = Callable[..., Corpus]
COLUMNS = ["For", "Against", "Only if", "Not said"]
HEAD, DARK = "Union and company at odds", "No boat will sail after dark"
PIER, SILENT = "it had closed the pier", "declined to comment"


def entry(quote: str, actor: str, stance: str, issue: str = "rehiring") -> str:
    identifier = f"{quote.split()[-1].lower()}-{actor}-{stance}"
    fields = f"actor: {actor}, issue: {issue}, stance: {stance}, move: warning"
    return f"  - {{id: {identifier}, quote: {quote}, {fields}}}\n"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        pytest.param([], {"Brightwater: on the record": "none open none none"}, id="another side alone"),
        pytest.param(
            [(SILENT, "company", "unstated")],
            {
                "Brightwater: on the record": "none open none none",
                "Brightwater: institution": "none none none filled",
            },
            id="the own side",
        ),
        pytest.param(
            [(SILENT, "company", "for"), (PIER, "company", "for"), (PIER, "company", "conditional")],
            {
                "Brightwater: on the record": "none open none none",
                "Brightwater: institution": "filled none open none",
            },
            id="the own side among others, and not",
        ),
        pytest.param(
            [(HEAD, "company", "for"), (DARK, "union", "against")],
            {
                "Brightwater: on the record": "none open none none",
                "Brightwater: outlet itself": "open none none none",
                "The pilots' union: unnamed people": "none open none none",
            },
            id="actor by actor",
        ),
        pytest.param(
            [(DARK, "union", "for", "night-service")],
            {"Brightwater: on the record": "none open none none"},
            id="another issue",
        ),
    ],
)
def test_marks_are_of_tellers_by_stances(
    changed: Load, told: list[tuple[str, str, str]], found: dict[str, str]
) -> None:
    added = "positions:\n" + "".join(entry(*each) for each in told) if told else ""
    frame = stance_marks(changed((A102, "quantities:\n", f"{added}quantities:\n")), "rehiring")
    assert list(frame.columns) == COLUMNS
    assert {row: " ".join(frame.loc[row]) for row in frame.index} == found


def test_an_issue_that_nobody_speaks_of_has_no_row(corpus: Corpus) -> None:
    assert stance_marks(corpus, "night-service").empty


def test_group_marks_tell_worded_from_implied(changed: Load) -> None:
    words = "    source_text: the union's chairwoman Anna Berg\n    cue: said\n"
    frame = group_marks(changed((A101, words, "")))
    assert frame.loc["Anna Berg"].to_dict() == {"101": "open", "102": "none", "103": "none"}
    assert frame.loc["Unnamed, side not said"].to_dict() == {
        "101": "filled",
        "102": "filled",
        "103": "filled",
    }
    assert frame.loc["Eskholm Gazette"].to_dict() == {"101": "filled", "102": "filled", "103": "none"}
    assert list(frame.index)[-1] == "Anna Berg"


def test_every_hedge_has_a_mark() -> None:
    assert set(HEDGE_MARKS) == set(get_args(Hedge))
    assert set(HEDGE_MARKS.values()) == {"filled", "open", "at-least", "almost"}


def test_marks_of_hedges(corpus: Corpus) -> None:
    frame = hedge_marks(corpus)
    assert list(frame.columns) == ["101", "102", "103"]
    assert frame.to_dict("index") == {"boats-damaged": {"101": "at-least", "102": "open", "103": "none"}}


CREWS = (A103, "base: the crews}", "base: the crews, claim: crews}")
FLEET = '  - {id: fleet, surface: "14", value: 14, unit: boat, kind: count'


@pytest.mark.parametrize(
    ("changes", "claim", "marks"),
    [
        pytest.param([CREWS], "crews", ["none", "none", "almost"], id="almost"),
        pytest.param(
            [(A101, FLEET, f"{FLEET}, claim: crews")], "crews", ["filled", "none", "none"], id="exact"
        ),
        pytest.param(
            [(A101, FLEET, f"{FLEET}, claim: boats-damaged")],
            "boats-damaged",
            ["at-least", "open", "none"],
            id="an exact number after a hedged one",
        ),
        pytest.param(
            [
                (
                    A101,
                    "value: 7, unit: pilot, kind: count",
                    "value: 7, unit: pilot, kind: count, claim: crews",
                ),
                (A101, FLEET, f"{FLEET}, hedge: about, claim: crews"),
            ],
            "crews",
            ["open", "none", "none"],
            id="a hedged number after an exact one",
        ),
    ],
)
def test_marks_of_several_numbers(
    changed: Load, changes: list[tuple[str, str, str]], claim: str, marks: list[str]
) -> None:
    assert list(hedge_marks(changed(*changes)).loc[claim]) == marks


def test_what_a_variant_has_as_marks(changed: Load) -> None:
    told = "readings: {101: the port office, 102: four officials}"
    corpus = changed((CLAIMS, told, 'readings: {101: "office, port", 102: office}'))
    found = variant_marks(corpus, "boats-damaged", "damaged-source")
    assert found.to_dict("index") == {
        "office": {"101": "filled", "102": "filled", "103": "none"},
        "port": {"101": "filled", "102": "none", "103": "none"},
    }
    for missing in (("no-claim", "damaged-source"), ("boats-damaged", "no-variant")):
        with pytest.raises(KeyError, match="no-"):
            variant_marks(corpus, *missing)


def test_numbers_of_no_claim_have_no_row(changed: Load) -> None:
    frame = hedge_marks(
        changed((A101, "    claim: boats-damaged\n", ""), (A102, "    claim: boats-damaged\n", ""))
    )
    assert frame.empty
    assert list(frame.columns) == ["101", "102", "103"]


def test_claim_marks(corpus: Corpus) -> None:
    marks = claim_marks(corpus, {"Stop": "night-boats-stop", "Damage": "boats-damaged", "Crews": "crews"})
    assert {claim: list(row) for claim, row in zip(marks.index, marks.to_numpy(), strict=True)} == {
        "Stop": ["filled", "filled", "open"],
        "Damage": ["open", "open", "none"],
        "Crews": ["none", "none", "open"],
    }
    assert list(marks.columns) == ["101", "102", "103"]
