"""Find time expressions, and give each the EDTF date that its words allow."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from retold.dating import MONTHS, RULES, SEASONS, resolve
from retold.model import Span

from retold_draft.lexicon import any_of

_RULES = "|".join(rule.pattern for rule in RULES)
_EXPRESSION = re.compile(
    rf"\b(?:{any_of('lead')}{any_of('dated')}|{_RULES}|{any_of('open')})(?!\w)", re.IGNORECASE
)
_UNDATED = "Drafted by rule: no date follows from these words alone."


class Time(NamedTuple):
    """Hold a time expression, its EDTF date or ``unresolved``, and the reason where there is one."""

    span: Span
    edtf: str
    reason: str


def find_times(text: str, published: str) -> list[Time]:
    """Return the time expressions of a text with candidate dates.

    Words that name a year are dated by themselves, others by the rules of ``retold.dating`` where one
    applies, and gives the same date whenever the article appeared; an open end of that is not looked at.

    Args:
        text: the article.
        published: EDTF of when it appeared, or ``unresolved``; then words that need it stay so, too.
    """
    return [_dated(match, published) for match in _EXPRESSION.finditer(text)]


def _dated(match: re.Match[str], published: str) -> Time:
    names = {name: words.lower() for name, words in match.groupdict().items() if words}
    if any(name.startswith("y") for name in names):
        edtf = _by_itself(names)
        return Time(Span(*match.span()), edtf, _UNDATED if edtf == "unresolved" else "")
    found, edtf, reason = resolve(match.group(), published), "unresolved", _UNDATED
    if found and (found.holds_before is None or published.endswith("..")):
        edtf, reason = found.edtf, f"Drafted by rule: {found.rule}; published {published}."
    return Time(Span(*match.span()), edtf, reason)


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
