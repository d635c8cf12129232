"""Compare quantities: what words admit, in one unit, and whether two of them speak of one thing."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import A102, A103, CLAIMS
from hypothesis import assume, given
from hypothesis import strategies as st
from retold import Corpus, load_corpus
from retold.comparison import (
    Admitted,
    admits,
    compare_quantities,
    find_comparisons,
    precision_factor,
    rounded,
    step,
)
from retold.model import Quantity
from retold.quantities import admitted, in_unit
from retold.vocabulary import Hedge

ROOT = Path(__file__).parents[1]
INF = math.inf
Load = Callable[..., Corpus]
HEDGES: list[Hedge] = ["exact", "at-least", "at-most", "about", "almost", "more-than", "less-than", "vague"]
LENGTHS = ["metre", "kilometre", "mile", "foot"]


def quantity(value: float | tuple[float, float] | None, hedge: Hedge = "exact", **more: Any) -> Quantity:
    fields = {"unit": "kilometre", "kind": "distance", **more}
    fields = {"id": "q", "surface": "q", "value": value, "hedge": hedge, **fields}
    return Quantity.model_validate(fields)


def count(value: float, hedge: Hedge = "exact", unit: str = "boat", **more: str) -> Quantity:
    return quantity(value, hedge, unit=unit, kind="count", **more)


@pytest.fixture(scope="module")
def five() -> Corpus:
    return load_corpus(ROOT)


@pytest.mark.parametrize(
    ("value", "hedge", "to", "ends", "words"),
    [
        pytest.param(9, "exact", None, (9, 9, False, False), "9", id="exact"),
        pytest.param(9, "about", None, (9, 9, False, False), "9", id="about, no width stated"),
        pytest.param(9, "exact", 1, (8.5, 9.5, False, True), "8.5–9.5", id="rounded"),
        pytest.param(600, "about", 100, (550, 650, False, True), "550–650", id="about, rounded"),
        pytest.param((3, 5), "exact", None, (3, 5, False, False), "3–5", id="range"),
        pytest.param((3, 5), "about", 2, (2, 6, False, True), "2–6", id="range, rounded"),
        pytest.param(9, "at-least", None, (9, INF, False, True), "9 or more", id="at least"),
        pytest.param(9, "at-least", 1, (9, INF, False, True), "9 or more", id="at least, never rounded"),
        pytest.param(9, "more-than", None, (9, INF, True, True), "more than 9", id="more than"),
        pytest.param(9, "at-most", None, (0, 9, False, False), "0–9", id="at most"),
        pytest.param(9, "less-than", None, (0, 9, False, True), "below 9", id="less than"),
        pytest.param(50, "almost", 10, (0, 50, False, True), "below 50", id="almost, never rounded"),
        pytest.param(None, "vague", 1, (0, INF, False, True), "0 or more", id="vague"),
        pytest.param(None, "about", 1, (0, INF, False, True), "0 or more", id="no number to round"),
    ],
)
def test_what_words_admit(
    value: Any, hedge: Hedge, to: float | None, ends: tuple[float, float, bool, bool], words: str
) -> None:
    found = admits(quantity(value, hedge), to=to)
    assert found == Admitted(*ends, unit="kilometre")
    assert str(found) == words


@pytest.mark.parametrize("to", [0, -1, math.nan])
def test_a_step_that_is_none_is_refused(to: float) -> None:
    with pytest.raises(ValueError, match="above nought"):
        admits(quantity(9), to=to)


@given(st.floats(0, 1e6), st.sampled_from(HEDGES))
def test_the_ends_are_those_of_the_printed_words(value: float, hedge: Hedge) -> None:
    printed = quantity(value, hedge)
    found = admits(printed)
    assert (found.low, found.high) == admitted(printed)


def point(value: float, unit: str) -> Admitted:
    return Admitted(value, value, low_open=False, high_open=False, unit=unit)


@given(st.floats(0, 1e6), st.sampled_from(HEDGES), st.floats(0.01, 1e3))
def test_an_interval_contains_its_own_printed_value(value: float, hedge: Hedge, to: float) -> None:
    """Save where the words themselves say that the printed number is not reached."""
    beside = hedge in ("almost", "less-than", "more-than")
    for found in (admits(quantity(value, hedge)), admits(quantity(value, hedge), to=to)):
        assert point(value, "kilometre").misses(found) is beside


@given(st.integers(0, 10_000), st.sampled_from([1, 5, 10, 100]))
def test_what_rounds_to_a_number_rounds_to_no_other(value: int, to: int) -> None:
    one, next_one = rounded(value, to=to, unit="boat"), rounded(value + to, to=to, unit="boat")
    assert one.misses(next_one)
    assert point(next_one.low, "boat").misses(one)
    assert next_one.low == one.high


def test_nothing_rounds_below_nought() -> None:
    assert (rounded(0, to=1, unit="percent").low, rounded(0.2, to=1, unit="percent").low) == (0, 0)


@given(st.floats(0.001, 1e6), st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_conversion_there_and_back(value: float, one: str, other: str) -> None:
    back = Admitted(value, INF, False, True, one).to(other).to(one)
    assert back.low == pytest.approx(value, rel=1e-9)
    assert (back.high, back.unit) == (INF, one)


@pytest.mark.parametrize(
    ("own", "unit"),
    [
        pytest.param("kilometre", "kilometre**2", id="another dimension"),
        pytest.param("boat", "pilot", id="things counted"),
        pytest.param("kilometre", "boat", id="a measure and a thing counted"),
        pytest.param("kilometre**", "kilometre", id="half a power"),
        pytest.param("(", "kilometre", id="a bracket left open"),
        pytest.param("1/0", "kilometre", id="division by nought"),
        pytest.param("kilometre**boat", "kilometre", id="a power that is no number"),
        pytest.param("9**9**9**9", "kilometre", id="a number without end"),
        pytest.param("kilometre^boat", "kilometre", id="another sign for a power"),
        pytest.param("€", "kilometre", id="a sign that is no unit"),
    ],
)
def test_units_of_unlike_things_are_refused(own: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"convert|defined|no unit|EOF|division"):
        in_unit(9, own, unit)


@pytest.mark.parametrize(
    ("printed", "to"),
    [
        pytest.param(count(9), None, id="an exact count is itself"),
        pytest.param(count(600, "about"), 100, id="about a count"),
        pytest.param(count(9, "about"), 1, id="about a small count"),
        pytest.param(quantity(40), 1, id="a measure, to its last digit"),
        pytest.param(quantity(2.5), 0.1, id="decimals"),
        pytest.param(quantity(2.5, "about"), 0.1, id="about decimals"),
        pytest.param(quantity(1200, "about"), 100, id="about thousands"),
        pytest.param(count(3_200_000, surface="3.2 million"), 100_000, id="millions, to the last decimal"),
        pytest.param(count(20_000_000, surface="20 million"), 1_000_000, id="millions, to the last digit"),
        pytest.param(quantity(5000, surface="5 Thousand"), 1000, id="a measure in thousands"),
        pytest.param(count(20_000_000, "about", surface="about 20 million"), 10_000_000, id="about millions"),
        pytest.param(count(5000, surface="5,000"), None, id="thousands in digits"),
        pytest.param(quantity(0), 1, id="nought"),
        pytest.param(quantity(INF), 1, id="infinite"),
        pytest.param(quantity((3, 5)), None, id="a range has its own ends"),
        pytest.param(quantity(None, "vague"), None, id="no number"),
    ],
)
def test_step(printed: Quantity, to: float | None) -> None:
    assert step(printed) == to


@pytest.mark.parametrize(
    ("to", "factor"),
    [pytest.param(100, 39, id="100"), pytest.param(50, 19, id="50"), pytest.param(10, 4, id="10")],
)
def test_precision_gained_in_another_unit(five: Corpus, to: float, factor: int) -> None:
    coarse = admits(five.passages["000/kursk-area"].record, to=to)
    fine = admits(five.passages["002/kursk-area"].record, to=1)
    assert round(precision_factor(coarse, fine)) == factor
    assert precision_factor(coarse, fine) * precision_factor(fine, coarse) == pytest.approx(1)


@pytest.mark.parametrize(
    "fine",
    [
        pytest.param(admits(quantity(9)), id="a point"),
        pytest.param(admits(quantity(9, "at-least")), id="no upper bound"),
        pytest.param(admits(count(9), to=1), id="another unit"),
    ],
)
def test_what_has_no_width_to_divide_is_refused(fine: Admitted) -> None:
    with pytest.raises(ValueError, match=r"width|convert|defined"):
        precision_factor(rounded(600, to=100, unit="kilometre"), fine)


def area(value: float, hedge: Hedge, unit: str) -> Quantity:
    return quantity(value, hedge, unit=unit, kind="area")


@pytest.mark.parametrize(
    ("left", "right", "verdict", "reason"),
    [
        pytest.param(count(9), count(9), "agrees", "9 / 9 (unit: boat)", id="the same"),
        pytest.param(
            quantity(40), quantity(40.4), "contains", "39.5–40.5 / 40.35–40.45 (unit: kilometre)", id="wider"
        ),
        pytest.param(
            quantity(17), quantity(18), "contradicts", "16.5–17.5 / 17.5–18.5 (unit: kilometre)", id="next"
        ),
        pytest.param(
            count(9, "at-least"), count(11), "contains", "9 or more / 11 (unit: boat)", id="at least, more"
        ),
        pytest.param(
            count(9, "at-least"), count(8), "contradicts", "9 or more / 8 (unit: boat)", id="at least, fewer"
        ),
        pytest.param(
            count(9, "at-least"), count(9, "about"), "agrees", "9 or more / 8.5–9.5 (unit: boat)", id="partly"
        ),
        pytest.param(
            count(9, "more-than"), count(9), "contradicts", "more than 9 / 9 (unit: boat)", id="more than"
        ),
        pytest.param(
            count(9, "at-least"),
            count(9, "less-than"),
            "contradicts",
            "9 or more / below 9 (unit: boat)",
            id="ends that touch",
        ),
        pytest.param(
            area(600, "about", "kilometre**2"),
            area(232, "exact", "mile**2"),
            "contains",
            "550–650 / 599.6–602.2 (unit: square kilometre)",
            id="converted",
        ),
        pytest.param(
            area(232, "exact", "mile**2"),
            area(600, "about", "kilometre**2"),
            "more precise",
            "599.6–602.2 / 550–650 (unit: square kilometre)",
            id="converted to the same unit from either side",
        ),
        pytest.param(
            quantity(50, "almost"),
            quantity(40),
            "contains",
            "below 50 / 39.5–40.5 (unit: kilometre); how near almost is, is not said",
            id="almost",
        ),
        pytest.param(
            quantity(50, "almost"),
            quantity(50, "almost"),
            "agrees",
            "below 50 / below 50 (unit: kilometre)",
            id="almost alike",
        ),
        pytest.param(
            count(9, base="Fleet", state="sunk"),
            count(9, base="fleet", state="struck", period="May"),
            "different base",
            "state: sunk / struck; period: not said / May",
            id="another state and period",
        ),
        pytest.param(
            count(9, base="the  Big fleet"),
            count(9, base="big Fleet"),
            "agrees",
            "9 / 9 (unit: boat)",
            id="case",
        ),
        pytest.param(
            count(9, base="the fleet"),
            count(9, base="other fleet"),
            "different base",
            "base: the fleet / other fleet",
            id="no guess",
        ),
        pytest.param(
            count(9), quantity(9), "different base", "kind: count / distance", id="a count and a distance"
        ),
        pytest.param(count(9), count(9, unit="pilot"), "different base", "unit: boat / pilot", id="counts"),
    ],
)
def test_comparison(left: Quantity, right: Quantity, verdict: str, reason: str) -> None:
    assert compare_quantities(left, right) == (verdict, reason)


@pytest.mark.parametrize(
    ("right", "verdict", "reason"),
    [
        pytest.param(
            count(11, base="ferries"),
            "contains",
            "9 or more / 11 (unit: boat); taken as alike: base: the boats / ferries",
            id="by value",
        ),
        pytest.param(
            count(11, base="boats", unit="pilot"), "different base", "unit: boat / pilot", id="unit"
        ),
        pytest.param(quantity(11), "different base", "kind: count / distance", id="kind"),
    ],
)
def test_bases_known_to_be_alike(right: Quantity, verdict: str, reason: str) -> None:
    left = count(9, "at-least", base="the boats")
    assert compare_quantities(left, right, alike=True) == (verdict, reason)


PRINTED = st.builds(
    lambda value, hedge, unit, base: quantity(value, hedge, unit=unit, base=base),
    st.one_of(st.integers(0, 60), st.decimals(0, 60, places=1)),
    st.sampled_from(HEDGES),
    st.sampled_from(["kilometre", "mile", "boat"]),
    st.sampled_from(["the strait", "Strait", "the coast"]),
)
MIRRORED = {"contains": "more precise", "more precise": "contains"}


@given(PRINTED, PRINTED)
def test_verdicts_mirror_each_other(left: Quantity, right: Quantity) -> None:
    verdict = compare_quantities(left, right).verdict
    assert compare_quantities(right, left).verdict == MIRRORED.get(verdict, verdict)


@given(PRINTED)
def test_every_quantity_agrees_with_itself(printed: Quantity) -> None:
    assume(printed.hedge != "less-than" or printed.value)
    assert compare_quantities(printed, printed).verdict == "agrees"


def test_quantities_of_a_claim(corpus: Corpus) -> None:
    [(left, right, comparison)] = find_comparisons(corpus, "boats-damaged")
    assert (left, right) == ("101/nine-damaged", "102/nine-damaged")
    assert comparison.verdict == "agrees"
    assert "; taken as alike: base: the 14 boats / not said; " in comparison.reason
    assert comparison.reason.endswith("; period: last autumn / not said")


SCOPE = "      - id: damaged-hedge\n"
READINGS = "{101: the fleet, 102: ferries}"


def variant(kind: str, severity: int, readings: str = READINGS) -> tuple[str, str, str]:
    fields = f"kind: {kind}, severity: {severity}, explanation: Not all are ferries., readings: {readings}"
    return CLAIMS, SCOPE, f"      - {{id: damaged-scope, {fields}}}\n{SCOPE}"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        pytest.param(variant("scope", 2), "different base", id="scope"),
        pytest.param(variant("time", 3), "different base", id="time"),
        pytest.param(variant("value", 3), "contradicts", id="another number"),
        pytest.param(variant("value", 3, "{101: nine, 102: 'Nine'}"), "agrees", id="a number in one wording"),
        pytest.param(
            variant("value", 3, "{101: nine, 102: ten, 103: two}"),
            "agrees",
            id="three numbers, not said which",
        ),
        pytest.param(variant("value", 2), "agrees", id="a number of another precision"),
        pytest.param(variant("scope", 1), "agrees", id="the same in other words"),
        pytest.param(variant("hedge", 3), "agrees", id="a difference of another kind"),
        pytest.param(variant("scope", 3, "{101: ferries, 102: Ferries}"), "agrees", id="readings alike"),
        pytest.param(variant("scope", 3, "{101: the fleet}"), "agrees", id="inside one article"),
    ],
)
def test_the_register_tells_bases_and_numbers_apart(
    changed: Load, change: tuple[str, str, str], verdict: str
) -> None:
    [(_, _, comparison)] = find_comparisons(changed(change), "boats-damaged")
    assert comparison.verdict == verdict
    assert (comparison.reason == "Not all are ferries.") is (verdict != "agrees")


def test_quantities_of_one_article_are_not_compared(changed: Load) -> None:
    entry = "  - {id: again, surface: four, value: 4, unit: boat, kind: count, claim: boats-damaged}\n"
    old = "  - {id: officials-number, surface: four, value: 4, unit: official, kind: count}\n"
    found = find_comparisons(changed((A102, old, entry)), "boats-damaged")
    assert [(left, right) for left, right, _ in found] == [
        ("101/nine-damaged", "102/nine-damaged"),
        ("101/nine-damaged", "102/again"),
    ]


def test_a_claim_with_one_quantity_has_no_comparison(changed: Load) -> None:
    corpus = changed((A103, "base: the crews}", "base: the crews, claim: crews}"))
    assert find_comparisons(corpus, "crews") == []


def test_an_unknown_claim_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="nobody"):
        find_comparisons(corpus, "nobody")


@pytest.mark.parametrize(
    ("claim", "verdicts"),
    [
        pytest.param("kursk-area", ["contains", "agrees", "more precise"], id="area"),
        pytest.param("trypilska-distance", ["more precise", "agrees", "contains"], id="distance"),
        pytest.param("nine-of-32", ["different base"], id="plants"),
        pytest.param("seventeen-percent", [], id="one article"),
    ],
)
def test_the_five_articles(five: Corpus, claim: str, verdicts: list[str]) -> None:
    assert [comparison.verdict for _, _, comparison in find_comparisons(five, claim)] == verdicts


def test_half_of_infrastructure_is_never_compared_with_half_of_capacity(five: Corpus) -> None:
    found = find_comparisons(five, "almost-half")
    assert {c.verdict for left, _, c in found if left.startswith("002")} == {"different base"}
