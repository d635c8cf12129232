"""Score grown stories anew: the stored table holds what comes out, and each score can fail."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from retold import Corpus, load_corpus

from bench.synthetic import Grown, Rates, Witness, grow, write
from bench.synthetic.growth import Family
from bench.truth import (
    COLUMNS,
    OUT,
    SEEDS,
    Pair,
    Story,
    related,
    rows,
    score,
    score_differences,
    score_pairs,
    score_roots,
    shared_departures,
    stories,
)

CELLS = [("close", 3, 6), ("free", 5, 6), ("several newsrooms", 3, 48), ("misnamed newsrooms", 3, 48)]


@cache
def stored() -> dict[tuple[str, ...], list[list[str]]]:
    """Return the rows of the stored table by setting, witnesses and claims."""
    with OUT.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    assert tuple(head) == COLUMNS
    found: dict[tuple[str, ...], list[list[str]]] = {}
    for line in lines:
        found.setdefault(tuple(line[:3]), []).append(line)
    return found


@pytest.mark.parametrize(("setting", "witnesses", "claims"), CELLS)
def test_stored_scores_come_out_again(setting: str, witnesses: int, claims: int) -> None:
    grown = [Story(setting, witnesses, claims, seed) for seed in SEEDS]
    made = [[str(each) for each in row] for row in rows((story, score(story)) for story in grown)]
    assert made == stored()[setting, str(witnesses), str(claims)]


def test_every_kind_of_story_is_stored() -> None:
    assert list(stored()) == list(dict.fromkeys(tuple(map(str, story[:3])) for story in stories()))


def test_every_word_of_the_table_is_explained() -> None:
    told = OUT.with_suffix(".md").read_text(encoding="utf-8")
    words = {word for lines in stored().values() for line in lines for word in (line[0], *line[3:5])}
    explained = words - {"departures, 2 or more", "departures, 3 or more"}
    assert [word for word in (*COLUMNS, *explained) if f"`{word}`" not in told] == []


def tree(**parents: str) -> Grown:
    """Return witnesses with their parents; what is no witness is an original."""
    witnesses = [Witness(each, parent, "o", (), {}, ()) for each, parent in parents.items()]
    return Grown((Family("f", ("o",), {}, (), (), witnesses),), ())


def pairs(*names: str) -> set[Pair]:
    return {frozenset(name) for name in names}


FORK = tree(a="o", b="a", c="b", d="a", e="o")


@pytest.mark.parametrize(
    ("supported", "precision", "recall", "kin"),
    [
        pytest.param(pairs("ab", "bc", "ad"), 1, 1, 1, id="all that copied"),
        pytest.param(pairs("ba"), 1, 1 / 3, 1, id="one of them"),
        pytest.param(pairs("cd"), 0, 0, 1, id="kin alone"),
        pytest.param(pairs("ae", "ab"), 1 / 2, 1 / 3, 1 / 2, id="the original is no kin"),
    ],
)
def test_pairs_are_held_against_the_tree(
    supported: set[Pair], precision: float, recall: float, kin: float
) -> None:
    expected = {("way", "precision"): precision, ("way", "recall"): recall, ("way", "kin"): kin}
    assert score_pairs(FORK, "way", supported) == pytest.approx(expected)


def test_no_pair_has_no_precision_and_no_copy_no_recall() -> None:
    assert score_pairs(FORK, "way", set()) == {("way", "recall"): 0}
    assert set(score_pairs(tree(a="o", b="o"), "way", pairs("ab"))) == {("way", "precision"), ("way", "kin")}


@pytest.fixture(scope="module")
def grown() -> Grown:
    """Return ten witnesses of one original with many changes."""
    return grow(10, seed=4, places=8, words=0, rates=Rates(mutation=0.7, uncredited=0))


@pytest.fixture(scope="module")
def written(grown: Grown, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return load_corpus(write(grown, tmp_path_factory.mktemp("truth") / "corpus"))


def test_true_roots_are_held_and_others_are_not(grown: Grown, written: Corpus) -> None:
    right = score_roots(grown, written)
    [family] = grown.families
    alone = [replace(each, original=each.id) for each in family.witnesses]
    wrong = score_roots(replace(grown, families=(replace(family, witnesses=alone),)), written)
    assert set(right["held"]) == {1.0}
    assert set(right["too many"]) == set(right["width"]) == {0.0}
    assert set(wrong["held"]) == {0.0}


def test_minimum_above_the_truth_is_too_many(tmp_path: Path) -> None:
    made = grow(10, seed=4, places=8, words=0, rates=Rates(miscredited=1, uncredited=0))
    scores = score_roots(made, load_corpus(write(made, tmp_path / "corpus")))
    assert scores["too many"] == [1 - held for held in scores["held"]] != [0.0] * len(scores["held"])


def test_changes_are_found_if_words_are_marked(
    grown: Grown, written: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = score_differences(grown, written)
    monkeypatch.setattr("bench.truth.differing", lambda readings: [[] for _ in readings])
    blind = score_differences(grown, written)
    assert right["collation", "found"] == 1
    assert 0 < right["collation", "precision"] < 1
    assert right["collation", "shows"] == blind["collation", "shows"] > 0.5
    spoken = [each.kind == "attribution" for each in grown.mutations]
    assert 0 < blind["collation", "found"] < 2 * sum(spoken) / len(spoken)
    assert ("collation", "precision") not in blind


def test_ways_of_relating_support_ever_fewer_pairs(written: Corpus) -> None:
    found = related(written)
    one, two, three = (found[f"departures, {least} or more"] for least in (1, 2, 3))
    assert len(found["every pair"]) == 45
    assert found["every pair"] >= one >= two >= three > set()
    assert one > three
    assert found["departures and reuse"] == found["reuse"] & two


@pytest.mark.parametrize(
    ("readings", "sharing"),
    [
        pytest.param({"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}, pairs("ab"), id="fewer than half"),
        pytest.param({"a": "x", "b": "x", "c": "y", "d": "y"}, set(), id="half"),
        pytest.param({"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}, pairs("ab", "cd"), id="no majority"),
        pytest.param({"a": "x", "b": "y", "c": "y", "d": "y", "e": "y"}, set(), id="one text alone"),
    ],
)
def test_departure_is_shared_by_fewer_than_half(readings: dict[str, str], sharing: set[Pair]) -> None:
    claim = SimpleNamespace(variants=[SimpleNamespace(readings=readings)])
    story: Any = SimpleNamespace(claims={"c": claim})
    assert set(shared_departures(story)) == sharing


def test_reuse_pairs_a_text_with_its_parent_where_words_are_replaced(tmp_path: Path) -> None:
    made = grow(6, seed=2, places=12, words=0, rates=Rates(paraphrase=0.3, drop=0))
    scores = score_pairs(made, "reuse", related(load_corpus(write(made, tmp_path / "corpus")))["reuse"])
    assert scores["reuse", "recall"] == 1
