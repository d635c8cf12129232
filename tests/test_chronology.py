"""Find what cannot all be true of when things happened: strict bounds, orders, and the smallest sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import networkx
import pytest
from conftest import A101, A102, A103, CLAIMS
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given
from hypothesis import strategies as st
from retold import Corpus, load_corpus
from retold.chronology import (
    Bounds,
    Dated,
    Ordered,
    Statement,
    bounds,
    find_conflicts,
    find_statements,
)

Load = Callable[..., Corpus]
ROOT = Path(__file__).parents[1]


def between(first: str, last: str) -> Bounds:
    """Return the bounds of two days in ISO format; an empty one is open."""
    return Bounds(*(date.fromisoformat(day) if day else None for day in (first, last)))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        pytest.param("2024-02-24", "2024-02-24", "2024-02-24", id="day"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", id="month of a leap year"),
        pytest.param("2023", "2023-01-01", "2023-12-31", id="year"),
        pytest.param("2024-10~", "2024-10-01", "2024-10-31", id="approximate, without a margin"),
        pytest.param("2024-10-29?", "2024-10-29", "2024-10-29", id="uncertain, without a margin"),
        pytest.param("2023-12/2024-02", "2023-12-01", "2024-02-29", id="winter"),
        pytest.param("2023-23", "2023-09-01", "2023-11-30", id="autumn as a season"),
        pytest.param("2024-08/..", "2024-08-01", "", id="open end"),
        pytest.param("../2024", "", "2024-12-31", id="open start"),
        pytest.param("2024-08/", "2024-08-01", "", id="unknown end"),
        pytest.param("/2024", "", "2024-12-31", id="unknown start"),
        pytest.param("[2022,2024]", "2022-01-01", "2024-12-31", id="one of a set"),
        pytest.param("unresolved", "", "", id="unresolved"),
    ],
)
def test_bounds_are_strict(edtf: str, first: str, last: str) -> None:
    assert bounds(edtf) == between(first, last)


@pytest.mark.parametrize("winter", ["2023-24", "2023-24/2024", "../2023-24"])
def test_a_winter_as_a_season_is_refused(winter: str) -> None:
    with pytest.raises(ValueError, match="write it as an interval"):
        bounds(winter)


@pytest.mark.parametrize("text", ["last autumn", "2024-13", "2022-2023"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(EDTFParseException):
        bounds(text)


@pytest.mark.parametrize(
    ("outer", "inner", "contains"),
    [
        pytest.param("2024", "2024-08", True, id="month of its year"),
        pytest.param("2024-08", "2024", False, id="year of its month"),
        pytest.param("2024-08", "2024-08", True, id="itself"),
        pytest.param("2024", "2024-08/..", False, id="open end"),
        pytest.param("2024/..", "2024-08/..", True, id="both open at the end"),
        pytest.param("../2024", "2023", True, id="open start"),
        pytest.param("2024", "../2024-02", False, id="inner start open"),
        pytest.param("2024", "unresolved", False, id="unresolved inside"),
        pytest.param("unresolved", "2024", True, id="unresolved around"),
    ],
)
def test_bounds_contain_what_lies_in_them(outer: str, inner: str, contains: bool) -> None:
    assert bounds(outer).contains(bounds(inner)) is contains


def dated(event: str, edtf: str, *evidence: str) -> Dated:
    return Dated(event, bounds(edtf), evidence)


def ordered(before: str, after: str, *evidence: str) -> Ordered:
    return Ordered(before, after, evidence)


STOP_101 = dated("night-stop", "2023-12/2024-02", "101/stop")
DAMAGE_101 = dated("damage", "2022-09/2022-11", "101/damage")
ORDER_101 = ordered("damage", "night-stop", "101/damage")
STOP_102 = dated("night-stop", "2023-12/..", "102/stop")
DAMAGE_102 = dated("damage", "2023-09/2023-11", "102/damage")
STOP_BOTH = dated("night-stop", "2023-12/2024-02", "101/stop", "103/stop")
BY_FACT = ordered("damage", "night-stop", "101/damage", "fact/tide-table")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param({"article": "101"}, [STOP_101, DAMAGE_101, ORDER_101], id="dates as stated, its orders"),
        pytest.param({"article": "102"}, [STOP_102, DAMAGE_102], id="an order by a fact is not its own"),
        pytest.param(
            {"article": "102", "outside": True},
            [STOP_102, ordered("damage", "night-stop", "fact/tide-table"), DAMAGE_102],
            id="an order by a fact rests on the fact",
        ),
        pytest.param({}, [STOP_BOTH, DAMAGE_101, ORDER_101, STOP_102, DAMAGE_102], id="all, alike ones once"),
        pytest.param(
            {"outside": True}, [STOP_BOTH, DAMAGE_101, BY_FACT, STOP_102, DAMAGE_102], id="all, and a fact"
        ),
    ],
)
def test_statements(corpus: Corpus, options: dict[str, Any], found: list[Statement]) -> None:
    assert find_statements(corpus, **options) == found


def test_an_unknown_article_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="109"):
        find_statements(corpus, article="109")


OUTSIDE = ", outside: [{fact: tide-table, date: 2023-10}]}"


def test_an_outside_date_is_stated_by_its_fact_alone_and_on_request(changed: Load) -> None:
    corpus = changed((CLAIMS, "label: Boats are damaged}", "label: Boats are damaged" + OUTSIDE))
    added = dated("damage", "2023-10", "fact/tide-table")
    assert added in find_statements(corpus, article="103", outside=True)
    assert added in find_statements(corpus, outside=True)
    assert not [each for each in find_statements(corpus) if "fact/tide-table" in each.evidence]


def test_an_order_taken_from_another_article_counts_as_outside(changed: Load) -> None:
    corpus = changed((A102, "event: damage, source: tide-table", 'event: damage, source: "101"'))
    assert find_statements(corpus, article="102") == [STOP_102, DAMAGE_102]
    assert ordered("damage", "night-stop", "102/stop") in find_statements(corpus, article="102", outside=True)


def test_a_fact_that_two_articles_take_an_order_from_is_named_once(changed: Load) -> None:
    corpus = changed((A101, "source: text", "source: tide-table"))
    assert ordered("damage", "night-stop", "fact/tide-table") in find_statements(corpus, outside=True)


def test_a_time_stated_as_unresolved_is_no_date(changed: Load) -> None:
    corpus = changed((A103, "stated: 2023-12/2024-02", "stated: unresolved"))
    assert find_statements(corpus, article="103") == []


def test_two_accounts_of_one_event_in_an_article_are_of_the_same_event(changed: Load) -> None:
    again = "  - {id: stop-2, event: night-stop, surface: Nobody sails, stated: 2024-03}\n"
    corpus = changed((A103, "events:\n", f"events:\n{again}"))
    statements = find_statements(corpus, article="103")
    assert [each.event for each in statements if isinstance(each, Dated)] == ["night-stop", "night-stop"]
    assert len(find_conflicts(statements)) == 1


SUPPOSED = "    order: [{relation: before, event: damage, source: text}]\n"
PIER = "    status: negated\n    reason: no time is given\n"


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        pytest.param(PIER, False, id="denied without a date"),
        pytest.param(PIER.replace("negated", "hypothetical"), False, id="supposed without a date"),
        pytest.param(PIER.replace("negated", "planned"), True, id="planned"),
        pytest.param(PIER.replace("negated", "actual"), True, id="told as a fact"),
        pytest.param(PIER + "    stated: 2023-10\n", True, id="denied with a date"),
    ],
)
def test_what_is_only_supposed_keeps_its_order_in_its_own_article(
    changed: Load, status: str, kept: bool
) -> None:
    corpus = changed((A102, PIER, status + SUPPOSED))
    order = ordered("pier-closed", "damage", "102/pier")
    assert order in find_statements(corpus, article="102")
    assert (order in find_statements(corpus)) is kept


def test_an_order_with_an_event_that_is_only_supposed_is_left_out_too(changed: Load) -> None:
    corpus = changed((A102, "{relation: after, event: damage, source: tide-table}",
                      "{relation: after, event: pier-closed, source: text}"))  # fmt: skip
    order = ordered("pier-closed", "night-stop", "102/stop")
    assert order in find_statements(corpus, article="102")
    assert order not in find_statements(corpus)


A_2022, A_2023, A_2024, A_AUGUST = (dated("a", edtf) for edtf in ("2022", "2023", "2024", "2024-08"))
B_2022, B_2023, C_2022 = dated("b", "2022"), dated("b", "2023"), dated("c", "2022")
A_B, B_C, C_A, A_C, A_A = (ordered(*pair) for pair in ("ab", "bc", "ca", "ac", "aa"))
NEVER = dated("a", "2024/2023")


@pytest.mark.parametrize(
    ("statements", "conflicts"),
    [
        pytest.param([], [], id="nothing said"),
        pytest.param([A_2022, B_2023], [], id="two events without order"),
        pytest.param([A_2024, A_AUGUST], [], id="a month of its year"),
        pytest.param([dated("a", "2024-06/2024-08"), dated("a", "2024-08/..")], [], id="bounds that touch"),
        pytest.param([A_2022, A_2023], [[A_2023, A_2022]], id="one event at two times"),
        pytest.param([dated("a", "2023/.."), dated("a", "../2022")],
                     [[dated("a", "2023/.."), dated("a", "../2022")]], id="open ends apart"),
        pytest.param([dated("a", "unresolved"), A_2022], [], id="no bounds at all"),
        pytest.param([A_2022, B_2023, A_B], [], id="in order"),
        pytest.param([A_2022, B_2022, A_B], [], id="in one year, in either order"),
        pytest.param([A_2023, B_2022, A_B], [[A_2023, A_B, B_2022]], id="against the order"),
        pytest.param([A_2023, C_2022, B_C, A_B], [[A_2023, A_B, B_C, C_2022]], id="against a chain"),
        pytest.param([A_2023, C_2022, A_B, B_C, A_C], [[A_2023, A_C, C_2022]], id="the shortest chain"),
        pytest.param([A_2023, B_2022, C_2022, A_B, B_C], [[A_2023, A_B, B_2022], [A_2023, A_B, B_C, C_2022]],
                     id="each end of a chain, the smaller set first"),
        pytest.param([A_B, B_C, C_A], [[C_A, A_B, B_C]], id="a circle, once"),
        pytest.param([A_A], [[A_A]], id="an event before itself"),
        pytest.param([A_B, B_C, C_A, A_2023, C_2022],
                     [[C_A, A_B, B_C], [A_2023, A_B, B_C, C_2022]], id="a circle and dates against it"),
        pytest.param([NEVER, A_2022], [[NEVER]], id="a date that ends before it begins spares the other"),
    ],
)  # fmt: skip
def test_the_smallest_sets(statements: list[Statement], conflicts: list[list[Statement]]) -> None:
    found = find_conflicts(statements)
    assert [set(each) for each in found] == [set(each) for each in conflicts]
    assert [len(each) for each in found] == [len(each) for each in conflicts]


def test_a_conflict_reads_from_the_late_date_by_its_chain_to_the_early_one() -> None:
    assert find_conflicts([C_2022, B_C, A_B, A_2023]) == [(A_2023, A_B, B_C, C_2022)]


DAYS = [date(2024, 1, day) for day in range(1, 5)]


def possible(statements: frozenset[Statement]) -> bool:
    """Return, by trying every day for every event, whether statements can all be true."""
    orders = [(each.before, each.after) for each in statements if isinstance(each, Ordered)]
    if not networkx.is_directed_acyclic_graph(networkx.DiGraph(orders)):
        return False
    for days in product(DAYS, repeat=4):
        at = dict(zip("abcd", days, strict=True))
        if all(at[before] <= at[after] for before, after in orders) and all(
            (each.bounds.first or DAYS[0]) <= at[each.event] <= (each.bounds.last or DAYS[-1])
            for each in statements
            if isinstance(each, Dated)
        ):
            return True
    return False


events = st.sampled_from("abcd")
ends = st.none() | st.sampled_from(DAYS)
spans = st.builds(Bounds, ends, ends)
statement_sets = st.frozensets(
    st.builds(Dated, events, spans) | st.builds(Ordered, events, events), max_size=7
)


@given(statement_sets)
def test_there_is_a_conflict_whenever_not_all_can_be_true(statements: frozenset[Statement]) -> None:
    assert (find_conflicts(statements) == []) is possible(statements)


@given(statement_sets)
def test_no_statement_of_a_conflict_can_be_spared(statements: frozenset[Statement]) -> None:
    for conflict in map(frozenset, find_conflicts(statements)):
        assert conflict <= statements
        assert not possible(conflict)
        assert all(possible(frozenset(rest)) for rest in combinations(conflict, len(conflict) - 1))


@pytest.fixture(scope="module")
def five() -> Corpus:
    return load_corpus(ROOT)


@pytest.mark.parametrize("article", ["000", "001", "002", "003", "004"])
def test_each_of_the_five_articles_is_consistent(five: Corpus, article: str) -> None:
    assert find_conflicts(find_statements(five, article=article)) == []


@pytest.mark.parametrize("outside", [False, True])
def test_the_five_conflict_over_one_article_s_winter_and_spring(five: Corpus, outside: bool) -> None:
    found = find_conflicts(find_statements(five, outside=outside))
    assert [(len(each), each[-1].evidence) for each in found] == [
        (2, ("002/event-winter-restraint",)),
        (2, ("002/event-strikes-resumed",)),
        (2, ("002/event-strikes-resumed",)),
        (3, ("002/event-winter-restraint",)),
        (3, ("002/event-strikes-resumed",)),
    ]


def test_a_wrong_day_would_be_found(changed: Load) -> None:
    corpus = changed((A101, "stated: 2022-09/2022-11", "stated: 2024-09/2024-11"))
    found = find_conflicts(find_statements(corpus, article="101"))
    assert found == [(dated("damage", "2024-09/2024-11", "101/damage"), ORDER_101, STOP_101)]
