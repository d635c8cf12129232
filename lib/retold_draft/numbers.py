"""Find quantities as printed: hedge, number and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from retold.model import Span
from retold.quantities import find_numbers
from retold.text import overlap
from retold.validate import HEDGE_WORDS

from retold_draft.lexicon import LEXICON, any_of, pattern_of

# "Nearly" is among the words for two hedges; what is nearly a number is below it.
_HEDGES = [
    (hedge, re.compile(rf"\b(?:{HEDGE_WORDS[hedge]}) (?:an? )?$", re.IGNORECASE))
    for hedge in sorted(HEDGE_WORDS, key=lambda hedge: hedge != "almost")
]
_UNITS = [(re.compile(rf"[ -]?(?:{words})(?!\w)", re.IGNORECASE), *rest) for words, *rest in LEXICON["units"]]
_VAGUE = pattern_of("vague")
_COUNTED = re.compile(any_of("counted"))
_FRACTION = re.compile(r".*(?:half|thirds?|quarters?)$", re.IGNORECASE)
_PART = re.compile(any_of("fraction"), re.IGNORECASE)
_PRONOUN = re.compile(any_of("pronoun"), re.IGNORECASE)


class Amount(NamedTuple):
    """Hold a quantity's span and fields; without fields it is a number that counts nothing."""

    span: Span
    fields: dict[str, Any]


def find_amounts(text: str, taken: Sequence[Span]) -> list[Amount]:
    """Return the quantities of a text in order, hedge and unit taken in, those in ``taken`` left out."""
    found = [_amount(text, *each) for each in find_numbers(text) if not is_inside(each[0], taken)]
    vague = {"value": None, "unit": "unspecified", "hedge": "vague", "kind": "vague"}
    known = [*taken, *(each.span for each in found)]
    found += [Amount(at, vague) for m in _VAGUE.finditer(text) if not overlap([at := Span(*m.span())], known)]
    return sorted(found, key=lambda each: each.span)


def is_inside(span: Span, taken: Iterable[Span]) -> bool:
    """Return whether one of the stretches in ``taken`` holds the whole span."""
    return any(each.start <= span.start and span.end <= each.end for each in taken)


def _amount(text: str, span: Span, value: float) -> Amount:
    if _counts_nothing(text, span):
        return Amount(span, {})
    money = LEXICON["money"].get(text[span.start - 1 : span.start])
    start = span.start - bool(money)
    found = ((hedge, at.start()) for hedge, words in _HEDGES if (at := words.search(text, start - 30, start)))
    hedge, start = next(found, ("exact", start))
    unit, kind, end = (money, "count", span.end) if money else _unit(text, span)
    return Amount(Span(start, end), {"value": value, "unit": unit, "hedge": hedge, "kind": kind})


def _unit(text: str, span: Span) -> tuple[str, str, int]:
    """Return unit, kind, and where the unit ends: one of measure, percent, or the thing that is counted."""
    for pattern, unit, kind in _UNITS:
        if match := pattern.match(text, span.end):
            return unit, kind, match.end()
    if _FRACTION.match(text[slice(*span)]):
        return "percent", "share", span.end
    counted = _COUNTED.match(text, span.end)
    words = counted[1].replace("people", "persons") if counted else "unspecifieds"
    return re.sub("(?<=ch|sh|ss)e$|(?<=child)re$", "", re.sub("ie$", "y", words[:-1])), "count", span.end


def _counts_nothing(text: str, span: Span) -> bool:
    """Return whether digits belong to a name, ``one`` is a pronoun, or ``third`` and the like an order."""
    before, after = text[max(0, span.start - 20) : span.start], text[span.end : span.end + 9]
    word = text[slice(*span)].lower()
    named = word[0].isdigit() and (re.search(r"[^\W\d_]-?$", before) or re.match(r"\w", after))
    pronoun = word == "one" and _PRONOUN.search(f"{before}#{after}")
    order = word in ("third", "quarter", "quarters") and not _PART.search(f"{before}#{after}")
    return bool(named or pronoun or order)
