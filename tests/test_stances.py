"""Mark which stance each actor is said to take, kind of teller by kind of teller."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import A102
from retold import Corpus
from retold_report.stances import stance_marks

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
