"""Set an article as a page: text as received, paragraphs numbered, every annotated stretch anchored."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from retold.corpus import Article, Corpus, Passage
from retold.model import Span
from retold.text import paragraphs
from retold_report.tables import fact_words
from sphinx.util.docutils import SphinxDirective

from retold_book.book import open_book
from retold_book.nodes import anchor, passage


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


class ArticleDirective(SphinxDirective):
    """Set the article whose id is the argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a numbered paragraph for each line of the article."""
        corpus = open_book(Path(self.env.app.srcdir)).corpus
        article = corpus.articles.get(self.arguments[0])
        if article is None:
            message = f"no article is called {self.arguments[0]!r}; there are {', '.join(corpus.articles)}"
            return [self.state.document.reporter.error(message, line=self.lineno)]
        lines = enumerate(paragraphs(article.text), start=1)
        found: list[nodes.Node] = []
        anchored: set[str] = set()
        for number, line in lines:
            found.append(self._paragraph(corpus, article, number, line, anchored))
        return found

    def _paragraph(
        self, corpus: Corpus, article: Article, number: int, line: Span, anchored: set[str]
    ) -> nodes.paragraph:
        here = [each for each in corpus.passages.values() if each.article == article.id]
        node = nodes.paragraph(classes=["article-line"], ids=[f"a-{article.id}-{number}"])
        node += nodes.inline("", f"¶{number}", classes=["line-number"])
        node += nodes.Text(" ")
        for piece, covering in cut(line, here):
            words = article.text[piece.start : piece.end]
            starting = [each for each in covering if each.id not in anchored]
            anchored |= {each.id for each in starting}
            if covering:
                node += _stretch(words, covering, [anchor(each.id) for each in starting])
            else:
                node += nodes.Text(words)
        return node


def _stretch(words: str, covering: list[Passage], anchors: list[str]) -> passage:
    layers = sorted({each.layer for each in covering})
    return passage(words, words, passages=[each.id for each in covering], layers=layers, ids=anchors)


class FactsDirective(SphinxDirective):
    """Set every outside fact: statement, base, publisher, date and address, each anchored."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list, one entry a fact."""
        entries = nodes.definition_list(classes=["facts"])
        for fact in open_book(Path(self.env.app.srcdir)).corpus.facts.values():
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
