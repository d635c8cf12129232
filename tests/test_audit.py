"""Show how the annotations came about: what was decided between two passes, and what is still contested."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
import yaml
from conftest import A101, CLAIMS
from retold import Corpus, load_corpus
from retold.contested import Effect
from retold.registers import Adjudication
from retold_report.audit import contested_table, contested_variant_table, decision_table, effect_table
from retold_report.tables import Table

ROOT = Path(__file__).parents[1]
Load = Callable[..., Corpus]
DECISIONS = """\
decisions:
  - id: who-told
    article: "101"
    layer: attribution
    place: ¶3
    first: one pilot
    second: both pilots
    decided: first
    why: The words name one.
  - id: office
    article: all
    layer: source
    place: the port office; anna-berg
    first: an institution
    second: a person & his office
    decided: neither
    why: "It is a <place>."
  - id: many
    article: all
    layer: claim
    place: night-boats-stop; boats-damaged; no-sailing; crews
    first: severity 1
    second: no variant
    decided: neither
    why: Missed by both.
"""


@pytest.fixture(scope="module")
def real() -> Corpus:
    return load_corpus(ROOT)


def rows(made: Table) -> list[list[str]]:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


def test_every_decision_of_the_book_is_shown(real: Corpus) -> None:
    stored = yaml.safe_load((ROOT / "annotations/adjudication.yaml").read_text(encoding="utf-8"))
    wanted = [[each[name] for name in ("layer", "first", "second")] for each in stored["decisions"]]
    made = decision_table(real, "decisions", "Caption")
    assert [[row[0], *row[2:4]] for row in rows(made)] == wanted != []
    places = [each["place"] for each in stored["decisions"]]
    assert [
        place for place, row in zip(places, rows(made), strict=True) if "¶" in place and place not in row[1]
    ] == []
    identifiers = {*real.sources, *real.claims} - {"kyiv", "moscow"}
    assert [row[1] for row in rows(made) if identifiers & set(row[1].split())] == []


def test_every_decision_of_the_book_says_what_and_why(real: Corpus) -> None:
    made = decision_table(real, "decisions", "Caption")
    known = set(get_args(Adjudication.model_fields["decided"].annotation))
    assert [row for row in rows(made) if not all(each.strip() for each in row)] == []
    assert {row[4] for row in rows(made)} <= known
    assert {each.article for each in real.decisions} <= {*real.articles, "all"}


def test_decisions(story: Path) -> None:
    (story / "annotations/adjudication.yaml").write_text(DECISIONS, encoding="utf-8")
    made = decision_table(load_corpus(story), "decisions", "Caption")
    assert made.columns == ("Layer", "Where", "First pass", "Second pass", "Decided", "Why")
    assert rows(made) == [
        ["attribution", "101 ¶3", "one pilot", "both pilots", "first", "The words name one."],
        ["source", "the port office; Anna Berg", "an institution", "a person & his office", "neither",
         "It is a <place>."],
        ["claim", "four claims", "severity 1", "no variant", "neither",
         "Missed by both. They are: The night boats will stop in winter; Nine boats were damaged; "
         "No boat sails in the dark; Half of the crews want a contract."],
    ]  # fmt: skip


def test_a_story_annotated_once_has_no_decisions(corpus: Corpus) -> None:
    assert rows(decision_table(corpus, "decisions", "Caption")) == []


OTHER = "{field: source, reading: a third pilot, reason: the pilots are not numbered}"


def reads(field: str, reading: str) -> str:
    return OTHER.replace("field: source, reading: a third pilot", f"field: {field}, reading: {reading}")


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        pytest.param(OTHER, ["attribution: source", "a third pilot", "not tried"], id="told in words alone"),
        pytest.param(
            reads("source", "two-pilots"),
            ["attribution: source", "two pilots", "People 1–2 → 2–4: No boat sails in the dark."],
            id="another source",
        ),
        pytest.param(
            reads("source", "own voice"),
            ["attribution: source", "own voice", "no count"],
            id="own voice, no change",
        ),
        pytest.param(
            reads("form", "indirect"),
            ["attribution: form", "indirect", "no count"],
            id="a field that counts nothing",
        ),
    ],
)
def test_contested_readings(changed: Load, entry: str, cells: list[str]) -> None:
    made = contested_table(changed((A101, OTHER, entry)), "contested", "Caption")
    [row] = rows(made)
    assert "; ".join(made.columns) == (
        "Layer and field; Other reading; Why possible; What it would change; Where"
    )
    assert [*row[:2], row[3]] == cells
    assert (row[2], row[4]) == ("the pilots are not numbered", "101 ¶3")
    assert [part.evidence for part in made.rows[0][4]] == [("101/dusk",)]


def test_two_readings_of_one_annotation_are_two_rows(changed: Load) -> None:
    made = contested_table(
        changed((A101, f"- {OTHER}", f"- {OTHER}\n      - {reads('certainty', 'inferred')}")),
        "contested",
        "C",
    )
    assert [row[0] for row in rows(made)] == ["attribution: source", "attribution: certainty"]


def test_an_effect_on_several_counts_names_each(changed: Load) -> None:
    certain = "    content: Brightwater Ferries will stop its night boats in winter\n"
    other = "    contested:\n      - {field: source, reading: anna-berg, reason: she may have told}\n"
    corpus = changed((A101, f"    cue: reported\n{certain}", f"    cue: reported\n{certain}{other}"))
    row, *_ = rows(contested_table(corpus, "contested", "Caption"))
    claim = corpus.claims["night-boats-stop"].statement
    assert row[0] == "attribution: source"
    assert row[3] == f"Separate newsrooms 1–2 → 1–3: {claim} People 2 → 2–3: {claim}"


def test_the_contested_readings_of_the_book(real: Corpus) -> None:
    made = contested_table(real, "contested", "Caption")
    counted = sum(
        len(record.contested)
        for article in real.articles.values()
        for layer in ("attributions", "quantities", "positions", "events")
        for record in getattr(article.record, layer)
    )
    assert len(made.rows) == counted > 0
    effects = [row[3] for row in rows(made)]
    assert {words for words in effects if " → " not in words} == {"not tried", "no count"}
    assert len(set(effects)) > 2


VARIANT = "        explanation: A lower bound in one, an estimate in the other.\n"


def test_contested_variants(changed: Load) -> None:
    other = "        contested:\n          - {field: severity, reading: '3', reason: nine may be a bound}\n"
    made = contested_variant_table(changed((CLAIMS, VARIANT, VARIANT + other)), "contested", "Caption")
    assert made.columns == ("Variant", "Claim", "As graded", "Other grading", "Why possible")
    [row] = rows(made)
    assert [row[0], *row[2:]] == ["hedge", "severity 2", "3", "nine may be a bound"]


def test_a_contested_field_that_is_no_grade_stands_alone(changed: Load) -> None:
    other = "        contested:\n          - {field: readings, reading: 102 none, reason: R}\n"
    [row] = rows(contested_variant_table(changed((CLAIMS, VARIANT, VARIANT + other)), "contested", "C"))
    assert [row[0], *row[2:]] == ["hedge", "readings", "102 none", "R"]


def test_a_story_without_contested_variants(corpus: Corpus) -> None:
    assert rows(contested_variant_table(corpus, "contested", "Caption")) == []


def test_the_contested_variants_of_the_book(real: Corpus) -> None:
    counted = [
        [variant.kind, claim.statement]
        for claim in real.claims.values()
        for variant in claim.variants
        for contested in variant.contested
    ]
    assert [row[:2] for row in rows(contested_variant_table(real, "contested", "C"))] == counted != []


def test_effects_as_they_are_and_as_they_would_be(corpus: Corpus) -> None:
    claim = next(iter(corpus.claims))
    made = effect_table(corpus, "effects", "Caption", [Effect(claim, "newsroom roots", "1", "1–2")])
    shown = [[part.text for part in parts] for parts in made.rows[0]]
    assert shown == [[corpus.claims[claim].statement], ["Separate newsrooms"], ["1"], ["1–2"]]
