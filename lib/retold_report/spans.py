"""Place spans of days, and the words beside them, along an axis, in inches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

Days = tuple[date | None, date | None]

_STUB, _BESIDE, _TICK, _STEP, _NARROW, _DATE = 0.3, 0.08, 0.4, 0.1, 1.5, 0.55


class Span(NamedTuple):
    """Hold where a span begins and ends, and which places on it are marked."""

    left: float
    right: float
    marked: tuple[float, ...]

    @property
    def tips(self) -> list[float]:
        """Return the ends that are arrows."""
        return [end for end in (self.left, self.right) if end not in self.marked]


class Scale(NamedTuple):
    """Hold the days at which an axis begins and ends, how wide it is, and up to where words may stand."""

    start: date
    end: date
    width: float
    limit: float

    def at(self, day: date) -> float:
        """Return the place of a day."""
        return self.width * (day - self.start).days / (self.end - self.start).days

    def span(self, days: Days) -> Span:
        """Return the place of first and last days; ``None`` is an open end, and twice ``None`` undated.

        An open end, or one beyond the axis, is not marked; what is undated stands to the right of the limit.
        """
        first, last = days
        if first is not None:
            left = max(0.0, self.at(first))
            right = min(self.width, left + _STUB if last is None else self.at(last))
        elif last is not None:
            right = min(self.width, self.at(last))
            left = max(0.0, right - _STUB)
        else:
            left = right = self.limit + 0.1
        known = (day for day in days if day is not None and self.start <= day <= self.end)
        return Span(left, right, tuple(map(self.at, dict.fromkeys(known))) or ((left + right) / 2,))

    def beside(self, days: Days, width: float) -> float:
        """Return where words of a width begin: right of a span, or left of it where they fit there alone."""
        span = self.span(days)
        left, right = span.left - _BESIDE - width, span.right + _BESIDE
        fits = right + width <= self.limit or span.left > self.limit
        return right if fits or left < 0 else left


def fitted(labelled: Sequence[tuple[Days, float]], *, start: date, end: date, limit: float) -> Scale:
    """Return the widest scale on which the words beside every span have room.

    Args:
        labelled: first and last days, not both open, each with the width of the words beside them.
        start: the day at which the axis begins.
        end: the day at which the axis ends.
        limit: where words must end.

    Raises:
        ValueError: words are too wide for any axis.
    """
    for step in range(int((limit - _NARROW) / _STEP)):
        scale = Scale(start, end, limit - _TICK - step * _STEP, limit)
        if all(scale.beside(days, width) + width <= limit for days, width in labelled):
            return scale
    raise ValueError("ids too long to stand beside their bars")


def ticks(scale: Scale) -> list[date]:
    """Return first days of months, evenly set, at most eight and as have room, or both ends without any."""
    start, end, most = scale.start, scale.end, min(7.0, scale.width / _DATE - 1)
    months = range(start.year * 12 + start.month - (start.day == 1), end.year * 12 + end.month)
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 120000) if len(months) / step <= most)
    return [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0] or [start, end]
