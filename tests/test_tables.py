"""Make tables: plain data, Markdown with every sign escaped, and locators."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from retold import Corpus
from retold_report.tables import (
    MIME,
    Cell,
    Table,
    chain_words,
    date_words,
    fact_words,
    locator,
    short_locator,
    table,
    where,
)

READER = MarkdownIt("commonmark").enable("table")


def small() -> Table:
    return table(
        "boats", "Boats *at* sea", ["Boat", "Age"], [["Ark | 1", 9], [Cell("Eel", ("101/dusk",)), 2.5]]
    )


def read_cells(markdown: str) -> list[str]:
    """Return the words of a Markdown table's cells, headers first, as a reader of Markdown shows them."""
    shown = [token for token in READER.parse(markdown) if token.type == "inline"][1:]
    found = []
    for token in shown:
        children = token.children or []
        assert {child.type for child in children} <= {"text", "text_special"}, token.content
        found.append("".join(child.content for child in children))
    return found


def test_a_table_keeps_its_cells_and_their_evidence() -> None:
    assert small().to_data() == {
        "name": "boats",
        "caption": "Boats *at* sea",
        "columns": ["Boat", "Age"],
        "rows": [
            [[{"text": "Ark | 1", "evidence": []}], [{"text": "9", "evidence": []}]],
            [[{"text": "Eel", "evidence": ["101/dusk"]}], [{"text": "2.5", "evidence": []}]],
        ],
    }


def test_a_table_reads_as_markdown() -> None:
    assert small().to_markdown() == (
        "*Boats \\*at\\* sea*\n\n| Boat | Age |\n| --- | --- |\n| Ark \\| 1 | 9 |\n| Eel | 2.5 |"
    )


def test_a_table_shows_itself_as_words_and_as_data() -> None:
    bundle = small()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown", MIME}
    assert bundle["text/plain"] == bundle["text/markdown"] == small().to_markdown()
    assert json.loads(bundle[MIME]) == small().to_data()


HOSTILE = [
    "a | b",
    "*a* _b_",
    "`a`",
    "[a](b)",
    "<b>a</b>",
    "a\nb",
    "\\",
    "\\|",
    "$a$",
    "# a",
    "~~a~~",
    "{eval}`a`",
    "![a]",
    "&amp; &lt;b&gt;",
    "a\\",
    "http://example.org",
    "“a” – ʼ 🛥",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_cell_are_shown_as_they_are(words: str) -> None:
    made = table("t", "Caption", ["Head", "Last"], [[words, "end"]])
    assert read_cells(made.to_markdown()) == ["Head", "Last", words.replace("\n", " "), "end"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_header_are_shown_as_they_are(words: str) -> None:
    made = table("t", "Caption", [words, "Last"], [["first", "end"]])
    assert read_cells(made.to_markdown()) == [words.replace("\n", " "), "Last", "first", "end"]


@given(st.text(alphabet="ab |\\`*_{}[]<>#$~!&;()-+.:/\"'", max_size=12))
def test_any_words_of_a_cell_are_shown_as_they_are(words: str) -> None:
    made = table("t", "Caption", ["Head", "Last"], [[words, "end"]])
    shown = read_cells(made.to_markdown())
    assert [each.strip() for each in shown] == ["Head", "Last", words.strip(), "end"]


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        pytest.param(["Boat", ""], [], "boats: every column needs a header", id="empty header"),
        pytest.param(["Boat"], [["Ark", 9]], "boats: a row has 2 cells for 1 columns", id="a cell too many"),
        pytest.param(
            ["Boat", "Age"], [["Ark", 9], ["Eel"]], "has 1 cells for 2 columns", id="a cell too few"
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    columns: list[str], rows: list[list[str | int]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        table("boats", "Caption", columns, rows)


def test_a_table_without_rows_is_a_table() -> None:
    assert table("t", "C", ["A"], []).to_markdown() == "*C*\n\n| A |\n| --- |"


@pytest.mark.parametrize(
    ("evidence", "cells"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["101/dusk"], [("101 ¶3", ["101/dusk"])], id="one"),
        pytest.param(
            ["102/port", "101/dusk", "102/company"],
            [("102 ¶5", ["102/port", "102/company"]), ("101 ¶3", ["101/dusk"])],
            id="repeats merged, order kept",
        ),
        pytest.param(
            ["103/claim.crews", "fact/tide-table"],
            [("103 ¶3", ["103/claim.crews"]), ("Harbour Board", ["fact/tide-table"])],
            id="reading and fact",
        ),
    ],
)
def test_where(corpus: Corpus, evidence: list[str], cells: list[tuple[str, list[str]]]) -> None:
    found = [(cell.text.replace("\u00a0", " "), list(cell.evidence)) for cell in where(corpus, evidence)]
    assert found == cells


def test_a_locator_is_never_broken_over_lines(corpus: Corpus) -> None:
    assert short_locator(corpus, "101/dusk") == "101\u00a0¶3"


@pytest.mark.parametrize(
    ("identifier", "short", "whole"),
    [
        pytest.param("101/dusk", "101 ¶3", "101 ¶3, outlet > Eskholm Gazette > a pilot", id="nested"),
        pytest.param("101/strait", "101 ¶6", "101 ¶6, outlet", id="own voice"),
        pytest.param("fact/tide-table", "Harbour Board", "Harbour Board, 5 January 2023", id="fact"),
        pytest.param("fact/undated", "Pier Society", "Pier Society", id="fact without date"),
    ],
)
def test_locator(corpus: Corpus, identifier: str, short: str, whole: str) -> None:
    found = (short_locator(corpus, identifier), locator(corpus, identifier))
    assert tuple(each.replace("\u00a0", " ") for each in found) == (short, whole)


@pytest.mark.parametrize("identifier", ["101/none", "fact/none", "109/dusk", ""])
def test_a_locator_of_nothing_is_an_error(corpus: Corpus, identifier: str) -> None:
    with pytest.raises(KeyError):
        short_locator(corpus, identifier)
    with pytest.raises(KeyError):
        locator(corpus, identifier)


def test_chain_words_mark_what_is_implied_and_leave_the_outlet_unnamed(corpus: Corpus) -> None:
    assert (
        chain_words(corpus, corpus.passages["101/rehire"]) == "outlet > Eskholm Gazette (implied) > Anna Berg"
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [
        pytest.param("2023-01-05", "5 January 2023", id="day"),
        pytest.param("2023-01", "January 2023", id="month"),
        pytest.param("2022-12/2023-02", "December 2022 to February 2023", id="interval"),
        pytest.param("2022-12-01/..", "1 December 2022 or later", id="open end"),
        pytest.param("../2022-12-01", "until 1 December 2022", id="open beginning"),
        pytest.param("2022-12~", "December 2022, approximately", id="about"),
        pytest.param("2022-12?", "probably December 2022", id="uncertain"),
        pytest.param("unresolved", "unresolved", id="unresolved"),
        pytest.param("last winter", "last winter", id="words"),
        pytest.param("", "", id="none"),
    ],
)
def test_the_date_of_a_fact(corpus: Corpus, date: str, words: str) -> None:
    fact = corpus.facts["tide-table"].model_copy(update={"date": date})
    assert date_words(fact.date) == words
    assert fact_words(fact) == (f"Harbour Board, {words}" if words else "Harbour Board")
