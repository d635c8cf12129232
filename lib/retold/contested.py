"""Ask what the counts would be if a contested reading were the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from retold.corpus import Corpus, Passage
from retold.model import Contested
from retold.provenance import human_sources, newsroom_roots

OWN_VOICE = "own voice"


@dataclass(frozen=True)
class Effect:
    """Hold one count of a claim, as annotated and under another reading."""

    claim: str
    count: str
    old: str
    new: str


def find_contested(corpus: Corpus) -> list[tuple[Passage, Contested]]:
    """Return every contested reading with the annotation it concerns, in the order of the files."""
    annotations = [each for each in corpus.passages.values() if each.layer != "claim"]
    return [(passage, contested) for passage in annotations for contested in passage.record.contested]


def under(corpus: Corpus, passage: Passage, contested: Contested) -> Corpus | None:
    """Return the corpus with one annotation as its contested reading has it.

    None is returned where the reading is told in words alone and names no value that could be put in: only
    another registered source, another certainty, or the outlet's own voice can.
    """
    if passage.layer != "attribution":
        return None
    if contested.reading == OWN_VOICE:
        return _without(corpus, passage)
    known = contested.field == "source" and contested.reading in corpus.sources
    if not known and (contested.field, contested.reading) not in _CERTAINTIES:
        return None
    record = passage.record.model_copy(update={contested.field: contested.reading})
    return replace(corpus, passages={**corpus.passages, passage.id: replace(passage, record=record)})


_CERTAINTIES = {("certainty", value) for value in ("explicit", "carried-over", "inferred")}


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
    for name, count in (("newsroom roots", newsroom_roots), ("human sources", human_sources)):
        old, new = count(corpus, claim), count(other, claim)
        if old != new:
            yield Effect(claim, name, str(old), str(new))
