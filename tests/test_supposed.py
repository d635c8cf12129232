"""Suppose contested readings: what notebooks tell then, computed by their own code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import retold
import retold_book
from conftest import A101, A102, CLAIMS
from retold import Corpus
from retold_book.supposed import (
    Change,
    Chapters,
    Supposition,
    load_chapters,
    supposed_changes,
    supposed_table,
    suppositions,
    together,
)
from retold_run.told import find_judgements, load_notebook

Load = Callable[..., Corpus]
CONTESTED = (
    A102,
    "    polarity: denies\n",
    "    polarity: denies\n    contested:\n      - {field: source, reading: own voice, reason: no marks}\n",
)
HEDGE = "          102: about nine\n"
DOUBT = "        contested:\n          - {field: severity, reading: '3', reason: R}\n"
REGRADED = (CLAIMS, HEDGE, HEDGE + DOUBT)
CODE = [
    "from retold import load_corpus\nfrom retold_book import holds, tell\ncorpus = load_corpus('..')",
    "variants = [v for claim in corpus.claims.values() for v in claim.variants]\n"
    "tell('severe', sum(v.severity == 3 for v in variants), evidence=['x'])\nvariants",
    "tell('port', corpus.passages['102/port'].record.polarity, evidence=['102/port'])",
    "holds('port-speaks', '102/port' in corpus.passages)",
    "raise_if_shown()",
]


def write(path: Path, code: list[str], prose: str = "") -> Path:
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in code]
    path.write_text(json.dumps({"cells": [*cells, {"cell_type": "markdown", "source": [prose]}]}))
    return path


@pytest.fixture
def chapters(tmp_path: Path) -> Chapters:
    return load_chapters([write(tmp_path / "a.ipynb", CODE)])


def test_notebooks_tell_what_they_compute_and_show_nothing(chapters: Chapters, corpus: Corpus) -> None:
    assert chapters.told(corpus) == {"severe": 1, "port": "denies", "port-speaks.holds": True}


def test_every_reading_that_can_be_put_in_is_supposed(changed: Load) -> None:
    found = suppositions(changed(CONTESTED, REGRADED))
    readings = [f"{article}/claim.boats-damaged" for article in (101, 102)]
    assert [(each.words, each.reason, each.evidence) for each in found] == [
        ("102\u00a0¶5, source: own voice", "no marks", ("102/port",)),
        ("Nine boats were damaged. Hedge, severity: 3, not 2", "R", tuple(readings)),
    ]


def test_a_supposition_changes_what_rests_on_it_alone(chapters: Chapters, changed: Load) -> None:
    corpus = changed(CONTESTED, REGRADED)
    base = chapters.told(corpus)
    assert [chapters.changes(base, each.corpus) for each in suppositions(corpus)] == [
        [
            Change("port", "denies", "not computed", finding=False),
            Change("port-speaks", "holds", "does not hold", finding=True),
        ],
        [Change("severe", "1", "2", finding=False)],
    ]


def test_all_readings_together(chapters: Chapters, changed: Load) -> None:
    corpus = changed(CONTESTED, REGRADED)
    keys = [each.key for each in chapters.changes(chapters.told(corpus), together(corpus))]
    assert keys == ["severe", "port", "port-speaks"]
    assert chapters.changes(chapters.told(corpus), corpus) == []


def test_the_first_of_two_readings_of_a_field_is_put_in(changed: Load) -> None:
    doubts = (
        "[{field: source, reading: brightwater, reason: R}, {field: source, reading: anna-berg, reason: R}]"
    )
    corpus = changed((A102, "    polarity: denies\n", f"    polarity: denies\n    contested: {doubts}\n"))
    assert together(corpus).passages["102/port"].record.source == "brightwater"


def test_a_fault_of_a_notebook_is_not_hidden(tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(NameError):
        load_chapters([write(tmp_path / "b.ipynb", ["holds('k', missing)"])]).told(corpus)


def test_the_library_is_as_before(chapters: Chapters, corpus: Corpus) -> None:
    before = retold.load_corpus, retold_book.tell, retold_book.holds
    chapters.told(corpus)
    assert (retold.load_corpus, retold_book.tell, retold_book.holds) == before


def test_judgements_of_a_notebook(tmp_path: Path) -> None:
    prose = ":::{judgement} nine\n:proof: nine\n\nNine.\n:::\n\n:::{judgement} ten-boats\n:proof: a\n:::"
    assert find_judgements(load_notebook(write(tmp_path / "c.ipynb", [], prose))) == ["nine", "ten-boats"]


def test_the_table_has_what_changes_alone(chapters: Chapters, changed: Load) -> None:
    corpus = changed((A101, "reading: a third pilot", "reading: anna-berg"), CONTESTED)
    base = chapters.told(corpus)
    found = [(each, chapters.changes(base, each.corpus)) for each in suppositions(corpus)]
    made = supposed_table("t", "T", found, found[-1][1][:1])
    reading = "102\u00a0¶5, source: own voice"
    assert [[[part.text for part in parts] for parts in row] for row in made.rows] == [
        [["port"], ["denies"], ["not computed", reading], ["not computed"]],
        [["port speaks"], ["holds"], ["does not hold", reading], ["as now"]],
    ]


RATIO = Change("ratio", "1: 2", "1 → 3", finding=False)
SPEAKS = Change("port-speaks", "holds", "does not hold", finding=True)
LESS = Change("ratio", "1: 2", "1 → 1", finding=False)


def test_readings_that_give_the_same_value_stand_behind_it(corpus: Corpus) -> None:
    one, other, third = (Supposition(name, "R", (f"102/{name}",), corpus) for name in "abc")
    made = supposed_table("t", "T", [(one, [RATIO]), (other, [LESS]), (third, [RATIO])], [])
    assert [part.text for part in made.rows[0][2]] == ["1 → 3", "a", "c", "1 → 1", "b"]


@pytest.mark.parametrize(
    ("alone", "whole"),
    [
        pytest.param([RATIO, SPEAKS], [], id="alone"),
        pytest.param([], [RATIO, SPEAKS], id="all together"),
        pytest.param([RATIO, SPEAKS], [LESS], id="otherwise together"),
    ],
)
def test_changes_are_read_from_the_table_that_holds_them(
    corpus: Corpus, alone: list[Change], whole: list[Change]
) -> None:
    supposed = Supposition("port → source: own voice", "R", ("102/port", "102/pilot"), corpus)
    data = supposed_table("t", "T", [(supposed, alone), (supposed, [])], whole).to_data()
    ids = ("port → source: own voice", "102/port", "102/pilot")
    expected = {named: changes for named, changes in ((ids, alone), ((), whole)) if changes}
    assert supposed_changes(data) == expected


def test_another_table_holds_no_changes() -> None:
    assert supposed_changes({"columns": ["Value", "Now"], "rows": [[[], []]]}) == {}
