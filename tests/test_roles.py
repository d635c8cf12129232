"""Write every role and directive on a page; what cannot be resolved is an error at its line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENTS, PAGES, build_site, write_story
from lxml import html
from retold_book.nodes import anchor
from retold_report.tables import Cell, Table, table
from retold_run.execution import inputs_hash, outputs_key, write_notebook
from retold_run.told import RECORD

TOLD: dict[str, Any] = {
    "boats": 9,
    "boats.evidence": "101/nine-damaged 102/nine-damaged",
    "share": 33.25,
    "share.evidence": "told:boats fact/tide-table",
    "many": 1200,
    "many.evidence": "101/fleet",
    "name": "Ark <b>& Eel</b>",
    "name.evidence": "101/strait",
    "bare": 4,
    "lost": 1,
    "lost.evidence": "101/none",
    "grown": 12,
    "grown.evidence": "table/boats",
    "half": 6,
    "half.evidence": "told:grown",
    "away": 3,
    "away.evidence": "table/none",
    "mixed": 2,
    "mixed.evidence": "table/boats 101/fleet",
    "one-root.holds": True,
    "two-roots.holds": False,
}
BOATS = table(
    "boats",
    "Boats & <i>piers</i>",
    ["Boat", "Where"],
    [["Ark", Cell("101", ("101/dusk",))], ["Eel | `x`", (Cell("a"), Cell("b", ("fact/undated",)))]],
)


def tell(root: Path) -> None:
    """Write a notebook whose stored outputs tell all of ``TOLD``."""
    outputs = [
        {
            "output_type": "display_data",
            "data": {RECORD: repr(value)},
            "metadata": {"scrapbook": {"name": name}},
        }
        for name, value in TOLD.items()
    ]
    code = {"cell_type": "code", "metadata": {}, "source": "a", "outputs": outputs, "execution_count": 1}
    notebook: dict[str, Any] = {"cells": [code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    write_notebook(root / "chapters/boats.ipynb", notebook)
    notebook["metadata"]["retold"] = {"key": outputs_key(notebook, inputs_hash(root))}
    write_notebook(root / "chapters/boats.ipynb", notebook)


def as_directive(made: Table) -> str:
    return f"```{{evidence-table}}\n{json.dumps(made.to_data())}\n```\n"


def build(root: Path, text: str) -> tuple[int, str]:
    """Build a book whose opening page holds the text; return Sphinx's status and plain warnings."""
    tell(write_story(root))
    status, warnings = build_site(root, {**PAGES, "index.md": text + CONTENTS})
    return status, re.sub(r"\x1b\[[0-9;]*m", "", warnings)


NINE = "101/nine-damaged 102/nine-damaged"
SHOWN = [
    pytest.param("{told}`boats`", "9", NINE, id="told"),
    pytest.param("{told}`boats:word`", "nine", NINE, id="told in words"),
    pytest.param("{told}`boats:Word`", "Nine", NINE, id="told, to begin a sentence"),
    pytest.param("{told}`boats:.2f`", "9.00", NINE, id="told in a format"),
    pytest.param("{told}`many:,`", "1,200", "101/fleet", id="told by thousands"),
    pytest.param("{told}`share:.0f`", "33", f"{NINE} fact/tide-table", id="told, computed from another"),
    pytest.param("{told}`name`", "Ark <b>& Eel</b>", "101/strait", id="told, signs in it"),
    pytest.param("{told}`bare`", "4", "", id="told without evidence"),
    pytest.param("{quote}`101/strait`", "“six miles”", "101/strait", id="quoted"),
    pytest.param("{quote}`103/former`", "“Nobody sails in the dark”", "103/former", id="marks not doubled"),
    pytest.param("{quote}`101/dusk`", "“No boat will sail after dusk,”", "101/dusk", id="straight marks"),
    pytest.param("{quote}`101/dusk.cue`", "“told”", "101/dusk", id="cue"),
    pytest.param("{quote}`101/dusk.source`", "“one of the pilots”", "101/dusk", id="source"),
    pytest.param("{quote}`101/dusk.source_text`", "“one of the pilots”", "101/dusk", id="source's own name"),
    pytest.param("{quote}`101/dusk.content`", "“No boat will sail after dusk,”", "101/dusk", id="content"),
    pytest.param("{quote}`101/stop.time`", "“in winter”", "101/stop", id="time"),
    pytest.param(
        "{quote}`103/claim.crews`",
        "“almost half of the crews want a contract”",
        "103/claim.crews",
        id="claim",
    ),
    pytest.param("{evidence}`nine <101/fleet>`", "nine", "101/fleet", id="evidence"),
    pytest.param(
        "{evidence}`nine & 5 < 6 <101/fleet, 102/claim.no-sailing fact/undated>`",
        "nine & 5 < 6",
        "101/fleet 102/claim.no-sailing fact/undated",
        id="evidence of several",
    ),
    pytest.param("{fact}`tide-table`", "Harbour Board, 5 January 2023", "fact/tide-table", id="fact"),
    pytest.param("{fact}`undated`", "Pier Society", "fact/undated", id="fact without date"),
    pytest.param("{edition}`version`", "1.2.3", "", id="version"),
    pytest.param("{edition}`date`", "2024-01-02", "", id="date"),
    pytest.param("{edition}`commit`", "release", "", id="commit"),
    pytest.param("{edition}`kind`", "full", "", id="kind of edition"),
]
SOURCES_OF_SHOWN = [str(each.values[0]) for each in SHOWN]
JUDGEMENT = """\
```{judgement} one-root
:proof: deep-proof

Nine {told}`bare` boats.

Confidence: high.
```
"""
GROWN = "Grown: {told}`grown` and {told}`half:word`."
GOOD = "\n\n".join(["(deep-proof)=\n# The proof", *SOURCES_OF_SHOWN, "Hash {edition}`short_hash`.", GROWN])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a book that holds every role and directive, without its PDF."""
    patch = pytest.MonkeyPatch()
    for name in ("EDITION", "SOURCE_DATE_EPOCH"):
        patch.delenv(name, raising=False)
    root = tmp_path_factory.mktemp("roles")
    assert build(root, f"{GOOD}\n\n{JUDGEMENT}\n{as_directive(BOATS)}\nSee {{pdf}}`the PDF`.\n") == (0, "")
    patch.undo()
    return root / "out"


@pytest.fixture(scope="module")
def opening(site: Path) -> Any:
    """Return the opening page."""
    return html.parse(site / "index.html").getroot()


@pytest.mark.parametrize(("source", "words", "ids"), SHOWN)
def test_role(opening: Any, source: str, words: str, ids: str) -> None:
    shown = opening.xpath("//section/p")[SOURCES_OF_SHOWN.index(source)]
    links = shown.xpath("./a[@class='evidence']")
    assert shown.text_content() == words
    assert [(link.text_content(), link.get("data-evidence")) for link in links] == (
        [(words, ids)] if ids else []
    )
    assert [link.get("href").partition("#")[2] for link in links] == ([anchor(ids.split()[0])] if ids else [])


def test_a_value_that_rests_on_no_words_leads_to_its_table(opening: Any) -> None:
    [shown] = opening.xpath("//p[starts-with(text(), 'Grown')]")
    assert shown.text_content() == "Grown: 12 and six."
    assert [(link.text_content(), link.get("href")) for link in shown.iter("a")] == [
        ("12", "#tab-boats"),
        ("six", "#tab-boats"),
    ]


def test_a_value_that_leads_to_no_table_is_reported(tmp_path: Path) -> None:
    status, warnings = build(tmp_path, "# Index\n\n{told}`away`\n")
    assert (status, "undefined label: 'tab-none'" in warnings) == (1, True)


def test_a_value_that_rests_on_a_table_and_on_words_is_reported(tmp_path: Path) -> None:
    status, warnings = build(tmp_path, "# Index\n\n{told}`mixed`\n")
    assert (status, "is called 'table/boats'; a table stands alone" in warnings) == (1, True)


def test_the_hash_is_shortened(opening: Any) -> None:
    [shown] = [node.text_content() for node in opening.xpath("//p[starts-with(text(), 'Hash')]")]
    assert re.fullmatch(r"Hash [0-9a-f]{12}\.", shown)


def test_a_judgement_ends_in_its_proof(opening: Any) -> None:
    [shown] = opening.find_class("judgement")
    assert shown.get("id") == "judgement-one-root"
    assert [node.text_content() for node in shown.iter("p")] == [
        "Nine 4 boats.",
        "Confidence: high. Proof: The proof.",
    ]
    [link] = shown.xpath("./p[last()]/a")
    assert (link.text_content(), link.get("href")) == ("Proof: The proof", "#deep-proof")
    [heard] = link.find_class("visually-hidden")
    assert heard.text_content() == ": The proof"
    assert (shown.tag, shown.getparent().tag) == ("li", "ol")


def test_a_table_has_its_caption_columns_cells_and_evidence(opening: Any) -> None:
    [shown] = opening.find_class("evidence-table")
    assert shown.get("id") == "tab-boats"
    assert shown.find("caption").text_content().startswith("Boats & <i>piers</i>")
    heads = [(node.get("scope"), node.text_content().strip()) for node in shown.iter("th")]
    assert heads == [("col", "Boat"), ("col", "Where"), ("row", "Ark"), ("row", "Eel | `x`")]
    assert [node.text_content().strip() for node in shown.iter("td")] == ["101", "a; b"]
    assert [(node.text_content(), node.get("data-evidence")) for node in shown.find_class("evidence")] == [
        ("101", "101/dusk"),
        ("b", "fact/undated"),
    ]


@pytest.mark.parametrize(
    ("cells", "headers"),
    [
        (["Ark", "Eel"], 2),
        (["Ark", "Ark"], 0),
        (["Ark", "–"], 0),
        (["Ark", ""], 0),
        ([(Cell("Ark"), Cell("Eel")), (Cell("Ark"), Cell("Fin"))], 2),
    ],
    ids=["told apart", "alike", "dash", "empty", "told apart by a part"],
)
def test_rows_are_headed_where_their_first_cells_tell_them_apart(
    tmp_path: Path, cells: list[Any], headers: int
) -> None:
    made = table("boats", "Boats", ["Boat", "Number"], [[cell, "1"] for cell in cells])
    assert build(tmp_path, f"# Index\n\n{as_directive(made)}") == (0, "")
    found = html.parse(tmp_path / "out/index.html").getroot().xpath("//tbody//th/@scope")
    assert found == ["row"] * headers


def test_the_rows_of_a_table_have_addresses(opening: Any) -> None:
    [shown] = opening.find_class("evidence-table")
    assert [row.get("id") for row in shown.find("tbody")] == ["boats-ark", "boats-eel-x"]


def test_cells_of_a_table_with_long_words_carry_their_headers(tmp_path: Path) -> None:
    tables = [table("short", "Short", ["Boat", "A & B"], [["Ark", "Eel"]]),
              table("long", "Long", ["Boat", "A & B"], [["Ark", "Nobody sails " * 4]])]  # fmt: skip
    assert build(tmp_path, "\n".join(["# Index\n", *map(as_directive, tables)])) == (0, "")
    shown = html.parse(tmp_path / "out/index.html").getroot().find_class("evidence-table")
    labels = [[cell.get("data-label") for cell in each.xpath("tbody//th | tbody//td")] for each in shown]
    assert labels == [[None, None], ["Boat", "A & B"]]
    assert ["stacks" in each.get("class").split() for each in shown] == [False, True]


def test_a_row_s_address_is_its_own(tmp_path: Path) -> None:
    kinds = table("kinds", "Kinds", ["Kind"], [["scope"], ["unit"], ["scope"]])
    claims = table("claims", "Claims", ["Claim"], [[Cell("Nine", ("101/claim.boats-damaged",))]])
    again = Table("again", *[getattr(claims, field) for field in ("caption", "columns", "rows")])
    page = "\n".join(["# Index\n", *map(as_directive, (kinds, claims, again))])
    assert build(tmp_path, page) == (0, "")
    rows = html.parse(tmp_path / "out/index.html").getroot().xpath("//tbody/tr/@id")
    claim = "claim-boats-damaged"
    assert rows == ["kinds-scope", "kinds-unit", "kinds-scope-2", claim, f"{claim}-2"]


def test_without_a_pdf_its_words_lead_nowhere(opening: Any) -> None:
    [shown] = opening.xpath("//p[starts-with(text(), 'See')]")
    assert shown.text_content() == "See the PDF."
    assert shown.xpath(".//a") == []


def test_the_pdf_is_found_from_any_page(tmp_path: Path) -> None:
    root = write_story(tmp_path / "book")
    (root / "typst").mkdir(parents=True)
    (root / "typst/book.pdf").write_bytes(b"%PDF-")
    pages = {**PAGES, "index.md": "# A\n\n{pdf}`The PDF`.\n" + CONTENTS}
    assert build_site(root, {**pages, "chapters/deep/b.md": "# B\n\n{pdf}`The PDF`.\n"}) == (0, "")
    for name in ("index", "chapters/deep/b"):
        page = root / f"out/{name}.html"
        [link] = html.parse(page).getroot().xpath("//section/p/a")
        assert link.text_content() == "The PDF"
        assert (page.parent / link.get("href")).resolve() == (root / "out/book.pdf").resolve()


NO_NAME = "no annotation, reading or outside fact is called"
BAD = [
    pytest.param("{told}`none`", "{told}: no notebook tells 'none'", id="untold"),
    pytest.param("{told}`none:word`", "{told}: no notebook tells 'none'", id="untold, in words"),
    pytest.param("{told}`one-root`", "{told}: no notebook tells 'one-root'", id="a finding"),
    pytest.param("{told}`boats.evidence`", "{told}: no notebook tells 'boats.evidence'", id="ids themselves"),
    pytest.param("{told}`name:word`", "{told}: 'name:word': could not convert", id="words of a text"),
    pytest.param("{told}`share:word`", "{told}: 'share:word': 33.25 is not a whole", id="words of a part"),
    pytest.param("{told}`boats:z!`", "{told}: 'boats:z!': ", id="no such format"),
    pytest.param("{told}`lost`", f"{{told}}: {NO_NAME} '101/none'", id="rests on nothing"),
    pytest.param(
        "{quote}`101/none`", "{quote}: no annotation or reading is called '101/none'", id="quotation"
    ),
    pytest.param(
        "{quote}`109/dusk.cue`", "{quote}: no annotation or reading is called '109/dusk'", id="no article"
    ),
    pytest.param(
        "{quote}`101/claim.none`", "{quote}: no annotation or reading is called '101/claim.none'", id="claim"
    ),
    pytest.param(
        "{quote}`103/claim.boats-damaged`",
        "{quote}: no annotation or reading is called '103/claim.boats-damaged'",
        id="claim that is not carried",
    ),
    pytest.param("{quote}`101/dusk.verb`", "{quote}: '101/dusk' has no part 'verb'", id="no part of any"),
    pytest.param(
        "{quote}`101/gazette-rehire.source`",
        "{quote}: '101/gazette-rehire' has no part 'source'",
        id="no part",
    ),
    pytest.param("{quote}`fact/undated`", "{quote}: no annotation or reading is called", id="quoted fact"),
    pytest.param("{evidence}`nine`", "{evidence}: write `words <ids>`, not 'nine'", id="no ids"),
    pytest.param("{evidence}`<101/fleet>`", "{evidence}: write `words <ids>`", id="no words"),
    pytest.param("{evidence}`nine <101/none>`", f"{{evidence}}: {NO_NAME} '101/none'", id="no such id"),
    pytest.param(
        "{evidence}`nine <101/fleet tide-table>`", f"{{evidence}}: {NO_NAME} 'tide-table'", id="bare fact"
    ),
    pytest.param("{evidence}`nine <fact/none>`", f"{{evidence}}: {NO_NAME} 'fact/none'", id="no such fact"),
    pytest.param("{fact}`none`", "{fact}: no outside fact is called 'none'", id="fact"),
    pytest.param("{fact}`fact/undated`", "{fact}: no outside fact is called 'fact/undated'", id="prefix"),
    pytest.param("{edition}`price`", "{edition}: the edition has no 'price'", id="edition"),
    pytest.param(
        "```{judgement} none\n:proof: top\n\nX.\n```",
        "judgement 'none' is computed by no notebook",
        id="unknown check",
    ),
    pytest.param(
        "```{judgement} boats\n:proof: top\n\nX.\n```",
        "judgement 'boats' is computed by no notebook",
        id="a value is no check",
    ),
    pytest.param(
        "```{judgement} two-roots\n:proof: top\n\nX.\n```",
        "judgement 'two-roots' does not hold",
        id="failed check",
    ),
    pytest.param(
        "```{judgement} one-root\n\nX.\n```", "judgement 'one-root' names no :proof: section", id="no proof"
    ),
    pytest.param(
        "```{judgement}\n:proof: top\n\nX.\n```",
        "Directive 'judgement': 1 argument(s) required",
        id="no check",
    ),
    pytest.param(
        "- a\n\n> {told}`none-quoted`", "{told}: no notebook tells 'none-quoted'", id="in a quotation"
    ),
    pytest.param(
        "| a |\n|---|\n| {told}`none-cell` |", "{told}: no notebook tells 'none-cell'", id="in a cell"
    ),
    pytest.param(
        ":::{note}\nA.\n\n{told}`none-note`\n:::", "{told}: no notebook tells 'none-note'", id="in a note"
    ),
]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """Return a page that holds all that is bad, and what its build says."""
    page = "\n\n".join(["(top)=\n# Bad", *(str(each.values[0]) for each in BAD), ""])
    status, warnings = build(tmp_path_factory.mktemp("bad"), page)
    assert status == 1
    return page, warnings.splitlines()


@pytest.mark.parametrize(("source", "message"), BAD)
def test_what_cannot_be_resolved_is_an_error_at_its_line(
    refused: tuple[str, list[str]], source: str, message: str
) -> None:
    page, warnings = refused
    before, inside = page.index(f"\n{source}\n") + 1, max(source.rfind("{told}"), 0)
    line = page[: before + inside].count("\n") + 1
    assert [each for each in warnings if f"index.md:{line}: ERROR: {message}" in each], warnings


def test_nothing_else_is_complained_of(refused: tuple[str, list[str]]) -> None:
    errors = [each for each in refused[1] if "index.md:" in each]
    assert len(errors) == len(BAD)


def test_a_role_amid_a_paragraph_is_reported_where_the_paragraph_begins(tmp_path: Path) -> None:
    status, warnings = build(tmp_path, "# A\n\nOne.\nTwo.\n{told}`none`.\n")
    assert status == 1
    assert "index.md:3: ERROR: {told}: no notebook tells 'none'" in warnings


def test_a_proof_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    status, warnings = build(tmp_path, "# A\n\n```{judgement} one-root\n:proof: nowhere\n\nX.\n```\n")
    assert status == 1
    assert re.search(r"index\.md:[3-6]: WARNING: undefined label: 'nowhere'", warnings)


def test_a_part_that_is_offered_can_be_had(refused: tuple[str, list[str]]) -> None:
    [line] = [each for each in refused[1] if "'101/gazette-rehire' has no part" in each]
    assert line.endswith("it has ['content']")


UNKNOWN = table("b", "B", ["A"], [[Cell("x", ("101/none",))]])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param("{evidence}`nine < >`", "{evidence}: ", id="evidence without an id"),
        pytest.param("{evidence}`nine <,>`", "{evidence}: ", id="evidence with a comma for an id"),
        pytest.param(
            "```{judgement} one-root\n:proof: top\n```", "judgement 'one-root'", id="empty judgement"
        ),
        pytest.param("```{evidence-table}\n{no data\n```", "", id="a table that is no JSON"),
        pytest.param("```{evidence-table}\n```", "", id="a table of nothing"),
        pytest.param(as_directive(UNKNOWN).strip(), f"{NO_NAME} '101/none'", id="a table with an unknown id"),
    ],
)
def test_what_would_break_the_build_is_an_error_at_its_line(
    tmp_path: Path, source: str, message: str
) -> None:
    status, warnings = build(tmp_path, f"(top)=\n# A\n\nB.\n\n{source}\n")
    assert status == 1
    found = [line for line in warnings.splitlines() if re.search(r"index\.md:[67]: ERROR: ", line)]
    assert [line for line in found if message in line], warnings
