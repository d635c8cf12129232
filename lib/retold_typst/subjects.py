"""Say under which entries of the printed indexes each passage is listed: its sources and its claim."""

from __future__ import annotations

from retold.corpus import Corpus
from retold.provenance import layers
from retold.registers import Source

SOURCE = "source "  # begins the mark of a source
Index = dict[str, str]
"""The words of each entry by the mark that the places it lists carry."""


def indexed_subjects(corpus: Corpus) -> dict[str, list[str]]:
    """Return the marks of each passage: of the sources it is given to, and of its claim."""
    found = {
        passage.id: [_source(layer.record.source) for layer in layers(corpus, passage)]
        for passage in corpus.passages.values()
    }
    for passage in corpus.passages.values():
        found[passage.id] += [_claim(passage.claim)] if passage.claim else []
    return found


def name_marks(corpus: Corpus) -> dict[str, str]:
    """Return the name of each source and the statement of each claim by its mark."""
    sources = {_source(each.id): each.name for each in corpus.sources.values()}
    return sources | {_claim(each.id): each.statement for each in corpus.claims.values()}


def indexes(corpus: Corpus) -> dict[str, Index]:
    """Return the indexes of sources, persons by their surnames, and of claims by their titles."""
    return {
        "Index of sources": {_source(each.id): _entry(each) for each in corpus.sources.values()},
        "Index of claims": {_claim(each.id): each.statement for each in corpus.claims.values()},
    }


def _entry(source: Source) -> str:
    """Return a source's name, that of a named person as ``Miller, Anna``."""
    first, _, surname = source.name.rpartition(" ")
    return f"{surname}, {first}" if first and source.kind == "person" and source.named else source.name


def _source(identifier: str) -> str:
    return f"{SOURCE}{identifier}"


def _claim(identifier: str) -> str:
    return f"claim {identifier}"
