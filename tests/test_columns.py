"""Turn the story into rows: the columns and values of the export contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import A101, A103, SOURCES
from retold import Corpus, Span
from retold_export.columns import TABLES, join_offsets

CONTRACT = {
    "articles": "article file sha256 title outlet outlet_certainty published words",
    "sources": "source name kind side named",
    "attributions": "id article start end content source source_text cue_text chain named"
    " form within certainty",
    "quantities": "id article start end surface low high unit hedge base kind claim chain",
    "positions": "id article start end quote actor issue stance move condition chain",
    "events": "id article start end surface event edtf_stated edtf_reconciled chain",
    "claims": "claim statement kind articles newsroom_roots_min newsroom_roots_max"
    " human_sources_min human_sources_max",
    "variants": "variant claim kind severity explanation",
    "readings": "claim article start end reading kind severity explanation variant",
}
COUNTS = {
    "articles": 3,
    "sources": 11,
    "attributions": 14,
    "quantities": 9,
    "positions": 1,
    "events": 6,
    "claims": 4,
    "variants": 3,
    "readings": 14,
}


def row(corpus: Corpus, table: str, **wanted: Any) -> dict[str, Any]:
    found = [each for each in TABLES[table](corpus) if wanted.items() <= each.items()]
    assert len(found) == 1
    return dict(found[0])


def test_every_table_of_the_contract_is_there() -> None:
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_are_those_of_the_contract_in_its_order(corpus: Corpus, table: str) -> None:
    wanted = CONTRACT[table].split()
    rows = list(TABLES[table](corpus))
    assert len(rows) == COUNTS[table]
    assert all(list(each)[: len(wanted)] == wanted for each in rows)
    assert len({tuple(each) for each in rows}) == 1


@pytest.mark.parametrize(
    ("spans", "starts", "ends"),
    [
        pytest.param((Span(1, 5),), "1", "5", id="one"),
        pytest.param((Span(1, 5), Span(7, 9)), "1;7", "5;9", id="two"),
        pytest.param((), "", "", id="none"),
    ],
)
def test_join_offsets(spans: tuple[Span, ...], starts: str, ends: str) -> None:
    assert (join_offsets(spans, 0), join_offsets(spans, 1)) == (starts, ends)


VALUES = [
    pytest.param("articles", {"article": "103"}, "title", "🛥 Night boats may stop", id="title"),
    pytest.param("articles", {"article": "101"}, "outlet", "Harbour Post", id="outlet in words"),
    pytest.param("articles", {"article": "102"}, "published", "2023-11-21/..", id="open interval"),
    pytest.param("articles", {"article": "103"}, "words", 41, id="tokens"),
    pytest.param("sources", {"source": "two-pilots"}, "named", False, id="named"),
    pytest.param("attributions", {"id": "101/dusk"}, "cue_text", "told", id="cue"),
    pytest.param("attributions", {"id": "101/dusk"}, "within", "gazette-dusk", id="within"),
    pytest.param("attributions", {"id": "101/gazette-rehire"}, "source_text", "", id="implied layer"),
    pytest.param("attributions", {"id": "102/port"}, "polarity", "denies", id="polarity"),
    pytest.param(
        "attributions", {"id": "101/dusk"}, "chain", "harbour-post > gazette > one-pilot", id="nested chain"
    ),
    pytest.param("quantities", {"id": "101/nine-damaged"}, "low", 9, id="lower bound"),
    pytest.param("quantities", {"id": "101/nine-damaged"}, "high", "", id="open end"),
    pytest.param("quantities", {"id": "103/half"}, "low", "", id="almost sets no lower bound"),
    pytest.param("quantities", {"id": "103/several"}, "low", "", id="a vague amount sets none"),
    pytest.param("quantities", {"id": "103/several"}, "high", "", id="nor an upper one"),
    pytest.param("quantities", {"id": "103/half"}, "high", 50, id="almost"),
    pytest.param("quantities", {"id": "103/several"}, "claim", "", id="no claim"),
    pytest.param("quantities", {"id": "101/nine-damaged"}, "base", "the 14 boats", id="base"),
    pytest.param(
        "positions", {"id": "101/rehire"}, "condition", "drop the demand, by union, for talks", id="needs"
    ),
    pytest.param(
        "positions", {"id": "101/rehire"}, "chain", "harbour-post > gazette > anna-berg", id="who says"
    ),
    pytest.param("events", {"id": "101/damage"}, "edtf_stated", "2022-09/2022-11", id="stated"),
    pytest.param("events", {"id": "101/damage"}, "edtf_reconciled", "2023-09/2023-11", id="reconciled"),
    pytest.param("events", {"id": "102/pier"}, "edtf_stated", "", id="no time stated"),
    pytest.param("events", {"id": "102/pier"}, "edtf_reconciled", "unresolved", id="unresolved"),
    pytest.param("events", {"id": "103/stop"}, "time", "this winter", id="time as printed"),
    pytest.param("claims", {"claim": "boats-damaged"}, "articles", "101;102", id="articles that carry"),
    pytest.param("claims", {"claim": "boats-damaged"}, "human_sources_max", "", id="open maximum"),
    pytest.param("claims", {"claim": "night-boats-stop"}, "newsroom_roots_min", 1, id="roots, least"),
    pytest.param("claims", {"claim": "night-boats-stop"}, "newsroom_roots_max", 2, id="roots, most"),
    pytest.param("variants", {"variant": "damaged-source"}, "severity", 3, id="severity"),
    pytest.param("readings", {"claim": "crews", "article": "101"}, "reading", "", id="not carried"),
    pytest.param("readings", {"claim": "crews", "article": "103"}, "variant", "", id="no variant"),
    pytest.param(
        "readings", {"variant": "stop-modality", "article": "103"}, "has", "may stop", id="what it has"
    ),
]


@pytest.mark.parametrize(("table", "wanted", "column", "value"), VALUES)
def test_a_cell(corpus: Corpus, table: str, wanted: dict[str, str], column: str, value: Any) -> None:
    cell = row(corpus, table, **wanted)[column]
    assert (type(cell), cell) == (type(value), value)


def test_a_position_without_condition_has_an_empty_cell(changed: Callable[..., Corpus]) -> None:
    needs = "    condition:\n      act: drop the demand\n      by: union\n      object: talks\n"
    assert row(changed((A101, needs, "")), "positions", id="101/rehire")["condition"] == ""


def test_a_fraction_keeps_its_digits(changed: Callable[..., Corpus]) -> None:
    corpus = changed((A103, "surface: almost half, value: 50", "surface: almost half, value: 33.3"))
    assert row(corpus, "quantities", id="103/half")["high"] == 33.3


@pytest.mark.parametrize("value", [".nan", "-.inf"])
def test_a_value_without_digits_is_an_empty_cell(changed: Callable[..., Corpus], value: str) -> None:
    corpus = changed((A101, "surface: six miles, value: 6", f"surface: six miles, value: {value}"))
    assert row(corpus, "quantities", id="101/strait")["low"] == ""


def test_a_reading_has_a_row_for_each_of_its_variants(corpus: Corpus) -> None:
    rows = [each for each in TABLES["readings"](corpus) if each["claim"] == "boats-damaged"]
    assert [(each["article"], each["variant"]) for each in rows] == [
        ("101", "damaged-hedge"),
        ("101", "damaged-source"),
        ("102", "damaged-hedge"),
        ("102", "damaged-source"),
        ("103", ""),
    ]


@pytest.mark.parametrize(
    ("table", "column"),
    [("attributions", "content"), ("quantities", "surface"), ("positions", "quote"), ("events", "surface"),
     ("readings", "reading")],
)  # fmt: skip
def test_cells_equal_the_text_at_their_offsets(corpus: Corpus, table: str, column: str) -> None:
    rows = [each for each in TABLES[table](corpus) if each["start"]]
    assert rows
    for each in rows:
        text = corpus.articles[each["article"]].text
        assert text[int(each["start"]) : int(each["end"])] == each[column]


def test_sources_may_have_any_name(changed: Callable[..., Corpus]) -> None:
    corpus = changed((SOURCES, "name: two pilots,", 'name: "=two, \\"pilots\\"",'))
    assert row(corpus, "sources", source="two-pilots")["name"] == '=two, "pilots"'
