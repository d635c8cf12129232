"""Hold a story whole: articles, passages with their offsets, and registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from retold.judgements import JudgementsFile
from retold.model import ArticleFile, Labelled, Span
from retold.problems import Lines
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
        """Return the spans of the main part: content, surface, quote, reading, or words of a step."""
        return self.parts[self.main]

    @property
    def claim(self) -> str | None:
        """Return the claim that it is a reading of, or that its quantity is about; None if there is none."""
        return self.record.id if self.layer == "claim" else getattr(self.record, "claim", None)


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
    def _index(self) -> Mapping[tuple[Layer, str | None, str | None], list[Passage]]:
        found: dict[tuple[Layer, str | None, str | None], list[Passage]] = defaultdict(list)
        for passage in self.passages.values():
            found[passage.layer, None, None].append(passage)
            found[passage.layer, passage.article, None].append(passage)
            if passage.claim:
                found[passage.layer, None, passage.claim].append(passage)
        return found

    @cached_property
    def opposed(self) -> Set[str]:
        """Return the sides of the actors that oppose each other."""
        return {actor.side for actor in self.actors.values() if actor.party}

    @cached_property
    def layers(self) -> dict[str, list[Passage]]:
        """Return where ``provenance.layers`` keeps what it has found, by the passage's id."""
        return {}

    @cached_property
    def counts(self) -> dict[str, tuple[Any, Any]]:
        """Return where ``contested.find_effects`` keeps what it has counted, by the claim's id."""
        return {}

    def find_passages(
        self, layer: Layer, *, article: str | None = None, claim: str | None = None
    ) -> list[Passage]:
        """Return the passages of a layer, of one article or of all, in the order of the files.

        Args:
            layer: the layer.
            article: the article they stand in.
            claim: instead, the claim that quantities are about, or that readings (layer ``claim``) are of.

        Raises:
            KeyError: no article, or no claim, has the id.
            TypeError: both an article and a claim are given.
        """
        if article is not None and claim is not None:
            raise TypeError("give an article or a claim, not both")
        for known, key in ((self.articles, article), (self.claims, claim)):
            if key is not None and key not in known:
                raise KeyError(key)
        return self._index.get((layer, article, claim), []).copy()

    def words(self, passage_id: str, part: str | None = None) -> str:
        """Return the words of a passage as they stand in its article, or of a part of it, if it has that."""
        passage = self.passages[passage_id]
        return self.articles[passage.article].words(passage.parts.get(part or passage.main, ()))
