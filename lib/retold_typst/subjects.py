"""Say under which entries of the printed indexes each passage is listed: its sources and its claim."""

from __future__ import annotations

from retold.corpus import Corpus
from retold.provenance import layers

SOURCE = "source "  # begins the mark of a source
Index = dict[str, str]
"""The words of each entry by the mark that the places it lists carry."""


def find_subjects(corpus: Corpus) -> dict[str, list[str]]:
    """Return the marks of each passage: of the sources it is given to, and of the claim it is read for."""
    found = {
        passage.id: [_source(layer.record.source) for layer in layers(corpus, passage)]
        for passage in corpus.passages.values()
    }
    for reading in corpus.find_passages("claim"):
        found[reading.id].append(_claim(reading.record.id))
    return found


def indexes(corpus: Corpus) -> dict[str, Index]:
    """Return the indexes of sources and of claims by their titles."""
    return {
        "Index of sources": {_source(each.id): each.name for each in corpus.sources.values()},
        "Index of claims": {_claim(each.id): each.statement for each in corpus.claims.values()},
    }


def _source(identifier: str) -> str:
    return f"{SOURCE}{identifier}"


def _claim(identifier: str) -> str:
    return f"claim {identifier}"
