"""Read what notebooks tell, and show it as prose does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from retold_run.told import RECORD, Told, ToldError, load_notebook, records


def output(name: str, value: Any) -> dict[str, Any]:
    metadata = {"scrapbook": {"name": name, "mime_prefix": "application/papermill.record/"}}
    return {"output_type": "display_data", "data": {RECORD: repr(value)}, "metadata": metadata}


def notebook(*stored: tuple[str, Any]) -> dict[str, Any]:
    return {"cells": [{"cell_type": "code", "outputs": [output(*each)]} for each in stored]}


def told(*stored: tuple[str, Any]) -> Told:
    made = Told()
    made.add("boats.ipynb", notebook(*stored))
    return made


PLAIN = {"output_type": "stream", "name": "stdout", "text": "9"}
OTHER = {"output_type": "display_data", "data": {"text/plain": "9"}, "metadata": {"scrapbook": {"name": "k"}}}
NAMELESS = {"output_type": "display_data", "data": {RECORD: "9"}, "metadata": {}}
SPLIT = {**output("k", "ab"), "data": {RECORD: ["'a", "b'"]}}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param([], [], id="no cells"),
        pytest.param([{"cell_type": "markdown", "source": "k"}], [], id="prose"),
        pytest.param([{"outputs": [PLAIN, OTHER, NAMELESS]}], [], id="other outputs"),
        pytest.param(
            [{"outputs": [output("k", 9), PLAIN, output("l", "x")]}], [("k", 9), ("l", "x")], id="two"
        ),
        pytest.param(
            [{"outputs": [output("k", -0.5)]}, {"outputs": [output("l", False)]}],
            [("k", -0.5), ("l", False)],
            id="two cells",
        ),
        pytest.param([{"outputs": [SPLIT]}], [("k", "ab")], id="stored in lines"),
    ],
)
def test_records(cells: list[dict[str, Any]], found: list[tuple[str, Any]]) -> None:
    assert list(records({"cells": cells})) == found


def test_records_run_no_code() -> None:
    bad = {**output("k", 0), "data": {RECORD: "__import__('os').getcwd()"}}
    with pytest.raises(ValueError, match="malformed"):
        list(records({"cells": [{"outputs": [bad]}]}))


def test_values_evidence_and_findings_are_told_apart() -> None:
    made = told(("boats", 9), ("boats.evidence", "101/dusk  102/port"), ("one-root.holds", False))
    assert made.values == {"boats": 9}
    assert made.evidence == {"boats": ("101/dusk", "102/port")}
    assert made.findings == {"one-root": False}
    assert set(made.chapter.values()) == {"boats.ipynb"}


@pytest.mark.parametrize("name", ["boats.ipynb", "crews.ipynb"], ids=["same notebook", "another"])
@pytest.mark.parametrize("key", ["boats", "boats.evidence", "one-root.holds"])
def test_a_key_told_twice_is_refused(name: str, key: str) -> None:
    made = told((key, 9))
    with pytest.raises(ToldError, match=rf"{name}: the key '{key}' is told already in boats.ipynb; rename"):
        made.add(name, notebook((key, 9)))


RESTS = [
    ("boats", 9),
    ("boats.evidence", "101/dusk 102/port"),
    ("crews", 3),
    ("crews.evidence", "103/claim.crews 101/dusk"),
    ("share", 3),
    ("share.evidence", "told:crews told:boats"),
    ("round", 3),
    ("round.evidence", "told:share fact/tide"),
    ("a", 1),
    ("a.evidence", "told:b"),
    ("b", 1),
    ("b.evidence", "told:a"),
    ("lost", 1),
    ("lost.evidence", "told:nothing"),
]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        pytest.param("boats", ["101/dusk", "102/port"], id="own words"),
        pytest.param("share", ["103/claim.crews", "101/dusk", "102/port"], id="computed, each once"),
        pytest.param(
            "round", ["103/claim.crews", "101/dusk", "102/port", "fact/tide"], id="computed twice over"
        ),
        pytest.param("untold", [], id="untold"),
    ],
)
def test_rests_on(key: str, found: list[str]) -> None:
    assert list(told(*RESTS).rests_on(key)) == found


@pytest.mark.parametrize("key", ["a", "lost"], ids=["keys in a circle", "a key that nobody tells"])
def test_a_value_computed_from_nothing_is_refused(key: str) -> None:
    with pytest.raises(ToldError, match=key):
        told(*RESTS).rests_on(key)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        pytest.param("boats", "9", id="number"),
        pytest.param("boats:word", "nine", id="word"),
        pytest.param("boats:Word", "Nine", id="word that begins a sentence"),
        pytest.param("boats:.1f", "9.0", id="format"),
        pytest.param("share:.0f", "33", id="rounded"),
        pytest.param("share:+.1f", "+33.3", id="signed"),
        pytest.param("many:,", "1,200", id="thousands"),
        pytest.param("many:word", "one thousand, two hundred", id="long word"),
        pytest.param("whole:word", "twenty-one", id="whole decimal"),
        pytest.param("whole:Word", "Twenty-one", id="joined word"),
        pytest.param("name", "the Gazette", id="words"),
    ],
)
def test_show(request_: str, words: str) -> None:
    made = told(("boats", 9), ("share", 33.333), ("many", 1200), ("whole", 21.0), ("name", "the Gazette"))
    assert made.show(request_) == words


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        pytest.param("none", "no notebook tells 'none'", id="untold"),
        pytest.param("", "no notebook tells ''", id="empty"),
        pytest.param("boats.evidence", "no notebook tells", id="evidence is no value"),
        pytest.param("share:word", "'share:word': 33.333 is not a whole number", id="no whole number"),
        pytest.param("name:word", "'name:word': could not convert", id="words as a word"),
        pytest.param("boats:zz", "'boats:zz': ", id="no format"),
        pytest.param("name:.1f", "'name:.1f': ", id="format of another kind"),
    ],
)
def test_what_cannot_be_shown_is_refused(request_: str, message: str) -> None:
    made = told(("boats", 9), ("boats.evidence", "101/dusk"), ("share", 33.333), ("name", "the Gazette"))
    with pytest.raises(ToldError, match=message):
        made.show(request_)


def test_load_notebook(tmp_path: Path) -> None:
    path = tmp_path / "boats.ipynb"
    path.write_text(json.dumps(notebook(("k", "é"))), encoding="utf-8")
    assert list(records(load_notebook(path))) == [("k", "é")]
