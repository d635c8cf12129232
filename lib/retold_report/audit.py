"""Make the tables that show how the annotations came about: decisions, and what is still contested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.contested import Effect, find_contested, find_effects, under
from retold.corpus import Corpus, Passage
from retold.model import Contested

from retold_report.tables import Content, Table, table, where


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
            f"{passage.record.id}: {contested.field}",
            contested.reading,
            contested.reason,
            _effect(corpus, passage, contested),
            where(corpus, [passage.id]),
        ]
        for passage, contested in find_contested(corpus)
    ]
    columns = ["Annotation and field", "Other reading", "Why possible", "What it would change", "Where"]
    return table(name, caption, columns, rows)


def _effect(corpus: Corpus, passage: Passage, contested: Contested) -> str:
    other = under(corpus, passage, contested)
    effects = find_effects(corpus, other) if other else []
    told = [f"{each.claim}: {each.count} {each.old} → {each.new}" for each in effects]
    return "; ".join(told) or "no count"


def effect_table(corpus: Corpus, name: str, caption: str, effects: Iterable[Effect]) -> Table:
    """Return counts of claims as they are and as they would be."""
    rows = [[corpus.claims[each.claim].statement, each.count, each.old, each.new] for each in effects]
    return table(name, caption, ["Claim", "Count", "Now", "Then"], rows)


def contested_variant_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every contested grading of a variant."""
    rows: list[Sequence[Content]] = [
        [variant.id, contested.field, str(variant.severity), contested.reading, contested.reason]
        for claim in corpus.claims.values()
        for variant in claim.variants
        for contested in variant.contested
    ]
    columns = ["Variant", "Field", "Severity", "Other reading", "Why possible"]
    return table(name, caption, columns, rows)
