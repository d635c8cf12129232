"""Find what annotation has left out: uncovered characters, unread numbers, unexplained quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from math import inf

from retold.corpus import Article, Corpus
from retold.model import Span
from retold.quantities import find_numbers
from retold.text import merge, overlap
from retold.vocabulary import QuoteMark

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»\n]+)[”\"“»]")
_DASH_SPEECH = re.compile(r"^[-–—] (.+)$", re.MULTILINE)


def find_quoted(text: str) -> list[Span]:
    """Return every stretch between double quotation marks of any style, mixed pairs included."""
    return [Span(*match.span(1)) for match in _QUOTED.finditer(text)]


def find_dash_lines(text: str) -> list[Span]:
    """Return every paragraph that a dash introduces, be it direct speech or a bullet."""
    return [Span(*match.span(1)) for match in _DASH_SPEECH.finditer(text)]


def _outside(spans: Iterable[Span], covered: Iterable[Span]) -> list[Span]:
    around = merge(covered)
    places = ((span, bisect_right(around, (span.start, inf)) - 1) for span in spans)
    return [span for span, at in places if at < 0 or span.end > around[at].end]


def find_uncovered(corpus: Corpus, article: Article) -> list[Span]:
    """Return every run of letters or digits that no attribution, heading, own voice or paratext covers."""
    covered = [span for zone in ("headings", "own_voice", "paratext") for span in article.zones[zone]]
    for passage in corpus.find_passages("attribution", article=article.id):
        covered += [span for part in passage.parts.values() for span in part]
    words = (Span(*match.span()) for match in re.finditer(r"\w+", article.text))
    return _joined(article.text, _outside(words, covered))


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Join neighbouring spans with nothing but signs and blanks between them, for one message each."""
    found: list[Span] = []
    for span in spans:
        if found and not re.search(r"[\w\n]", text[found[-1].end : span.start]):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def find_unread_numbers(corpus: Corpus, article: Article) -> list[Span]:
    """Return every number, in digits or words, that no quantity, event or exclusion takes in."""
    read = list(article.zones["not_quantities"])
    quantities = corpus.find_passages("quantity", article=article.id)
    for passage in (*quantities, *corpus.find_passages("event", article=article.id)):
        read += [span for part in passage.parts.values() for span in part]
    return _outside((span for span, _ in find_numbers(article.text)), read)


def find_unexplained_quotes(corpus: Corpus, article: Article) -> list[Span]:
    """Return quoted stretches that no direct or mixed speech, no document and no exclusion takes in."""
    explained = list(article.zones["not_speech"])
    for passage in corpus.find_passages("attribution", article=article.id):
        if passage.record.form in ("direct", "mixed", "document"):
            explained += passage.spans
    return _outside(find_quoted(article.text), explained)


def find_unfitting_forms(corpus: Corpus, article: Article) -> list[str]:
    """Return the id of every attribution whose form and quotation mark do not fit the text's own marks."""
    marks = [(span, quote_mark(article.text, span)) for span in find_quoted(article.text)]
    marks += [(span, "dash") for span in find_dash_lines(article.text)]
    found = []
    for passage in corpus.find_passages("attribution", article=article.id):
        form, mark = passage.record.form, passage.record.quote_mark
        inside = {kind for span, kind in marks if overlap([span], passage.spans)}
        speech = form in ("direct", "mixed")
        if mark not in inside if speech else mark is not None:
            found.append(passage.id)
    return found


def quote_mark(text: str, inner: Span) -> QuoteMark:
    """Return the style of the marks around a quoted stretch, ``mixed`` where one alone is straight."""
    styles: tuple[QuoteMark, ...] = ("curly", "mixed", "straight")
    return styles[(text[inner.start - 1] + text[inner.end]).count('"')]
