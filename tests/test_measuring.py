"""Measure drafts against adjudicated annotations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from retold import Corpus, load_corpus
from retold_report.measuring import CATEGORIES, draft_scores, drafted_corpus
from retold_report.standard import quantity_table

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def five() -> Corpus:
    return load_corpus(ROOT)


@pytest.fixture(scope="module")
def drafted(five: Corpus) -> Corpus:
    return drafted_corpus(five)


def test_a_corpus_agrees_with_itself_in_every_category(five: Corpus) -> None:
    for name, found in draft_scores(five, five).items():
        assert found.first == found.second == found.score(1).matched > 0, name


def test_drafts_are_made_of_texts_and_dates_alone(five: Corpus, drafted: Corpus) -> None:
    assert [each.text for each in drafted.articles.values()] == [each.text for each in five.articles.values()]
    assert [each.record.article.published for each in drafted.articles.values()] == [
        each.record.article.published for each in five.articles.values()
    ]
    assert drafted.claims == {}
    assert {each.record.certainty for each in drafted.find_passages("attribution")} == {"draft"}


LEAST = [
    ("content", 0.95, 0.75),
    ("content with a cue", 0.95, 0.85),
    ("content without a cue", 0.85, 0.5),
    ("source", 0.95, 0.85),
    ("cue", 0.95, 0.85),
    ("direct speech", 0.95, 0.95),
    ("quantity", 0.9, 0.95),
    ("time expression", 0.9, 0.9),
]


@pytest.mark.parametrize(("category", "precision", "recall"), LEAST)
def test_drafts_of_the_five_do_not_get_worse(
    five: Corpus, drafted: Corpus, category: str, precision: float, recall: float
) -> None:
    score = draft_scores(five, drafted)[category].score(0.3)
    assert score.precision >= precision
    assert score.recall >= recall


def test_every_category_is_measured() -> None:
    assert [each[0] for each in LEAST] == list(CATEGORIES)


def test_drafts_of_the_invented_story_find_its_cues(corpus: Corpus) -> None:
    scores = draft_scores(corpus, drafted_corpus(corpus))
    assert scores["cue"].score(0.3).recall >= 0.7
    assert scores["quantity"].score(0.3).recall >= 0.8


def test_a_missed_annotation_counts_against_recall(corpus: Corpus) -> None:
    fewer = {name: each for name, each in corpus.passages.items() if name != "101/fleet"}
    score = draft_scores(corpus, replace(corpus, passages=fewer))["quantity"].score(0.8)
    every = len(corpus.find_passages("quantity"))
    assert [score.precision, score.recall] == pytest.approx([1.0, (every - 1) / every])


def test_drafts_can_be_shown_before_they_are_confirmed(drafted: Corpus) -> None:
    quantities = [passage.id for passage in drafted.find_passages("quantity")]
    assert len(quantity_table(drafted, "amounts", "Quantities", quantities).rows) == len(quantities)
