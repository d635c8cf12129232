"""Show when things happened: tables of events, conflicts and resolutions, and rows for a timeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import A101, A102, CLAIMS
from retold import Corpus
from retold.chronology import Bounds, Dated, Ordered, bounds, find_conflicts, find_statements
from retold_report.dated import (
    conflict_table,
    event_table,
    order_table,
    resolution_table,
    timeline_rows,
)
from retold_report.tables import Table, bounds_words, time_words
from retold_report.timelines import EventRow

Load = Callable[..., Corpus]


def rows(made: Table) -> list[list[str]]:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023", "2023"),
        ("2022/2023", "2022 to 2023"),
        ("2023-08", "August 2023"),
        ("2023-12/2024-02", "December 2023 to February 2024"),
        ("2023-07/2023-12", "July 2023 to December 2023"),
        ("2023-01/2023-06", "January 2023 to June 2023"),
        ("2023-08-05", "5 August 2023"),
        ("2023-01-01", "1 January 2023"),
        ("2023-12-31", "31 December 2023"),
        ("2023-08-01/2023-08-30", "1 August 2023 to 30 August 2023"),
        ("2023-08/..", "from August 2023"),
        ("2023-08-05/..", "from 5 August 2023"),
        ("../2023-08", "until August 2023"),
        ("../2023-08-05", "until 5 August 2023"),
        ("unresolved", "not dated"),
        ("2023-08~", "August 2023, approximately"),
        ("2023-08~/..", "from August 2023, approximately"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert time_words(edtf) == words


def test_bounds_in_words_are_strict() -> None:
    assert bounds_words(bounds("2023-08~")) == "August 2023"


WINTER = "December 2023 to February 2024"
STOP, DAMAGE, PIER = "The night boats stop", "Boats are damaged", "The pier is closed"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(
            "night-stop",
            [
                [STOP, "planned", "in winter", WINTER, "as stated", "101 ¶2"],
                [STOP, "planned", "from December", "from December 2023",
                 "December 2023 to February 2024. the Gazette speaks of winter", "102 ¶2"],
                [STOP, "hypothetical", "this winter", WINTER, "as stated", "103 ¶2"],
            ],
            id="stated, and reconciled with a reason",
        ),
        pytest.param(
            "pier-closed",
            [[PIER, "negated", "no time is given", "102 ¶5"]],
            id="no time",
        ),
    ],
)  # fmt: skip
def test_an_event_as_each_article_tells_it(corpus: Corpus, event: str, expected: list[list[str]]) -> None:
    assert rows(event_table(corpus, "events", "Events.", [event])) == expected


def test_events_follow_as_asked_and_open_to_their_words(corpus: Corpus) -> None:
    made = event_table(corpus, "events", "Events.", ["pier-closed", "damage"])
    assert [row[0][0].text for row in made.rows] == [PIER, DAMAGE, DAMAGE]
    assert [row[2][0].evidence for row in made.rows] == [(), ("101/damage",), ("102/damage",)]
    assert [row[5][0].evidence for row in made.rows] == [("102/pier",), ("101/damage",), ("102/damage",)]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        pytest.param("", "not dated", id="no reason either"),
        pytest.param("    reason: nobody saw it\n", "nobody saw it", id="a reason alone"),
        pytest.param("    reconciled: 2023\n", "2023", id="a date alone"),
        pytest.param("    reconciled: 2023\n    reason: it was dry\n", "2023. it was dry", id="both"),
        pytest.param(
            "    reason: Fact tide-table has it, a fact that tide-table keeps, as facts tide-table and x\n",
            "Harbour Board has it, a fact that tide-table keeps, as Harbour Board and x",
            id="a fact named by its publisher",
        ),
    ],
)
def test_a_time_that_was_reconciled(changed: Load, reason: str, words: str) -> None:
    corpus = changed((A102, "    reason: no time is given\n", reason.replace("2023", '"2023"')))
    [row] = rows(event_table(corpus, "events", "Events.", ["pier-closed"]))
    assert row[2] == words


@pytest.mark.parametrize(
    ("reason", "opens_to"),
    [
        pytest.param("no time is given", [("102/pier", "102/quay")], id="alike"),
        pytest.param("no time", [("102/pier",), ("102/quay",)], id="with another reason"),
    ],
)
def test_places_alike_in_all_share_a_row(changed: Load, reason: str, opens_to: list[tuple[str, ...]]) -> None:
    given = "    status: negated\n    reason: no time is given\n"
    again = "  - id: quay\n    event: pier-closed\n    surface: the pier\n"
    again += given.replace("no time is given", reason)
    made = event_table(changed((A102, given, given + again)), "events", "Events.", ["pier-closed"])
    assert [row[3][0].evidence for row in made.rows] == opens_to


def test_an_unknown_event_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="nothing"):
        event_table(corpus, "events", "Events.", ["nothing"])


def test_a_conflict_says_who_says_what(corpus: Corpus) -> None:
    made = conflict_table(corpus, "conflicts", "Conflicts.", find_conflicts(find_statements(corpus)))
    assert rows(made) == [
        [
            "Boats are damaged: September 2023 to November 2023 (102); "
            "Boats are damaged: September 2022 to November 2022 (101)",
            "102 ¶4; 101 ¶5",
        ]
    ]
    assert [part.evidence for part in made.rows[0][0]] == [("102/damage",), ("101/damage",)]


def test_orders_of_events(corpus: Corpus) -> None:
    assert rows(order_table(corpus, "orders", "Orders.")) == [
        ["Boats are damaged", "The night boats stop", "101 ¶5; Harbour Board"]
    ]


def test_a_conflict_over_an_order_names_what_comes_first(corpus: Corpus) -> None:
    late = Dated("damage", bounds("2024"), ("101/damage",))
    order = Ordered("damage", "night-stop", ("101/damage", "102/stop", "fact/tide-table"))
    early = Dated("night-stop", bounds("../2023"), ("103/stop", "102/stop", "102/damage"))
    assert rows(conflict_table(corpus, "conflicts", "Conflicts.", [(late, order, early)])) == [
        [
            "Boats are damaged: 2024 (101); "
            "First: Boats are damaged. Then: The night boats stop (101, 102, outside the articles); "
            "The night boats stop: until December 2023 (103, 102)",
            "101 ¶5; 102 ¶2; Harbour Board; 103 ¶2; 102 ¶4",
        ]
    ]


def test_without_conflicts_there_is_no_row(corpus: Corpus) -> None:
    statements = find_statements(corpus, article="101")
    assert rows(conflict_table(corpus, "conflicts", "Conflicts.", find_conflicts(statements))) == []


SEASON, NONE = "the latest of these seasons to ", "no rule applies"
ANY_DAY = "for every possible day of publication"


DENIED = (A101, "    status: planned\n    stated: 2023", "    status: negated\n    stated: 2023")


def test_resolutions(changed: Load) -> None:
    corpus = changed(DENIED)
    autumn = "September 2022 to November 2022"
    assert rows(resolution_table(corpus, "resolved", "Resolved.")) == [
        [
            "in winter",
            SEASON + "have begun",
            "December 2022 to February 2023",
            ANY_DAY,
            WINTER,
            "no",
            "101 ¶2",
        ],
        [
            "last autumn",
            SEASON + "be over, begun in an earlier year",
            autumn,
            ANY_DAY,
            autumn,
            "yes",
            "101 ¶5",
        ],
        ["from December", NONE, "–", "–", "from December 2023", "–", "102 ¶2"],
        ["this winter", NONE, "–", "–", WINTER, "–", "103 ¶2"],
    ]


def test_a_resolution_says_until_when_it_holds(changed: Load) -> None:
    corpus = changed(DENIED, (A101, 'published: "2023-11-20"', "published: 2023-11-20/.."))
    assert [row[3] for row in rows(resolution_table(corpus, "resolved", "Resolved."))][:2] == [
        "if published before 1 December 2023",
        "if published before 1 January 2024",
    ]


def brief(row: EventRow) -> list[tuple[str, str, bool, str]]:
    return [
        (bar.article, bounds_words(Bounds(bar.first, bar.last)), bar.stated, bar.status) for bar in row.bars
    ]


def test_a_timeline_has_each_article_s_bars(corpus: Corpus) -> None:
    found = {row.label: brief(row) for row in timeline_rows(corpus)}
    assert found == {
        STOP: [
            ("101", WINTER, True, "planned"),
            ("102", "from December 2023", True, "planned"),
            ("102", WINTER, False, "planned"),
            ("103", WINTER, True, "hypothetical"),
        ],
        DAMAGE: [
            ("101", "September 2022 to November 2022", True, "actual"),
            ("101", "September 2023 to November 2023", False, "actual"),
            ("102", "September 2023 to November 2023", True, "actual"),
        ],
    }


def test_a_timeline_has_dates_from_outside_and_conflicts(changed: Load) -> None:
    outside = ", outside: [{fact: tide-table, date: 2023-10}]}"
    corpus = changed((CLAIMS, f"label: {DAMAGE}}}", f"label: {DAMAGE}{outside}"))
    found = timeline_rows(corpus, conflicting={"night-stop"})
    assert [(row.label, row.outside, row.conflict) for row in found] == [
        (STOP, (), True),
        (DAMAGE, (tuple(bounds("2023-10")),), False),
    ]


@pytest.mark.parametrize(
    ("event", "label"), [("  - {id: fog, label: Fog}\n", "Fog"), ("", PIER)], ids=["not told", "not dated"]
)
def test_an_event_that_no_article_dates_has_no_row(changed: Load, event: str, label: str) -> None:
    corpus = changed((CLAIMS, "  - {id: pier-closed,", f"{event}  - {{id: pier-closed,"))
    assert label not in [row.label for row in timeline_rows(corpus)]


AGAIN = "  - {{id: stop-2, event: night-stop, surface: {}, status: {}, {}}}\n"


@pytest.mark.parametrize(
    ("status", "dates", "added"),
    [
        pytest.param("planned", "reconciled: 2023-12/2024-02", [], id="a time stated elsewhere"),
        pytest.param("planned", "reason: none", [], id="no time"),
        pytest.param("planned", "reconciled: 2024-01", [("101", "January 2024", False, "planned")],
                     id="another time"),
        pytest.param("negated", "stated: 2023-12/2024-02",
                     [("101", WINTER, True, "negated")], id="another status"),
    ],
)  # fmt: skip
def test_a_second_account_adds_a_mark_only_if_it_differs(
    changed: Load, status: str, dates: str, added: list[tuple[str, str, bool, str]]
) -> None:
    again = AGAIN.format("No boat will sail", status, dates)
    corpus = changed((A101, "events:\n", f"events:\n{again}"))
    found = [mark for mark in brief(timeline_rows(corpus)[0]) if mark[0].startswith("101")]
    assert sorted(found) == sorted([("101", WINTER, True, "planned"), *added])
