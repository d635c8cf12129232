"""Ask what the counts would be if a contested reading were the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from retold.corpus import Corpus, Passage
from retold.model import Contested
from retold.provenance import Interval, human_sources, newsroom_roots
from retold.registers import Variant

OWN_VOICE = "own voice"
_PUT_IN = ("certainty", "form", "move", "stance")
_COUNTED = ("newsroom roots", "human sources")


@dataclass(frozen=True)
class Effect:
    """Hold one count of a claim, as annotated and under another reading."""

    claim: str
    count: str
    old: str
    new: str


def find_contested(corpus: Corpus) -> list[tuple[Passage, Contested]]:
    """Return every contested reading with the annotation it concerns, in the order of the files."""
    return [(p, each) for p in corpus.passages.values() if p.layer != "claim" for each in p.record.contested]


def under(corpus: Corpus, passage: Passage, contested: Contested) -> Corpus | None:
    """Return the corpus with one annotation as its contested reading has it.

    None is returned where the reading is told in words alone and names no value that could be put in: only
    a registered source, issue or event, a certainty, form, move or stance, or the outlet's own voice can.
    What is read as a demand waits for nothing, so that its condition goes.
    """
    if passage.layer == "attribution" and contested.reading == OWN_VOICE:
        return _without(corpus, passage)
    registered = {"source": corpus.sources, "issue": corpus.issues, "event": corpus.events}
    closed = passage.record.closed_values(contested.field) if contested.field in _PUT_IN else ()
    known = closed or registered.get(contested.field, ())
    if not hasattr(passage.record, contested.field) or contested.reading not in known:
        return None
    waits = {"condition": None} if contested.reading == "demand" else {}
    record = passage.record.model_copy(update={contested.field: contested.reading, **waits})
    return replace(corpus, passages={**corpus.passages, passage.id: replace(passage, record=record)})


def find_regradings(corpus: Corpus) -> list[tuple[Variant, Contested]]:
    """Return every contested grading of a variant: another severity or kind, or what an article has."""
    return [(v, each) for claim in corpus.claims.values() for v in claim.variants for each in v.contested]


def regraded(corpus: Corpus, variant: Variant, contested: Contested) -> Corpus | None:
    """Return the corpus with one variant as its contested grading has it, None where that is not a value."""
    given = {str(value): value for value in variant.closed_values(contested.field)}
    if contested.reading not in given:
        return None
    changed = variant.model_copy(update={contested.field: given[contested.reading]})
    [claim] = [each for each in corpus.claims.values() if variant in each.variants]
    variants = {"variants": tuple(changed if each is variant else each for each in claim.variants)}
    return replace(corpus, claims={**corpus.claims, claim.id: claim.model_copy(update=variants)})


def _without(corpus: Corpus, gone: Passage) -> Corpus:
    """Return the corpus without an attribution, what was inside it now standing in what was around it."""
    kept = {}
    for identifier, passage in corpus.passages.items():
        attributed = passage.layer == "attribution" and passage.article == gone.article
        if attributed and passage.record.within == gone.record.id:
            record = passage.record.model_copy(update={"within": gone.record.within})
            passage = replace(passage, record=record)
        if identifier != gone.id:
            kept[identifier] = passage
    return replace(corpus, passages=kept)


def find_effects(corpus: Corpus, other: Corpus) -> list[Effect]:
    """Return every claim's count of newsroom roots or human sources that differs between two corpora."""
    return [effect for claim in corpus.claims for effect in _of_claim(corpus, other, claim)]


def _of_claim(corpus: Corpus, other: Corpus, claim: str) -> Iterator[Effect]:
    for name, old, new in zip(_COUNTED, _counts(corpus, claim), _counts(other, claim), strict=True):
        if old != new:
            yield Effect(claim, name, str(old), str(new))


def _counts(corpus: Corpus, claim: str) -> tuple[Interval, Interval]:
    if claim not in corpus.counts:
        corpus.counts[claim] = newsroom_roots(corpus, claim), human_sources(corpus, claim)
    return corpus.counts[claim]
