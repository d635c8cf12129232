"""Hold a story whole: articles, passages with their offsets, and registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from retold.document import Lines
from retold.judgements import JudgementsFile
from retold.model import ArticleFile, Labelled, Span
from retold.registers import Actor, Adjudication, Claim, EventEntry, Fact, Source
from retold.text import paragraph_number
from retold.vocabulary import Layer


@dataclass(frozen=True)
class Passage:
    """Hold an annotation, or a claim's reading, with the spans of its parts (``main`` first)."""

    id: str
    article: str
    layer: Layer
    record: Any
    parts: Mapping[str, tuple[Span, ...]]
    main: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the spans of the main part: content, surface, quote or reading."""
        return self.parts[self.main]


@dataclass(frozen=True)
class Article:
    """Hold one article: its file, hash and text, its annotations, and the spans of its zones."""

    id: str
    file: str
    sha256: str
    text: str
    record: ArticleFile
    zones: Mapping[str, tuple[Span, ...]]
    lines: Lines

    def words(self, spans: tuple[Span, ...]) -> str:
        """Return the text at the spans, parts joined by `` … ``."""
        return " … ".join(self.text[span.start : span.end] for span in spans)

    def paragraph(self, spans: tuple[Span, ...]) -> int:
        """Return the number of the paragraph in which the spans begin."""
        return paragraph_number(self.text, spans[0].start)


@dataclass(frozen=True)
class Corpus:
    """Hold a story: articles, passages and registers, keyed by id and in the order given."""

    root: Path
    articles: Mapping[str, Article]
    passages: Mapping[str, Passage]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    events: Mapping[str, EventEntry]
    issues: Mapping[str, Labelled]
    actors: Mapping[str, Actor]
    objects: Mapping[str, Labelled]
    facts: Mapping[str, Fact]
    decisions: tuple[Adjudication, ...]
    judgements: JudgementsFile

    @cached_property
    def _of_article(self) -> Mapping[str, list[Passage]]:
        found: dict[str, list[Passage]] = {article: [] for article in self.articles}
        for passage in self.passages.values():
            found[passage.article].append(passage)
        return found

    @cached_property
    def layers(self) -> dict[str, list[Passage]]:
        """Return where ``provenance.layers`` keeps what it has found, by the passage's id."""
        return {}

    def find_passages(self, layer: Layer, *, article: str | None = None) -> list[Passage]:
        """Return the passages of a layer, of one article or of all, in the order of the files."""
        within = self._of_article[article] if article else self.passages.values()
        return [passage for passage in within if passage.layer == layer]

    def words(self, passage_id: str) -> str:
        """Return the words of a passage as they stand in its article."""
        passage = self.passages[passage_id]
        return self.articles[passage.article].words(passage.spans)
