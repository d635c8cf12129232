"""Set an article as a page: text as received, paragraphs numbered, every annotated stretch anchored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from retold.corpus import Article, Corpus, Passage
from retold.model import Span
from retold.text import length, overlap, paragraphs
from retold_excerpt.cutting import CutArticle
from retold_report.tables import date_words, fact_words
from sphinx.util.docutils import SphinxDirective

from retold_book.book import open_book
from retold_book.nodes import anchor, line_anchor, passage
from retold_book.voice_strip import voice_strip

_PLURALS = {"quantity": "quantities"}
_PROBABLE = "its outlet only probable, see the register of sources"
_LOCATORS = (
    "Where words are left out, square brackets give article, paragraph, where they begin and end, counted in "
    "characters, and the start of their SHA-256, by which whoever has the text can find them."
)
_MARKS = (
    "Marked words open their annotations: attributions say who is cited, claims what other articles may "
    "carry as well, quantities how much of what, positions who wants what, events what happened, and steps "
    "how far the words say that matters have come."
)


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
        """Return what the page shows, the strip of voices, a key to the layers, and the numbered lines."""
        corpus = open_book(Path(self.env.app.srcdir)).shown
        article = corpus.articles.get(self.arguments[0])
        if article is None:
            message = f"no article is called {self.arguments[0]!r}; there are {', '.join(corpus.articles)}"
            return [self.state.document.reporter.error(message, line=self.lineno)]
        lines = enumerate(paragraphs(article.text), start=1)
        here = [each for each in corpus.passages.values() if each.article == article.id]
        found: list[nodes.Node] = [_opening(corpus, article), voice_strip(corpus, article.id), _key(here)]
        found.append(_html(f'<div role="region" aria-label="Text of article {escape(article.id)}">'))
        anchored: set[str] = set()
        for number, line in lines:
            found.append(self._paragraph(article, here, number, line, anchored))
        return [*found, _html("</div>")]

    def _paragraph(
        self, article: Article, here: list[Passage], number: int, line: Span, anchored: set[str]
    ) -> nodes.paragraph:
        node = nodes.paragraph(classes=["article-line"], ids=[line_anchor(article.id, number)])
        node += nodes.inline("", f"¶{number}", classes=["line-number"])
        node += nodes.Text(" ")
        level = heading_level(article, line)
        if level:
            node += _html(f'<span role="heading" aria-level="{level}">')
        for words, covering in _stretches(article, line, here):
            starting = [each for each in covering if each.id not in anchored]
            anchored |= {each.id for each in starting}
            if covering:
                node += _stretch(words, covering, [anchor(each.id) for each in starting])
            else:
                node += nodes.Text(words)
        if level:
            node += _html("</span>")
        return node


def heading_level(article: Article, line: Span) -> int:
    """Return 2 for a line that is the article's title, 3 for a heading beneath, 0 for one that is neither."""
    zones = article.zones
    if not any(span.start <= line.start and line.end <= span.end for span in zones["headings"]):
        return 0
    return 2 if not zones["title"] or overlap(zones["title"], [line]) else 3


def _opening(corpus: Corpus, article: Article) -> nodes.paragraph:
    """Return what a page shows: whose text, of what date, and what its marks mean."""
    head = article.record.article
    outlet = f"from {corpus.sources[head.outlet].name}" if head.outlet_certainty == "high" else _PROBABLE
    shown, how = (
        ("Excerpts", f" {_LOCATORS}") if isinstance(article, CutArticle) else ("The text as received", "")
    )
    words = f"{shown}, {outlet}; {_appeared(head.published)}.{how} {_MARKS}"
    return nodes.paragraph("", words, classes=["html-only"])


def _appeared(published: str) -> str:
    given = published.removesuffix("?")
    if (words := date_words(given)) == given:
        return "date not established"
    return f"{'' if given == published else 'probably '}published {words}"


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


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
            if fact.url.startswith(("https://", "http://")):
                address = nodes.reference("", fact.url, refuri=fact.url)
                body += nodes.paragraph("", "", nodes.Text("Published at "), address)
            if fact.note:
                body += nodes.paragraph("", fact.note, classes=["note-line"])
            term = nodes.term("", f"{fact_words(fact)} ", ids=[anchor(f"fact/{fact.key}")])
            term += nodes.literal("", fact.key, classes=["html-only"])
            entries += nodes.definition_list_item("", term, body)
        return [entries]
