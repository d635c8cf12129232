"""Show what drafts find beside the agreement of two passes."""

from __future__ import annotations

import pytest
from retold.agreement import Match, SpanAgreement
from retold_report.drafted import draft_table, shares

FOUND = SpanAgreement("quantity", 4, 5, (Match("a", "b", 0.9), Match("c", "d", 0.4)))
EXACT = SpanAgreement("quantity", 4, 4, tuple(Match(each, each, 1.0) for each in "abcd"))
NONE = SpanAgreement("event", 0, 0, ())


@pytest.mark.parametrize(
    ("passes", "last"),
    [
        pytest.param({"quantity": EXACT}, "100.0 / 100.0", id="passes"),
        pytest.param({"cue": EXACT}, "–", id="no passes"),
        pytest.param({"quantity": NONE}, "– / –", id="nothing to compare"),
    ],
)
def test_a_row_has_counts_shares_and_the_passes(passes: dict[str, SpanAgreement], last: str) -> None:
    made = draft_table("drafts", "What drafts find", {"quantity": FOUND}, passes)
    [row] = [[part.text for parts in row for part in parts] for row in made.rows]
    assert row == ["quantity", "4", "5", "40.0 / 20.0", "50.0 / 25.0", "44.4 / 22.2", last]
    assert len(made.columns) == len(row)
    assert (made.name, made.caption) == ("drafts", "What drafts find")


def test_shares_are_in_per_cent() -> None:
    assert shares({"quantity": FOUND}, "recall", 0.8) == {"quantity": 25.0}
