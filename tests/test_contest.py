"""Switch contested readings: what a page would tell stands in it, hidden, beside what it tells."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import A102, CONTENTS, PAGES, build_site, change, write_story
from docutils.utils import new_document
from lxml import html
from retold_book.contest import add_switches
from retold_book.nodes import evidence
from retold_book.supposed import Change, Supposition, supposed_table
from retold_report.tables import MIME, Cell, Table, table
from retold_run.execution import inputs_hash, outputs_key, write_notebook
from retold_run.told import RECORD

DOUBT = "    contested:\n      - {field: source, reading: own voice, reason: nobody <told> us}\n"
OFFICIALS = "    descriptor: {number: four, role: officials}\n"
WORDS = "102\u00a0¶4, source: own voice"
PLAIN = "102\u00a0¶4, said by: the outlet itself"
TOLD = {
    "boats": 9,
    "boats.evidence": "101/fleet",
    "name": "Ark",
    "name.evidence": "101/fleet",
    "nine.holds": True,
}
CHANGES = [
    Change("boats", "9", "14", finding=False),
    Change("name", "Ark", "<b>Eel</b>", finding=False),
    Change("nine", "holds", "does not hold", finding=True),
]
ROOTS = table(
    "roots",
    "Roots",
    ["Claim", "People", "Where"],
    [
        ["Nine boats were damaged.", "4 or more", (Cell("101", ("101/claim.boats-damaged",)),)],
        ["None", "5", "-"],
    ],
)
PROSE = """\
# Of boats

There are {told}`boats` boats.

(nine)=
## Nine boats
"""
INDEX = """\
(nine)=
# Nine boats

{told}`boats:Word` boats, {told}`boats` in all, one is {told}`name`.

```{judgement} nine
:proof: nine

Nine.

Confidence: high.
```
"""


def directive(made: Table) -> str:
    return f"```{{evidence-table}}\n{json.dumps(made.to_data())}\n```\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a book with one contested reading that a table of suppositions knows."""
    root = write_story(tmp_path_factory.mktemp("contest"))
    change(root, A102, OFFICIALS, OFFICIALS + DOUBT)
    supposed = Supposition(WORDS, "nobody <told> us", ("102/officials",), None)  # type: ignore[arg-type]
    doubted = supposed_table("supposed", "S", [(supposed, CHANGES)], CHANGES[:1])
    bundles = [{RECORD: repr(value)} for value in TOLD.values()]
    named = [*zip(TOLD, bundles, strict=True), ("", {MIME: json.dumps(doubted.to_data())})]
    outputs = [
        {"output_type": "display_data", "data": data, "metadata": {"scrapbook": {"name": name}}}
        for name, data in named
    ]
    code = {"cell_type": "code", "metadata": {}, "source": "a", "outputs": outputs, "execution_count": 1}
    prose = {"cell_type": "markdown", "metadata": {}, "source": PROSE}
    notebook: dict[str, Any] = {"cells": [prose, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    write_notebook(root / "chapters/boats.ipynb", notebook)
    notebook["metadata"]["retold"] = {"key": outputs_key(notebook, inputs_hash(root))}
    write_notebook(root / "chapters/boats.ipynb", notebook)
    doubts = "# D\n\n" + directive(doubted)
    index = INDEX + directive(ROOTS) + CONTENTS
    name = "# N\n\nIt is {told}`name`.\n"
    pages = {"index.md": index, "chapters/doubts.md": doubts, "chapters/name.md": name}
    assert build_site(root, {**PAGES, **pages}) == (0, "")
    return root / "out"


def read(site: Path, page: str) -> Any:
    return html.document_fromstring((site / page).read_text(encoding="utf-8"))


def test_what_changes_stands_beside_what_is_told(site: Path) -> None:
    page = read(site, "index.html")
    alone = page.xpath("//ins[@data-reading='0']")
    assert [(mark.getparent().tag, mark[0].text_content()) for mark in alone] == [
        ("h1", " → does not hold"),
        ("p", " → Fourteen"),
        ("p", " → 14"),
        ("p", " → <b>Eel</b>"),
        ("p", " → does not hold"),
        ("p", " → 0"),
    ]
    assert [mark[0].get("aria-hidden") for mark in alone] == ["true"] * 6
    assert alone[2][1].text_content() == " (would be: 14)"
    assert all("hidden" in mark.attrib and mark.get("class") == "supposed" for mark in alone)
    assert [mark.xpath("string(preceding-sibling::a[1])") for mark in alone[1:4]] == ["Nine", "9", "Ark"]
    together = page.xpath("//ins[@data-reading='1']")
    assert [mark[0].text_content() for mark in together] == [" → Fourteen", " → 14", " → 0"]


def test_the_switches_of_a_page(site: Path) -> None:
    page = read(site, "index.html")
    [panel] = page.xpath("//details[@class='contest d-print-none']")
    assert "hidden" in panel.attrib
    assert panel.getparent().tag == "section"
    assert panel.getnext() is None
    heading = "1 place where a second reader could code otherwise, and what on this page would change"
    assert panel.xpath("string(summary)") == heading
    labels = [label.text_content().strip() for label in panel.xpath(".//label")]
    assert labels == ["as annotated", "all of them together", PLAIN]
    assert panel.xpath(".//input/@value") == ["", "1", "0"]
    assert [each.get("class") or each.tag for each in panel] == ["summary", "form"]
    assert [each.get("class") or each.tag for each in panel.find("form")] == ["fieldset", "contest-changes"]
    assert panel.xpath(".//input[@checked]/@value") == [""]
    [described] = panel.xpath(".//input[@value='0']/@aria-describedby")
    assert page.get_element_by_id(described).text_content() == "nobody <told> us"
    assert panel.xpath(".//a[@data-evidence]/@data-evidence") == ["102/officials"]


def test_all_changes_are_listed_and_lead_to_their_places(site: Path) -> None:
    page = read(site, "index.html")
    [together, alone] = page.xpath("//div[@class='contest-changes']/div[@hidden]")
    assert [line.text_content() for line in alone.iter("li")] == [
        "Of boats: There are 9 → 14 (would be: 14) boats.",
        "name: Ark → <b>Eel</b> (would be: <b>Eel</b>)",
        "“Nine boats” would no longer hold",
        "Nine boats were damaged: People 4 or more → 0 (would be: 0)",
    ]
    assert [line.xpath("string(a)") for line in alone.iter("li")] == [
        line.text_content() for line in alone.iter("li")
    ]
    arrows = [arrow for arrow in alone.iter("span") if "→" in arrow.text_content()]
    assert [arrow.get("aria-hidden") for arrow in arrows] == ["true"] * 3
    assert len(list(together.iter("li"))) == 2
    anchors = [each.removeprefix("#") for each in page.xpath("//div[@class='contest-changes']//a/@href")]
    assert sorted(anchors) == sorted(page.xpath("//ins/@id"))
    assert len(anchors) == 6


def test_what_changes_elsewhere_is_counted_and_led_to(site: Path) -> None:
    page = read(site, "chapters/name.html")
    [alone] = page.xpath("//div[@class='contest-changes']/div")
    assert [line.text_content() for line in alone.iter("li")] == [
        "name: Ark → <b>Eel</b> (would be: <b>Eel</b>)"
    ]
    assert alone.xpath("string(p)") == "On other pages: 3, see the table of all."
    assert alone.xpath("p/a/@href") == ["doubts.html#tab-supposed"]
    assert alone.get("data-count") == "Would change: 1 here, 3 elsewhere."


def test_neither_the_search_nor_a_description_takes_in_what_might_be_told(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "fourteen" not in index
    assert "contest" not in index
    [described] = read(site, "index.html").xpath("//meta[@name='description']/@content")
    assert described.startswith("Nine boats, 9 in all")


def test_the_page_with_the_table_has_every_switch(site: Path) -> None:
    page = read(site, "chapters/doubts.html")
    assert page.xpath("//table/following::details//input/@value") == ["", "1", "0"]
    assert page.xpath("//ins | //div[@class='contest-changes']//a") == []
    assert "in this book would change" in page.xpath("string(//summary)")


def test_a_page_that_nothing_changes_has_no_switches(site: Path) -> None:
    assert (
        read(site, "chapters/articles/102.html").xpath("//details[contains(@class, 'contest')] | //ins") == []
    )


def test_the_pdf_has_no_switches(site: Path) -> None:
    page = new_document("page")
    page += evidence("9", "9", key="boats", request="boats", passages=["101/fleet"], locators=["101"])
    before = page.pformat()
    add_switches(SimpleNamespace(builder=SimpleNamespace(format="typst")), page, "page")  # type: ignore[arg-type]
    assert page.pformat() == before
