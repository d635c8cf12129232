"""Set an article as a page: text as received, paragraphs numbered, every annotated stretch anchored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from retold.corpus import Article, Passage
from retold.model import Span
from retold.text import length, overlap, paragraphs
from retold_report.tables import fact_words
from sphinx.util.docutils import SphinxDirective

from retold_book.book import open_book
from retold_book.cutting import CutArticle
from retold_book.nodes import anchor, passage
from retold_book.voice_strip import voice_strip

_PLURALS = {"quantity": "quantities"}


def cut(line: Span, passages: Iterable[Passage]) -> list[tuple[Span, list[Passage]]]:
    """Return a paragraph cut at the ends of all passages, each stretch with the passages that cover it."""
    inside = [
        (Span(max(span.start, line.start), min(span.end, line.end)), each)
        for each in passages
        for span in each.spans
        if span.start < line.end and line.start < span.end
    ]
    points = sorted({line.start, line.end, *(point for span, _ in inside for point in span)})
    pieces = [Span(start, end) for start, end in pairwise(points)]
    return [
        (piece, [each for span, each in inside if span.start <= piece.start and piece.end <= span.end])
        for piece in pieces
    ]


def _stretches(article: Article, line: Span, here: list[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """Yield the stretches of a paragraph, a gap in one, each with the passages it belongs to."""
    parts = article.pieces(line) if isinstance(article, CutArticle) else [(line, "", True)]
    for part, located, is_shown in parts:
        if is_shown:
            for piece, covering in cut(part, here):
                yield article.text[piece.start : piece.end], covering
        else:
            yield located, [each for each in here if overlap(each.spans, [part])]


class ArticleDirective(SphinxDirective):
    """Set the article whose id is the argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the strip of voices, a key to the layers, and a numbered paragraph for each line."""
        corpus = open_book(Path(self.env.app.srcdir)).shown
        article = corpus.articles.get(self.arguments[0])
        if article is None:
            message = f"no article is called {self.arguments[0]!r}; there are {', '.join(corpus.articles)}"
            return [self.state.document.reporter.error(message, line=self.lineno)]
        lines = enumerate(paragraphs(article.text), start=1)
        here = [each for each in corpus.passages.values() if each.article == article.id]
        found: list[nodes.Node] = [voice_strip(corpus, article.id), _key(here)]
        anchored: set[str] = set()
        for number, line in lines:
            found.append(self._paragraph(article, here, number, line, anchored))
        return found

    def _paragraph(
        self, article: Article, here: list[Passage], number: int, line: Span, anchored: set[str]
    ) -> nodes.paragraph:
        node = nodes.paragraph(classes=["article-line"], ids=[f"a-{article.id}-{number}"])
        node += nodes.inline("", f"¶{number}", classes=["line-number"])
        node += nodes.Text(" ")
        for words, covering in _stretches(article, line, here):
            starting = [each for each in covering if each.id not in anchored]
            anchored |= {each.id for each in starting}
            if covering:
                node += _stretch(words, covering, [anchor(each.id) for each in starting])
            else:
                node += nodes.Text(words)
        return node


def _stretch(words: str, covering: list[Passage], anchors: list[str]) -> passage:
    layers = sorted({each.layer for each in covering})
    nearest = sorted(covering, key=lambda each: length(each.spans))
    return passage(words, words, passages=[each.id for each in nearest], layers=layers, ids=anchors)


def _key(here: Iterable[Passage]) -> nodes.bullet_list:
    """Return a list of the layers that an article has, each written as it is marked in the text."""
    key = nodes.bullet_list(classes=["layer-key", "html-only"])
    for layer in sorted({each.layer for each in here}):
        words = nodes.inline("", _PLURALS.get(layer, f"{layer}s"), classes=[f"layer-{layer}"])
        key += nodes.list_item("", nodes.paragraph("", "", words))
    return key


class FactsDirective(SphinxDirective):
    """Set every outside fact: statement, base, publisher, date and address, each anchored."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list, one entry a fact."""
        entries = nodes.definition_list(classes=["facts"])
        for fact in open_book(Path(self.env.app.srcdir)).shown.facts.values():
            body = nodes.definition("", nodes.paragraph("", fact.statement))
            if fact.base:
                body += nodes.paragraph("", f"Base: {fact.base}.")
            source = nodes.paragraph("", f"{fact_words(fact)}. ")
            if fact.url.startswith(("https://", "http://")):
                source += nodes.reference("", fact.url, refuri=fact.url)
            body += source
            if fact.note:
                body += nodes.paragraph("", fact.note, classes=["note-line"])
            term = nodes.term("", "", nodes.literal("", fact.key), ids=[anchor(f"fact/{fact.key}")])
            entries += nodes.definition_list_item("", term, body)
        return [entries]
