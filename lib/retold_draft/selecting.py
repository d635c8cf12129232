"""Write spans as selectors, with neighbouring words where the words alone recur."""

from __future__ import annotations

import re

from retold.model import Span

_MOST = 256  # words on either side; an article prints no longer stretch twice


class RecurringError(ValueError):
    """Say which words recur with all their neighbours, so that nothing tells their places apart."""


def to_selector(text: str, span: Span) -> str | dict[str, str]:
    """Return the words of a span, with as many words before or after as make them mean one place.

    >>> to_selector("a boat and a pier", Span(11, 12))
    {'exact': 'a', 'suffix': ' pier'}

    Raises:
        RecurringError: so many neighbours do not tell the place from another.
    """
    exact = text[slice(*span)]
    if _stands_once(text, exact):
        return exact
    width = 1
    while width <= _MOST:
        after = _first(text[span.end : span.end + 40 * width], width)
        before = _first(text[max(0, span.start - 40 * width) : span.start][::-1], width)[::-1]
        for sides in ({"suffix": after}, {"prefix": before}, {"prefix": before, "suffix": after}):
            if _stands_once(text, sides.get("prefix", "") + exact + sides.get("suffix", "")):
                return {"exact": exact, **sides}
        width *= 2
    raise RecurringError(f"{exact[:40]!r} recurs with the same {_MOST} words before and after it")


def _stands_once(text: str, words: str) -> bool:
    """Return whether words recur nowhere; all places, of which there may be thousands, are not looked for."""
    return text.find(words, text.find(words) + 1) < 0


def _first(words: str, number: int) -> str:
    match = re.match(rf"(?:\s*+\S++){{1,{number}}}", words)
    return match.group() if match else words
