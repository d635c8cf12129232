"""Resolve words such as "last autumn" against the time at which an article was published.

The rules are a table: what the words mean, a pattern for the whole of them, and the dates for a given day.
They look back, as news does, unless the words look ahead, and go no finer than a month save for a day of
the week. None applies to words that lean on another event ("that winter") or leave the time open
("recently").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import NamedTuple

from retold.chronology import bounds
from retold.corpus import Corpus

MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {"spring": 2, "summer": 5, "autumn": 8, "fall": 8, "winter": 11}
"""The month with which each season of three begins, as it is counted in ``MONTHS``, from nought."""
_MONTH, _DAY, _SEASON = (f"({'|'.join(names)})" for names in (MONTHS, _DAYS, SEASONS))
_NAMED = _MONTH.title()  # printed with a capital, as the verb "may" is not
_ORDINAL = r"(\d\d?)(?:st|nd|rd|th)?"
_PRINTED = re.compile(
    rf"(?:\b{_ORDINAL} (?:of )?)?\b{_NAMED}\b(?: {_ORDINAL}\b)?(?:,? (?:of )?(\d{{4}})\b)?|\b(\d{{4}})\b"
)
_BEYOND = re.compile(r"\b(?:before|after|until|till|(?:day|week|month|year)s? since)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Resolution:
    """Hold the date that words mean, by which rule, and the first day of publication that would shift it.

    ``holds_before`` is None where the article was certainly published before any such day.
    """

    edtf: str
    rule: str
    holds_before: date | None


@dataclass(frozen=True)
class RelativeTime:
    """Hold the relative time words of an event's passage, with the resolution if a rule applies.

    ``agrees`` tells whether the date that is stated lies in the resolved one; None if either is missing.
    """

    passage: str
    expression: str
    resolution: Resolution | None
    agrees: bool | None


def _ordinal(day: date) -> int:
    return 12 * day.year + day.month - 1


def _months(first: int, last: int) -> str:
    ends = [f"{month // 12:04}-{month % 12 + 1:02}" for month in (first, last)]
    return ends[0] if first == last else "/".join(ends)


def _around(before: int) -> Callable[[date], str]:
    return lambda day: _months(_ordinal(day) - before, _ordinal(day))


def _latest(month: int, day: date) -> int:
    return _ordinal(day) - (_ordinal(day) - month) % 12


def _month(day: date, name: str) -> str:
    month = _latest(MONTHS.index(name), day)
    return _months(month, month)


def _in_year(day: date, *names: str) -> str:
    months = [12 * day.year + MONTHS.index(name) for name in names]
    return _months(months[0], months[-1])


def _season(day: date, name: str, *, later: int = 0) -> str:
    first = _latest(SEASONS[name], day) + 12 * later
    return _months(first, first + 2)


_next = partial(_season, later=1)


def _last_season(day: date, name: str) -> str:
    first = _latest(SEASONS[name], day)
    still_on = first + 2 >= _ordinal(day)
    return _season(day, name, later=-1 if still_on or first // 12 == day.year else 0)


def _weekday(day: date, name: str) -> str:
    return (day - timedelta((day.weekday() - _DAYS.index(name)) % 7)).isoformat()


class Rule(NamedTuple):
    """Give what words of a pattern mean, and their date by a day and the names in the words."""

    meaning: str
    pattern: str
    dated: Callable[..., str]


RULES = (
    Rule("the month of publication", "now", _around(0)),
    Rule("the month of publication and the month before", "in recent weeks", _around(1)),
    Rule("the year up to the month of publication", "over the past year", _around(12)),
    Rule("the year of publication", "(?:earlier )?this year", lambda day: f"{day.year:04}"),
    Rule("the year before that of publication", "last year", lambda day: f"{day.year - 1:04}"),
    Rule("these months of the year of publication", f"in {_MONTH}(?: and {_MONTH})? of this year", _in_year),
    Rule("the latest month of this name to have begun", f"(?:in|since|earlier in) {_MONTH}", _month),
    Rule("the latest of these seasons to be over, begun in an earlier year", f"last {_SEASON}", _last_season),
    Rule("the latest of these seasons to have begun", f"(?:in|over|since) (?:the )?{_SEASON}", _season),
    Rule("the next of these seasons to begin", f"(?:the )?upcoming {_SEASON}|as {_SEASON} approaches", _next),
    Rule("the latest of these weekdays, that of publication included", f"on {_DAY}", _weekday),
)


@cache
def resolve(expression: str, published: str) -> Resolution | None:
    """Return what relative time words mean in an article, or None where no rule applies.

    Args:
        expression: the words as printed, all of them.
        published: EDTF of when the article appeared. Its first day counts; without one nothing is resolved.

    Raises:
        EDTFParseException: ``published`` is no EDTF date.
    """
    first, last = bounds(published)
    for rule in RULES:
        found = re.fullmatch(rule.pattern, expression, re.IGNORECASE)
        if found and first:
            names = [name.lower() for name in found.groups() if name]
            return _resolution(rule, names, first, last or first + timedelta(366))
    return None


def _resolution(rule: Rule, names: list[str], first: date, last: date) -> Resolution:
    edtf = rule.dated(first, *names)
    days = [first + timedelta(each) for each in range((last - first).days + 1)]
    # What is meant only ever moves on, and within a year it does.
    shift = bisect_left(days, True, key=lambda day: rule.dated(day, *names) != edtf)
    return Resolution(edtf, rule.meaning, days[shift] if shift < len(days) else None)


def misdated(words: str, edtf: str) -> str | None:
    """Return the first date that words print, by day, month or year, and of which an EDTF date has no day.

    None is returned where every such date has one, where words such as ``before`` set the printed date
    outside the time that is meant, and where none is printed. A time with an open end is its other end.

    >>> misdated("on April 8", "2024-04-09"), misdated("since April", "2024-04/..")
    ('April 8', None)

    Raises:
        EDTFParseException: ``edtf`` is no EDTF date.
    """
    first, last = bounds(edtf)
    days = [each for each in (first or last, last or first) if each]
    if not days or _BEYOND.search(words):
        return None
    low, high = (each.timetuple()[:3] for each in days)
    for printed in _PRINTED.finditer(words):
        before, name, after, *given = printed.groups()
        day, month = int(before or after or 0), MONTHS.index(name.lower()) + 1 if name else 0
        years = [int(each) for each in given if each] or range(low[0], high[0] + 1)
        if not any((y, month or 1, day or 1) <= high and low <= (y, month or 12, day or 31) for y in years):
            return printed.group()
    return None


def find_resolutions(corpus: Corpus) -> list[RelativeTime]:
    """Return every event's time words that name no year, with what they mean, in the order of the files.

    What is planned may lie ahead: a rule that gives it another date than the one stated is not applied.
    """
    found = []
    for passage in corpus.find_passages("event"):
        expression = corpus.words(passage.id, "time")
        if expression and not re.search(r"\d{4}", expression):
            resolution = resolve(expression, corpus.articles[passage.article].record.article.published)
            stated = passage.record.stated if passage.record.stated != "unresolved" else None
            agrees = bounds(resolution.edtf).contains(bounds(stated)) if resolution and stated else None
            if passage.record.status == "planned" and agrees is False:
                resolution = agrees = None
            found.append(RelativeTime(passage.id, expression, resolution, agrees))
    return found
