"""Compare quantities: what printed words admit, in one unit, and whether two of them speak of one thing.

Shares and counts of unlike things are never compared by value: that their bases differ is the verdict.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple

from retold.corpus import Corpus
from retold.model import Quantity
from retold.quantities import admitted, find_numbers, in_unit
from retold.registers import Variant

_IN_POWERS = re.compile(r"\d(?:\.(\d+))? (thousand|million|billion)\b", re.IGNORECASE)
Verdict = Literal["agrees", "contains", "more precise", "contradicts", "different base"]


@dataclass(frozen=True)
class Admitted:
    """Hold the values that words admit; an open end is not among them, and an infinite one is open."""

    low: float
    high: float
    low_open: bool
    high_open: bool
    unit: str

    def __str__(self) -> str:
        """Return ``9``, ``9 or more``, ``more than 9``, ``below 9`` or ``550–650``; four digits, no unit."""
        low, high = (f"{end:.4g}" if abs(end) < 1000 else f"{end:.0f}" for end in (self.low, self.high))
        if math.isinf(self.high):
            return f"more than {low}" if self.low_open else f"{low} or more"
        if self.low == 0 and self.high_open:
            return f"below {high}"
        return low if self.low == self.high else f"{low}–{high}"

    @property
    def _ends(self) -> tuple[tuple[float, int], tuple[float, int]]:
        return (self.low, int(self.low_open)), (self.high, -int(self.high_open))

    def within(self, other: Admitted) -> bool:
        """Return whether the other, in the same unit, admits all that this one does."""
        return other._ends[0] <= self._ends[0] and self._ends[1] <= other._ends[1]

    def misses(self, other: Admitted) -> bool:
        """Return whether no value, in the same unit, is admitted by both."""
        return self._ends[1] < other._ends[0] or other._ends[1] < self._ends[0]

    def to(self, unit: str) -> Admitted:
        """Return the same values in another unit; ``ValueError`` where it measures another thing."""
        low, high = (in_unit(end, self.unit, unit) for end in (self.low, self.high))
        return Admitted(low, high, self.low_open, self.high_open, unit)


class Comparison(NamedTuple):
    """Say how one quantity stands to another, and why."""

    verdict: Verdict
    reason: str


def rounded(value: float, *, to: float, unit: str) -> Admitted:
    """Return the values that round to the one given: half a step down, if not below nought, up to half above.

    >>> str(rounded(600, to=50, unit="hectare"))
    '575–625'

    Raises:
        ValueError: the step is not above nought.
    """
    if not to > 0:
        raise ValueError(f"a step to round to must be above nought, not {to}")
    return Admitted(max(0.0, value - to / 2), value + to / 2, low_open=False, high_open=True, unit=unit)


def admits(quantity: Quantity, *, to: float | None = None) -> Admitted:
    """Return what the printed words admit: ``admitted``, with the ends that the words leave out open.

    Args:
        quantity: the quantity.
        to: the step to which an exact number, or one after ``about``, is taken to be rounded; without it
            the number is a point, since no width is stated. Other hedges have no step.

    Raises:
        ValueError: the step is not above nought.
    """
    low, high = admitted(quantity)
    if to is not None and quantity.hedge in ("exact", "about") and math.isfinite(high):
        bottom, top = (rounded(end, to=to, unit=quantity.unit) for end in (low, high))
        return Admitted(bottom.low, top.high, low_open=False, high_open=True, unit=quantity.unit)
    beyond = math.isinf(high) or quantity.hedge in ("less-than", "almost")
    return Admitted(low, high, quantity.hedge == "more-than", beyond, quantity.unit)


def step(quantity: Quantity) -> float | None:
    """Return the step to which a number as printed is read, or None where it is a point or a pair.

    An exact number in words such as 3.2 million is read to the last digit before the word; any other exact
    count is itself. Any other number is read to its last whole digit, or the last of its decimals; after
    ``about`` to its last digit that is not nought, the widest reading of the hedge.
    """
    printed = _IN_POWERS.search(" ".join(each.exact for each in quantity.surface))
    if printed and quantity.hedge == "exact" and isinstance(quantity.value, float):
        return find_numbers(printed[2])[0][1] / 10.0 ** len(printed[1] or "")
    if not isinstance(quantity.value, float) or (quantity.kind == "count" and quantity.hedge == "exact"):
        return None
    exponent = Decimal(str(quantity.value)).normalize().as_tuple().exponent
    if quantity.value == 0 or not isinstance(exponent, int):
        return 1.0
    return float(10.0 ** (exponent if quantity.hedge == "about" else min(exponent, 0)))


def precision_factor(coarse: Admitted, fine: Admitted) -> float:
    """Return how many times wider one interval is than another, whatever their units of one dimension.

    Raises:
        ValueError: the units measure different things, or an interval is a point or has no bound.
    """
    ours = fine.to(coarse.unit)
    widths = coarse.high - coarse.low, ours.high - ours.low
    if not all(0 < width < math.inf for width in widths):
        raise ValueError(f"{coarse} and {fine}: only bounded intervals have a width to divide")
    return widths[0] / widths[1]


def compare_quantities(left: Quantity, right: Quantity, *, alike: bool = False) -> Comparison:
    """Compare what two quantities admit, if they count the same thing in units of one dimension.

    The tests run in this order: kind, base, state and period, and unit (``different base``); then the
    values, each read to its ``step``: the same ones or partly the same (``agrees``), none in common
    (``contradicts``), all of the right ones and more (``contains``), or only some of them (``more
    precise``). Swapped, the last two change places, and the rest stay.

    Args:
        left: the quantity that the verdict is about.
        right: the one it is held against.
        alike: whether base, state and period, however worded, are known to mean the same. Otherwise their
            words must be the same but for case, spaces and a leading article; nothing is guessed.

    >>> of = lambda value, base, **more: Quantity(id="q", surface="q", value=value, unit="percent",
    ...     kind="share", base=base, **more)
    >>> compare_quantities(of(40, "the crews"), of(40.2, "Crews")).verdict
    'contains'
    >>> compare_quantities(of(40, "crews"), of(40, "boats"))
    Comparison(verdict='different base', reason='base: crews / boats')
    """
    parts = [(name, getattr(left, name), getattr(right, name)) for name in ("base", "state", "period")]
    differ = [f"{n}: {a or 'not said'} / {b or 'not said'}" for n, a, b in parts if _plain(a) != _plain(b)]
    if left.kind != right.kind:
        return Comparison("different base", f"kind: {left.kind} / {right.kind}")
    if differ and not alike:
        return Comparison("different base", "; ".join(differ))
    unit = min(left.unit, right.unit)
    try:
        ours, theirs = (admits(each, to=step(each)).to(unit) for each in (left, right))
    except ValueError:
        return Comparison("different base", f"unit: {left.unit} / {right.unit}")
    values = f"{ours} / {theirs} (unit: {unit_words(unit)})"
    worded = f"; taken as alike: {'; '.join(differ)}" if differ else ""
    verdict, almost = _verdict(ours, theirs), "almost" in (left.hedge, right.hedge)
    vague = "; how near almost is, is not said" if almost and verdict != "agrees" else ""
    return Comparison(verdict, values + vague + worded)


def unit_words(unit: str) -> str:
    """Return a unit in words: ``square kilometre`` for ``kilometre**2``; one less simple as it is."""
    name, _, power = unit.partition("**")
    return {"2": "square ", "3": "cubic "}[power] + name if power in ("2", "3") and name.isalpha() else unit


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("the ")


def _verdict(ours: Admitted, theirs: Admitted) -> Verdict:
    if ours.misses(theirs):
        return "contradicts"
    if ours.within(theirs) == theirs.within(ours):
        return "agrees"
    return "more precise" if ours.within(theirs) else "contains"


def find_comparisons(corpus: Corpus, claim: str) -> list[tuple[str, str, Comparison]]:
    """Return every two quantities of a claim in different articles, by id, with how the first compares.

    Whether differently worded bases mean the same is a judgement that the register of variants holds: one
    of scope or time, above severity 1 (the same in other words), tells apart the articles whose readings
    it words differently. Where none does, base, state and period are taken as alike. Numbers between which
    it has a variant of value, of severity 3 and in two wordings, contradict each other, whatever their
    hedges admit; of more wordings it does not say which are apart.

    Raises:
        KeyError: no claim has the id.
    """
    variants = corpus.claims[claim].variants
    severest = [v for v in variants if v.severity == 3 and len({*map(_plain, v.readings.values())}) == 2]
    held: dict[Verdict, list[Variant]] = {
        "contradicts": [v for v in severest if v.kind == "value"],
        "different base": [v for v in variants if v.kind in ("scope", "time") and v.severity > 1],
    }
    found = []
    for left, right in combinations(corpus.find_passages("quantity", claim=claim), 2):
        if left.article != right.article:
            made = compare_quantities(left.record, right.record, alike=True)
            for verdict, those in held.items():
                if apart := [v.explanation for v in those if _tells_apart(v, left.article, right.article)]:
                    made = Comparison(verdict, " ".join(apart))
            found.append((left.id, right.id, made))
    return found


def _tells_apart(variant: Variant, one: str, other: str) -> bool:
    readings = variant.readings
    return one in readings and other in readings and _plain(readings[one]) != _plain(readings[other])
