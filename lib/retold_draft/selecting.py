"""Write spans as selectors, with neighbouring words where the words alone recur."""

from __future__ import annotations

import re

from retold.model import Span


def to_selector(text: str, span: Span) -> str | dict[str, str]:
    """Return the words of a span, with as many words before or after as make them mean one place.

    >>> to_selector("a boat and a pier", Span(11, 12))
    {'exact': 'a', 'suffix': ' pier'}
    """
    exact = text[slice(*span)]
    if _stands_once(text, exact):
        return exact
    width = 1
    while True:
        after = _first(text[span.end : span.end + 40 * width], width)
        before = _first(text[max(0, span.start - 40 * width) : span.start][::-1], width)[::-1]
        for sides in ({"suffix": after}, {"prefix": before}, {"prefix": before, "suffix": after}):
            if _stands_once(text, sides.get("prefix", "") + exact + sides.get("suffix", "")):
                return {"exact": exact, **sides}
        width *= 2


def _stands_once(text: str, words: str) -> bool:
    """Return whether words recur nowhere; all places, of which there may be thousands, are not looked for."""
    return text.find(words, text.find(words) + 1) < 0


def _first(words: str, number: int) -> str:
    match = re.match(rf"(?:\s*+\S++){{1,{number}}}", words)
    return match.group() if match else words
