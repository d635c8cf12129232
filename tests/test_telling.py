"""Tell values and findings: plain ones alone, and never without what they rest on."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from retold_run.telling import holds, tell
from retold_run.told import records

Stored = list[dict[str, Any]]


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> Stored:
    """Return the list that takes what a notebook would store."""
    found: Stored = []

    def store(data: dict[str, Any], *, metadata: dict[str, Any], raw: bool) -> None:
        assert raw
        found.append({"output_type": "display_data", "data": data, "metadata": metadata})

    monkeypatch.setattr("IPython.display.display", store)
    monkeypatch.setattr("myst_nb.ext.glue.ipy_display", store, raising=False)
    return found


def stored(outputs: Stored) -> list[tuple[str, Any]]:
    return list(records({"cells": [{"outputs": outputs}]}))


TOLD = [
    pytest.param(9, ["101/dusk"], [], "101/dusk", id="one passage"),
    pytest.param(9, ("101/dusk", "102/port"), [], "101/dusk 102/port", id="two passages"),
    pytest.param(
        0.5, ["103/claim.crews", "fact/tide-table"], [], "103/claim.crews fact/tide-table", id="reading, fact"
    ),
    pytest.param("nine “boats”", ["101/dusk"], [], "101/dusk", id="words"),
    pytest.param(9, [], ["boats", "crews"], "told:boats told:crews", id="computed"),
    pytest.param(9, ["101/dusk"], ["boats"], "101/dusk told:boats", id="both"),
]


@pytest.mark.parametrize(("value", "evidence", "computed", "rests"), TOLD)
def test_a_value_is_stored_with_what_it_rests_on(
    outputs: Stored, value: Any, evidence: list[str], computed: list[str], rests: str
) -> None:
    tell("key", value, evidence=evidence, computed_from=computed)
    assert stored(outputs) == [("key", value), ("key.evidence", rests)]
    assert type(stored(outputs)[0][1]) is type(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text())
def test_any_plain_value_is_read_back_as_it_was(outputs: Stored, value: int | float | str) -> None:
    outputs.clear()
    tell("key", value, evidence=["101/dusk"])
    assert stored(outputs)[0] == ("key", value)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(True, id="truth value"),
        pytest.param(None, id="nothing"),
        pytest.param([9], id="list"),
        pytest.param(Decimal(9), id="decimal"),
        pytest.param(numpy.int64(9), id="whole number of an array"),
        pytest.param(numpy.float64(9), id="number of an array"),
        pytest.param(numpy.str_("nine"), id="words of an array"),
    ],
)
def test_what_is_not_plain_is_refused(outputs: Stored, value: Any) -> None:
    with pytest.raises(TypeError, match=f"^key: {type(value).__name__} cannot be told"):
        tell("key", value, evidence=["101/dusk"])
    assert outputs == []


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_no_prose_can_show_is_refused(outputs: Stored, value: float) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^key: "):
        tell("key", value, evidence=["101/dusk"])
    assert outputs == []


@pytest.mark.parametrize("given_as", [{}, {"evidence": []}, {"evidence": (), "computed_from": ()}])
def test_a_value_that_rests_on_nothing_is_refused(outputs: Stored, given_as: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^key: name the annotations"):
        tell("key", 9, **given_as)
    assert outputs == []


@pytest.mark.parametrize("condition", [True, False])
def test_a_finding_is_stored_with_its_verdict(outputs: Stored, condition: bool) -> None:
    holds("one-root", condition)
    assert stored(outputs) == [("one-root.holds", condition)]


@pytest.mark.parametrize("condition", [1, 0, None, "", [], numpy.bool_(True)], ids=repr)
def test_a_condition_that_is_no_truth_value_is_refused(outputs: Stored, condition: Any) -> None:
    with pytest.raises(TypeError, match=r"^one-root: .* is not True or False; compare it"):
        holds("one-root", condition)
    assert outputs == []
