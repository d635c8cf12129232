"""Find words in a text: paragraphs, sentences, tokens, and the place a selector means."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from retold.model import Selector, Span

_SENTENCE_END = re.compile(r"[.!?][\"”’']?(?=\s+([“\"A-Z–—-]))")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|sq|km|Mr|Mrs|Dr|St|No)\.$")
_TOKEN = re.compile(r"[^\W_]+(?:(?:'|(?<=\d)[.,](?=\d))[^\W_]+)*")
_WORD = re.compile(r"[^\W_]+(?:(?:['’ʼ‘`]|(?<=\d)[.,](?=\d))[^\W_]+)*")
_COMPARED = 2000
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`", "'"))


class Word(NamedTuple):
    """Hold a token and where it stands in its text."""

    token: str
    span: Span


def paragraphs(text: str) -> list[Span]:
    """Return the span of every line that is not blank; the first paragraph is number one."""
    return [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def paragraph_number(text: str, offset: int) -> int:
    """Return the number, from 1, of the paragraph that holds ``offset``, or of the last one before it."""
    return bisect_right(_starts(text), offset)


@lru_cache(maxsize=16)
def _starts(text: str) -> list[int]:
    return [span.start for span in paragraphs(text)]


def sentences(text: str) -> list[Span]:
    """Return the span of every sentence; a sentence never runs past its line."""
    found = []
    for line in paragraphs(text):
        start = line.start
        for match in _SENTENCE_END.finditer(text, line.start, line.end):
            if not _ABBREVIATION.search(text, max(start, match.start() - 3), match.start() + 1):
                found.append(Span(start, match.end()))
                start = match.start(1)
        found.append(Span(start, line.end))
    return found


def sentence_at(text: str, span: Span) -> Span:
    """Return the stretch of whole sentences that covers ``span``."""
    inside = [s for s in sentences(text) if s.start < span.end and span.start < s.end]
    return Span(inside[0].start, inside[-1].end) if inside else span


def tokens(text: str) -> list[str]:
    """Return lower-cased runs of letters and digits, as Unicode parts words but for hyphens (UAX 29).

    Apostrophes between letters, made straight, stay inside, and so do commas and points between digits.
    """
    return _TOKEN.findall(text.translate(_APOSTROPHES).lower())


@lru_cache(maxsize=16)
def find_words(text: str) -> tuple[Word, ...]:
    """Return the tokens of a text, as ``tokens`` has them, with their spans."""
    return tuple(Word(_token(m.group()), Span(*m.span())) for m in _WORD.finditer(text))


@lru_cache(maxsize=2**16)
def _token(word: str) -> str:
    return "".join(tokens(word))


def find_selector(text: str, selector: Selector) -> list[Span]:
    """Return every place that the selector's words, with their prefix and suffix, occur at."""
    needle = selector.prefix + selector.exact + selector.suffix
    found, at = [], text.find(needle)
    while at >= 0:
        start = at + len(selector.prefix)
        found.append(Span(start, start + len(selector.exact)))
        at = text.find(needle, at + 1)
    return found


def nearest(text: str, words: str) -> str:
    """Return the whole words of ``text`` most like ``words``, of which the beginning is compared."""
    match = fuzz.partial_ratio_alignment(words[:_COMPARED], text)
    if not match:
        return ""
    first, last = match.dest_start, match.dest_end
    met = [word.span for word in find_words(text) if word.span.start < last and first < word.span.end]
    return text[slice(*merge([Span(first, last), *met])[0])].strip()


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with those that touch or overlap joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def overlap(left: Iterable[Span], right: Iterable[Span]) -> int:
    """Return the number of characters that two sets of spans share."""
    others = merge(right)
    return sum(
        min(end, other_end) - max(start, other_start)
        for start, end in merge(left)
        for other_start, other_end in others
        if start < other_end and other_start < end
    )


def length(spans: Iterable[Span]) -> int:
    """Return the number of characters that spans cover, counting none twice."""
    return sum(span.end - span.start for span in merge(spans))
