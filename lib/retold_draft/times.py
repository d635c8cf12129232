"""Find time expressions, and give each the EDTF date that its words allow."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from retold.dating import MONTHS, RULES, SEASONS, resolve
from retold.model import Span
from retold.text import sentences
from retold.vocabulary import Status

from retold_draft.lexicon import any_of, pattern_of

_RULES = "|".join(rule.pattern for rule in RULES)
_EXPRESSION = re.compile(
    rf"\b(?:{any_of('lead')}{any_of('dated')}|{_RULES}|{any_of('open')})(?!\w)", re.IGNORECASE
)
_UNDATED = "Drafted by rule: no date follows from these words alone."
_AHEAD, _CLAUSE = pattern_of("ahead"), re.compile('[,;:–—“”"]')


class Time(NamedTuple):
    """Hold a time expression, its EDTF date or ``unresolved``, the reason if there is one, and the status."""

    span: Span
    edtf: str
    reason: str
    status: Status


def find_times(text: str, published: str) -> list[Time]:
    """Return the time expressions of a text with candidate dates.

    Words that name a year are dated by themselves, others by the rules of ``retold.dating`` where one
    applies, and gives the same date whenever the article appeared; an open end of that is not looked at.
    Those rules look back, so none applies where the clause before the words looks ahead: that is planned.

    Args:
        text: the article.
        published: EDTF of when it appeared, or ``unresolved``; then words that need it stay so, too.
    """
    starts = [each.start for each in sentences(text)]
    found = ((match, starts[bisect_right(starts, match.start()) - 1]) for match in _EXPRESSION.finditer(text))
    return [_dated(match, text[start : match.start()], published) for match, start in found]


def _dated(match: re.Match[str], before: str, published: str) -> Time:
    """Return the time that a match expresses; ``before`` is its sentence up to there."""
    span, clause = Span(*match.span()), _CLAUSE.split(before)[-1]
    status: Status = "planned" if _AHEAD.search(clause) else "actual"
    names = {name: words.lower() for name, words in match.groupdict().items() if words}
    if any(name.startswith("y") for name in names):
        edtf = _by_itself(names)
        return Time(span, edtf, _UNDATED if edtf == "unresolved" else "", status)
    found, edtf, reason = resolve(match.group(), published), "unresolved", _UNDATED
    if found and status == "actual" and (found.holds_before is None or published.endswith("..")):
        edtf, reason = found.edtf, f"Drafted by rule: {found.rule}; published {published}."
    return Time(span, edtf, reason, status)


def _by_itself(names: dict[str, str]) -> str:
    parts = {kind: [names[name] for name in sorted(names) if name[0] == kind] for kind in "ymds"}
    year, months = int(parts["y"][0]), [MONTHS.index(name) + 1 for name in parts["m"]]
    if parts["d"]:
        try:
            return date(year, months[0], int(parts["d"][0])).isoformat()
        except ValueError:
            return "unresolved"
    if parts["s"]:
        first = SEASONS[parts["s"][0]] + 1
        return f"{year}-{first:02}/" + (f"{year + 1}-02" if first == 12 else f"{year}-{first + 2:02}")
    return "/".join(f"{year}-{month:02}" for month in months) or str(year)
