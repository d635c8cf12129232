"""Make the tables that show how the annotations came about: decisions, and what is still contested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.contested import Effect, find_contested, find_effects, under
from retold.corpus import Corpus, Passage
from retold.model import Contested
from retold.registers import Variant

from retold_report.tables import Content, Table, table, where

COUNTS = {"newsroom roots": "Separate newsrooms", "human sources": "People"}
"""The headers under which tables show the counts of a claim."""


def decision_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every adjudicated disagreement: what each pass said, which was followed, and why."""
    rows: list[Sequence[Content]] = [
        [f"{each.article} {each.place}", each.layer, each.first, each.second, each.decided, each.why]
        for each in corpus.decisions
    ]
    columns = ["Where", "Layer", "First pass", "Second pass", "Decided", "Why"]
    return table(name, caption, columns, rows)


def contested_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every contested reading of an annotation with the counts it would change."""
    rows: list[Sequence[Content]] = [
        [
            f"{passage.layer}: {contested.field.replace('_', ' ')}",
            contested.reading,
            contested.reason,
            _effect(corpus, passage, contested),
            where(corpus, [passage.id]),
        ]
        for passage, contested in find_contested(corpus)
    ]
    columns = ["Layer and field", "Other reading", "Why possible", "What it would change", "Where"]
    return table(name, caption, columns, rows)


def _effect(corpus: Corpus, passage: Passage, contested: Contested) -> str:
    other = under(corpus, passage, contested)
    effects = find_effects(corpus, other) if other else []
    told = [f"{COUNTS[each.count]} {each.old} → {each.new}: {_statement(corpus, each)}" for each in effects]
    return " ".join(told) or "no count"


def _statement(corpus: Corpus, effect: Effect) -> str:
    return corpus.claims[effect.claim].statement


def effect_table(corpus: Corpus, name: str, caption: str, effects: Iterable[Effect]) -> Table:
    """Return counts of claims as they are and as they would be."""
    rows = [[_statement(corpus, each), COUNTS[each.count], each.old, each.new] for each in effects]
    return table(name, caption, ["Claim", "Count", "Now", "Then"], rows)


def contested_variant_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every contested grading of a variant."""
    rows: list[Sequence[Content]] = [
        [
            claim.statement,
            variant.kind,
            _graded(variant, contested),
            contested.reading,
            contested.reason,
        ]
        for claim in corpus.claims.values()
        for variant in claim.variants
        for contested in variant.contested
    ]
    columns = ["Claim", "Variant", "As graded", "Other grading", "Why possible"]
    return table(name, caption, columns, rows)


def _graded(variant: Variant, contested: Contested) -> str:
    values = {"kind": variant.kind, "severity": variant.severity}
    return f"{contested.field} {values.get(contested.field, '')}".strip()
