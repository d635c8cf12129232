"""Make the tables that every story gets, each cell with the passages it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from conftest import A101, A102, CLAIMS, CONTEXT, SOURCES
from retold import Corpus
from retold.positions import accounts
from retold_report.judged import cue_table, inference_table
from retold_report.marks import stance_marks
from retold_report.registers import article_table, outlet_table, source_table
from retold_report.standard import (
    account_table,
    chain_table,
    citation_table,
    editor_table,
    fact_table,
    position_matrix,
    position_table,
    quantity_table,
    reading_table,
    roots_table,
    speech_table,
    variant_table,
)
from retold_report.tables import Table

Load = Callable[..., Corpus]
Make = Callable[..., Table]
STOP, DAMAGED, DARK, CREWS = "night-boats-stop", "boats-damaged", "no-sailing", "crews"


def rows(made: Table) -> list[list[str]]:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


def evidence(made: Table) -> list[list[str]]:
    """Return, row by row, every id that a row rests on."""
    return [[each for parts in row for part in parts for each in part.evidence] for row in made.rows]


PORT_UNSAID = (A101, "    source_text: the port office\n    cue: according to\n", "")


@pytest.mark.parametrize(
    ("changes", "source", "cells", "ids"),
    [
        pytest.param(
            [],
            "gazette",
            ["Eskholm Gazette", "2", "2", "0"],
            ["101/gazette", "101/gazette-dusk", "102/gazette", "102/paper"],
            id="worded, an implied one beside",
        ),
        pytest.param([], "anna-berg", ["Anna Berg", "1", "0", "0"], ["101/chairwoman"], id="once"),
        pytest.param([], "harbour-post", ["Harbour Post", "0", "0", "0"], [], id="never"),
        pytest.param(
            [PORT_UNSAID],
            "port-office",
            ["Port Office & Pier", "implied", "1", "0"],
            ["101/port-office", "102/port"],
            id="implied",
        ),
        pytest.param(
            [(A101, "    cue: according to\n", "")],
            "port-office",
            ["Port Office & Pier", "1", "1", "0"],
            ["101/port-office", "102/port"],
            id="named without a cue",
        ),
    ],
)
def test_citations(
    changed: Load, changes: list[tuple[str, str, str]], source: str, cells: list[str], ids: list[str]
) -> None:
    made = citation_table(changed(*changes), "cited", "Caption", [source])
    assert (made.columns, rows(made), evidence(made)) == (("Source", "101", "102", "103"), [cells], [ids])


def test_citations_come_in_the_order_asked_for(corpus: Corpus) -> None:
    made = citation_table(corpus, "cited", "Caption", ["former-pilot", "gazette", "brightwater"])
    assert [row[0] for row in rows(made)] == ["a former pilot", "Eskholm Gazette", "Brightwater"]


@pytest.mark.parametrize(
    ("passage", "cells"),
    [
        pytest.param(
            "101/nine-damaged",
            ["At least nine", "at least", "the 14 boats", "damaged", "last autumn",
             "outlet > Port Office & Pier", "101 ¶5"],
            id="whole",
        ),
        pytest.param(
            "101/strait",
            ["six miles", "none printed", "not said", "not said", "not said", "outlet", "101 ¶6"],
            id="bare, own voice",
        ),
        pytest.param(
            "101/seven-pilots",
            ["seven", "none printed", "not said", "not said", "not said",
             "outlet > Eskholm Gazette (implied) > Anna Berg", "101 ¶4"],
            id="through an implied layer",
        ),
        pytest.param(
            "103/several",
            ["Several", "vague", "boats", "not said", "not said", "outlet", "103 ¶3"],
            id="vague",
        ),
    ],
)  # fmt: skip
def test_quantities(corpus: Corpus, passage: str, cells: list[str]) -> None:
    made = quantity_table(corpus, "numbers", "Caption", [passage, "101/nine-damaged"])
    assert rows(made)[0] == cells
    assert evidence(made)[0] == [passage, passage]


def test_what_no_quantity_has_is_left_out(corpus: Corpus) -> None:
    made = quantity_table(corpus, "numbers", "Caption", ["101/strait", "101/seven-pilots"])
    assert made.columns == ("As printed", "Who says so", "Where")
    assert rows(made)[0] == ["six miles", "outlet", "101 ¶6"]


ACCOUNTS = [
    ("end", "Brightwater will end its night boats", "company", "night-service", "against", "prospect"),
    ("again", "its night boats from December", "company", "night-service", "against", "prospect"),
    ("other", "end its night boats", "company", "night-service", "conditional", "prospect"),
    ("denied", "it had closed the pier", "company", "night-service", "against", "prospect"),
    ("silent", "declined to comment", "union", "rehiring", "unstated", "denial"),
]


@pytest.fixture
def many(changed: Load) -> Corpus:
    """Return the story with more positions in its second article."""
    names = ("id", "quote", "actor", "issue", "stance", "move")
    entries = [", ".join(map(": ".join, zip(names, each, strict=True))) for each in ACCOUNTS]
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return changed((A102, "quantities:\n", f"positions:\n{lines}quantities:\n"))


def test_positions_of_an_actor(many: Corpus) -> None:
    made = position_table(many, "wants", "Caption", actor="company")
    assert rows(made) == [
        ["Rehiring pilots", "against", "refusal", "Anna Berg", "other side, on the record", "101 ¶4"],
        ["The night boats", "against", "prospect", "Eskholm Gazette", "third, newsroom", "102 ¶2"],
        ["The night boats", "conditional", "prospect", "Eskholm Gazette", "third, newsroom", "102 ¶2"],
        ["The night boats", "against", "prospect", "Port Office & Pier", "third, institution", "102 ¶5"],
    ]
    assert evidence(made) == [["101/rehire"], ["102/end", "102/again"], ["102/other"], ["102/denied"]]


def test_positions_of_an_actor_who_has_none(many: Corpus) -> None:
    assert rows(position_table(many, "wants", "Caption", actor="port")) == []


def test_the_matrix_holds_every_account_once(many: Corpus) -> None:
    made = position_matrix(many, "matrix", "Caption")
    assert made.columns == ("Issue", "Brightwater", "The pilots' union", "The port")
    assert rows(made) == [
        [
            "Rehiring pilots",
            "against (refusal): on the record, other side",
            "unstated (denial): institution, other side",
            "–",
        ],
        [
            "The night boats",
            "against (prospect): the newsroom cited; institution, third party; "
            "conditional (prospect): the newsroom cited",
            "–",
            "–",
        ],
    ]
    assert evidence(made) == [
        ["101/rehire", "102/silent"],
        ["102/end", "102/again", "102/denied", "102/other"],
    ]
    told = [each for account in accounts(many) for each in account.passages]
    assert sorted(told) == sorted(each for row in evidence(made) for each in row)


def test_the_matrix_of_some_issues_keeps_their_order_and_leaves_out_who_is_silent(many: Corpus) -> None:
    whole = rows(position_matrix(many, "matrix", "Caption"))
    part = position_matrix(many, "matrix", "Caption", issues=[*many.issues][::-1])
    assert part.columns == ("Issue", "Brightwater", "The pilots' union")
    assert rows(part) == [row[:-1] for row in whole[::-1]]
    last = position_matrix(many, "matrix", "Caption", issues=list(many.issues)[1:])
    assert last.columns == ("Issue", "Brightwater")
    assert rows(last) == [row[:2] for row in whole[1:]]


def test_the_matrix_names_each_kind_of_teller_once(changed: Load) -> None:
    kind = "actor: company, issue: rehiring, stance: against, move: refusal"
    added = f"  - {{id: own, quote: declined to comment, {kind}}}\n"
    corpus = changed((A102, "quantities:\n", f"positions:\n{added}quantities:\n"))
    made = position_matrix(corpus, "matrix", "Caption")
    assert rows(made)[0][1:] == [
        "against (refusal): on the record, other side; institution, own side",
        "–",
        "–",
    ]
    assert evidence(made)[0] == ["101/rehire", "102/own"]


STATEMENT = {
    STOP: "The night boats will stop in winter.",
    DAMAGED: "Nine boats were damaged.",
    DARK: "No boat sails in the dark.",
    CREWS: "Half of the crews want a contract.",
}


@pytest.mark.parametrize(
    ("claim", "cells"),
    [
        pytest.param(STOP, ["3", "1–2", "2", "101 ¶2; 102 ¶2; 103 ¶2"], id="one newsroom and an outlet"),
        pytest.param(DAMAGED, ["2", "0–2", "4 or more", "101 ¶5; 102 ¶4"], id="no newsroom, open group"),
        pytest.param(CREWS, ["1", "0–1", "0", "103 ¶3"], id="nobody"),
    ],
)
def test_roots(corpus: Corpus, claim: str, cells: list[str]) -> None:
    made = roots_table(corpus, "roots", "Caption", [claim])
    assert rows(made) == [[STATEMENT[claim], *cells]]
    assert evidence(made) == [[f"{a}/claim.{claim}" for a in corpus.articles if a in "".join(cells[-1:])]]


@pytest.mark.parametrize(
    ("severity", "cells", "ids"),
    [
        pytest.param(1, [], [], id="none"),
        pytest.param(
            2,
            [
                ["modality", "A plan in two articles, a possibility in the third.",
                 "101: will stop; 102: will end; 103: may stop", "101 ¶2; 102 ¶2; 103 ¶2"],
                ["hedge", "A lower bound in one, an estimate in the other.",
                 "101: at least nine; 102: about nine", "101 ¶5; 102 ¶4"],
            ],
            [[f"{a}/claim.{STOP}" for a in ("101", "102", "103")],
             [f"{a}/claim.{DAMAGED}" for a in ("101", "102")]],
            id="two claims",
        ),
        pytest.param(
            3,
            [["attribution", "An office in one, four people in the other.",
              "101: the port office; 102: four officials", "101 ¶5; 102 ¶4"]],
            [[f"{a}/claim.{DAMAGED}" for a in ("101", "102")]],
            id="one",
        ),
    ],
)  # fmt: skip
def test_variants(corpus: Corpus, severity: int, cells: list[list[str]], ids: list[list[str]]) -> None:
    made = variant_table(corpus, "differ", "Caption", severity=severity)
    assert (rows(made), evidence(made)) == (cells, ids)


def test_sources_are_those_cited(corpus: Corpus) -> None:
    made = source_table(corpus, "register", "Caption")
    assert rows(made) == [
        ["Eskholm Gazette", "newsroom", "third", "named", "–", "101 ¶2; 101 ¶3; 101 ¶4; 102 ¶2; 102 ¶3"],
        ["two pilots", "group", "unknown", "unnamed", "2", "101 ¶2"],
        ["a pilot", "official", "unknown", "unnamed", "1", "101 ¶3; 102 ¶3"],
        ["Anna Berg", "person", "The pilots' union", "named", "1", "101 ¶4"],
        ["Port Office & Pier", "institution", "The port", "named", "–", "101 ¶5; 102 ¶5"],
        ["four officials", "group", "unknown", "unnamed", "4 or more", "102 ¶4"],
        ["Brightwater", "institution", "Brightwater", "named", "–", "102 ¶5"],
        ["a former pilot", "official", "unknown", "unnamed", "1", "103 ¶2"],
    ]
    every = {each.id for each in corpus.find_passages("attribution")}
    assert {each for row in evidence(made) for each in row} == every


SIZE = "size: {low: 2, high: 2}"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        pytest.param(SIZE, "2", id="stated"),
        pytest.param("size: {low: 2}", "2 or more", id="open"),
        pytest.param("size: {low: 2, high: 5}", "2–5", id="between two bounds"),
    ],
)
def test_the_size_of_a_group(changed: Load, size: str, words: str) -> None:
    made = source_table(changed((SOURCES, SIZE, size)), "register", "Caption")
    assert [row[4] for row in rows(made) if row[0] == "two pilots"] == [words]


def test_a_side_is_given_in_words(changed: Load) -> None:
    made = source_table(
        changed((SOURCES, "side: union, named", "side: pilots-of-old, named")), "register", "Caption"
    )
    assert [row[2] for row in rows(made) if row[0] == "Anna Berg"] == ["pilots of old"]


def test_facts(corpus: Corpus) -> None:
    made = fact_table(corpus, "facts", "Caption", ["undated", "tide-table"])
    assert rows(made) == [
        ["The pier is old.", "not said", "–", "Pier Society"],
        [
            "Low tide falls < 5 times a week before dawn.",
            "tides of the year",
            "5 & not 6",
            "Harbour Board, 5 January 2023",
        ],
    ]
    assert evidence(made) == [["fact/undated"], ["fact/tide-table"]]


def test_a_fact_known_by_month_alone(changed: Load) -> None:
    corpus = changed((CONTEXT, 'date: "2023-01-05"', 'date: "2023-01"'))
    assert rows(fact_table(corpus, "facts", "Caption", ["tide-table"]))[0][3] == "Harbour Board, January 2023"


@pytest.mark.parametrize(
    ("passage", "cells"),
    [
        pytest.param(
            "101/dusk", ["one of the pilots", "told", '"No boat will sail after dusk,"', "101 ¶3"], id="whole"
        ),
        pytest.param(
            "101/gazette-rehire",
            [
                "not named",
                "none",
                "The company refuses to rehire seven pilots before talks begin, "
                "the union's chairwoman Anna Berg said.",
                "101 ¶4",
            ],
            id="implied layer",
        ),
    ],
)
def test_speech(corpus: Corpus, passage: str, cells: list[str]) -> None:
    made = speech_table(corpus, "speech", "Caption", [passage])
    assert (rows(made), evidence(made)) == ([cells], [[passage]])


def test_readings_of_a_claim(corpus: Corpus) -> None:
    made = reading_table(corpus, "readings", "Caption", DAMAGED)
    assert rows(made) == [
        ["101", "At least nine of the 14 boats were damaged last autumn",
         "outlet > Port Office & Pier", "101 ¶5"],
        ["102", "About nine boats were damaged in autumn 2023", "outlet > four officials", "102 ¶4"],
        ["103", "not carried", "–", "–"],
    ]  # fmt: skip
    assert evidence(made) == [[f"101/claim.{DAMAGED}"], [f"102/claim.{DAMAGED}"], []]


def test_accounts_leave_out_what_is_not_carried(corpus: Corpus) -> None:
    made = account_table(corpus, "accounts", "Caption", [CREWS, DARK])
    assert rows(made) == [
        [STATEMENT[CREWS], "almost half of the crews want a contract", "outlet", "103 ¶3"],
        [
            STATEMENT[DARK],
            '"No boat will sail after dusk,"',
            "outlet > Eskholm Gazette > a pilot",
            "101 ¶3",
        ],
        [STATEMENT[DARK], "No boat will sail after dark", "outlet > Eskholm Gazette > a pilot", "102 ¶3"],
        [STATEMENT[DARK], "“Nobody sails in the dark”", "outlet > a former pilot", "103 ¶2"],
    ]
    assert evidence(made) == [
        [f"103/claim.{CREWS}"],
        *([f"{article}/claim.{DARK}"] for article in corpus.articles),
    ]


def test_outlets(corpus: Corpus) -> None:
    after = "not before the Gazette"
    made = outlet_table(corpus, "outlets", "Caption")
    assert rows(made) == [
        ["101", "Harbour Post", "high: the photo credit", "20 November 2023: the dateline", "–"],
        ["102", "Coast Daily", "high: the address", f"21 November 2023 or later: {after}", "–"],
        [
            "103",
            "Island News",
            "probable: the apostrophes",
            f"20 November 2023 or later: {after}",
            STATEMENT[CREWS],
        ],
    ]
    assert evidence(made)[2] == [f"103/claim.{CREWS}"]


def test_articles_name_an_outlet_only_if_it_is_sure(corpus: Corpus) -> None:
    assert rows(article_table(corpus, "articles", "Caption")) == [
        ["101", "Harbour Post", "20 November 2023", "77"],
        ["102", "Coast Daily", "21 November 2023 or later", "53"],
        ["103", "only probable, so named in the data alone", "20 November 2023 or later", "41"],
    ]


def test_chains(corpus: Corpus) -> None:
    made = chain_table(corpus, "chains", "Caption")
    assert rows(made) == [
        ["101", "2", "3", "1", "2", "1", "2"],
        ["102", "2", "1", "0", "2", "1", "1"],
        ["103", "1", "1", "0", "1", "1", "0"],
    ]
    named, unnamed = (made.rows[0][at][0].evidence for at in (3, 4))
    assert (named, unnamed) == (("101/chairwoman",), ("101/pilots", "101/dusk"))


ENTRY = "    statement: Nine boats were damaged.\n"
LINE = "    editor: {wording: Nine or so., accompany: Who says so., avoid: Ten.}\n"


def test_lines_for_editors(changed: Load) -> None:
    corpus = changed((CLAIMS, ENTRY, ENTRY + LINE))
    made = editor_table(corpus, "lines", "Caption", corpus.claims)
    assert rows(made) == [["Nine or so.", "Who says so.", "Ten.", "0–2", "101 ¶5; 102 ¶4"]]
    assert evidence(made) == [[f"101/claim.{DAMAGED}", f"102/claim.{DAMAGED}"]]
    assert rows(editor_table(corpus, "lines", "Caption", [CREWS])) == []


def test_a_story_without_lines_for_editors(corpus: Corpus) -> None:
    assert rows(editor_table(corpus, "lines", "Caption", corpus.claims)) == []


LISTS: list[tuple[Make, Sequence[Any], dict[str, Any], str]] = [
    (citation_table, [["gazette"]], {}, "Source; 101; 102; 103"),
    (
        quantity_table,
        [["101/nine-damaged"]],
        {},
        "As printed; Hedge class; Of what; State; Period; Who says so; Where",
    ),
    (position_table, [], {"actor": "company"}, "Issue; Stance; Move; According to; Speaks from; Where"),
    (roots_table, [[CREWS]], {}, "Claim; Articles; Separate newsrooms; People; Where"),
    (variant_table, [], {"severity": 2}, "Kind; What differs; What each article has; Where"),
    (source_table, [], {}, "Source; Kind; Side; Named; People; Where"),
    (fact_table, [["undated"]], {}, "What is said; Base; Note; Published by"),
    (speech_table, [["101/dusk"]], {}, "Speaker as printed; Cue; Words; Where"),
    (reading_table, [CREWS], {}, "Article; Reading; Who says so; Where"),
    (position_matrix, [], {}, "Issue; Brightwater; The pilots' union; The port"),
    (outlet_table, [], {}, "Article; Outlet; How known; Published; Carries alone"),
    (account_table, [[CREWS]], {}, "Claim; Words; Who says so; Where"),
    (
        editor_table,
        [[DAMAGED]],
        {},
        "Safest wording; What must go with it; What not to write; Separate newsrooms; Where",
    ),
]


@pytest.mark.parametrize(
    ("make", "given", "options", "columns"),
    [pytest.param(*each, id=getattr(each[0], "__name__", "")) for each in LISTS],
)
def test_a_table_keeps_its_name_and_caption_and_names_its_columns(
    changed: Load, make: Make, given: Sequence[Any], options: dict[str, Any], columns: str
) -> None:
    corpus = changed((CLAIMS, ENTRY, ENTRY + LINE))
    made = make(corpus, "label", "A caption.", *given, **options)
    assert (made.name, made.caption) == ("label", "A caption.")
    assert "; ".join(made.columns) == columns
    assert made.rows
    assert all(part.text for row in made.rows for parts in row for part in parts)
    assert all(parts for row in made.rows for parts in row)


@pytest.mark.parametrize(
    ("make", "given", "options"),
    [
        pytest.param(citation_table, [["nobody"]], {}, id="source"),
        pytest.param(quantity_table, [["101/nobody"]], {}, id="quantity"),
        pytest.param(roots_table, [["nobody"]], {}, id="claim, its roots"),
        pytest.param(fact_table, [["nobody"]], {}, id="fact"),
        pytest.param(speech_table, [["101/nobody"]], {}, id="attribution"),
        pytest.param(position_table, [], {"actor": "nobody"}, id="actor"),
        pytest.param(reading_table, ["nobody"], {}, id="claim, its readings"),
        pytest.param(account_table, [["nobody"]], {}, id="claim, its accounts"),
        pytest.param(inference_table, ["nobody"], {}, id="claim, its inferences"),
        pytest.param(cue_table, [["nobody"]], {}, id="kind of reporting words"),
        pytest.param(lambda corpus, *_: stance_marks(corpus, "nobody"), [], {}, id="issue"),
    ],
)
def test_an_unknown_id_is_no_empty_table(
    corpus: Corpus, make: Make, given: Sequence[Any], options: dict[str, Any]
) -> None:
    """A misspelt id must not read as words that nobody prints."""
    with pytest.raises(KeyError, match="nobody"):
        make(corpus, "label", "Caption", *given, **options)
