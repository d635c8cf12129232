"""Make the tables that show how the annotations came about: decisions, and what is still contested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from retold.contested import Effect, find_contested, find_effects, under
from retold.corpus import Corpus, Passage
from retold.model import Contested
from retold.quantities import number_word
from retold.registers import Adjudication, Variant

from retold_report.tables import Content, Table, table, where

_FEW = 3  # places that a narrow column has room for
COUNTS = {"newsroom roots": "Separate newsrooms", "human sources": "People"}
"""The headers under which tables show the counts of a claim."""


def decision_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every adjudicated disagreement: what each pass said, which was followed, and why.

    Where it stood at more than three places, they are counted there and named after the reason.
    """
    names = {each.id: each.name for each in corpus.sources.values()}
    names |= {each.id: each.statement.removesuffix(".") for each in corpus.claims.values()}
    rows: list[Sequence[Content]] = []
    for each in corpus.decisions:
        place, why = _place(each, names)
        rows.append([each.layer, place, each.first, each.second, each.decided, why])
    columns = ["Layer", "Where", "First pass", "Second pass", "Decided", "Why"]
    return table(name, caption, columns, rows)


def _place(decision: Adjudication, names: Mapping[str, str]) -> tuple[str, str]:
    """Return where a disagreement stood, sources and claims by their names, and why it was so decided."""
    given = decision.place.split("; ")
    place, why = "; ".join(names.get(each, each) for each in given), decision.why
    if len(given) > _FEW and all(each in names for each in given):
        place, why = f"{number_word(len(given))} {decision.layer}s", f"{why} They are: {place}."
    return (place if decision.article == "all" else f"{decision.article} {place}"), why


def contested_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every contested reading of an annotation with the counts it would change.

    One told in words alone, that names no value to put in, is ``not tried``.
    """
    rows: list[Sequence[Content]] = [
        [
            f"{passage.layer}: {contested.field.replace('_', ' ')}",
            reading_words(corpus, contested),
            contested.reason,
            _effect(corpus, passage, contested),
            where(corpus, [passage.id]),
        ]
        for passage, contested in find_contested(corpus)
    ]
    columns = ["Layer and field", "Other reading", "Why possible", "What it would change", "Where"]
    return table(name, caption, columns, rows)


def reading_words(corpus: Corpus, contested: Contested) -> str:
    """Return what another reading would have, a source, issue or event by its name."""
    named = {"source": corpus.sources, "issue": corpus.issues, "event": corpus.events}
    record = named.get(contested.field, {}).get(contested.reading)
    return str(getattr(record, "name", getattr(record, "label", contested.reading)))


def _effect(corpus: Corpus, passage: Passage, contested: Contested) -> str:
    other = under(corpus, passage, contested)
    if not other:
        return "not tried"
    effects = find_effects(corpus, other)
    told = [f"{COUNTS[each.count]} {each.old} → {each.new}: {_statement(corpus, each)}" for each in effects]
    return " ".join(told) or "no count"


def _statement(corpus: Corpus, effect: Effect) -> str:
    return corpus.claims[effect.claim].statement


def effect_table(corpus: Corpus, name: str, caption: str, effects: Iterable[Effect]) -> Table:
    """Return counts of claims as they are and as they would be."""
    rows = [[_statement(corpus, each), COUNTS[each.count], each.old, each.new] for each in effects]
    return table(name, caption, ["Claim", "Count", "Now", "Then"], rows)


def contested_variant_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every contested grading of a variant, or contested reading in it."""
    rows: list[Sequence[Content]] = [
        [variant.kind, claim.statement, _graded(variant, contested), contested.reading, contested.reason]
        for claim in corpus.claims.values()
        for variant in claim.variants
        for contested in variant.contested
    ]
    columns = ["Variant", "Claim", "As graded", "Other grading", "Why possible"]
    return table(name, caption, columns, rows)


def _graded(variant: Variant, contested: Contested) -> str:
    values = {"kind": variant.kind, "severity": variant.severity}
    return f"{contested.field} {values.get(contested.field, '')}".strip()
