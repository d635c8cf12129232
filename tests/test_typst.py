"""Print a small book that holds one of everything, and read the PDF back."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unicodedata import normalize

import pypdf
import pytest
from docutils import nodes
from docutils.parsers.rst import Directive
from pybtex.database import parse_string
from retold.corpus import Corpus
from retold_book.labels import author_year, label_entries
from retold_book.nodes import anchor, evidence, judgement, passage
from retold_typst.layouts import Layout, layout
from retold_typst.settings import Setting
from retold_typst.subjects import indexed_subjects, indexes
from retold_typst.text import Notes, first_sentence, places, string, words
from retold_typst.widths import find_locators
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole, docutils_namespace

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="90pt">'
    '<rect width="200" height="90" fill="#0072B2"/></svg>'
)
CHARACTERS = "ʼ “ ” — × ≤ km² é ü Привіт Ґєї №"
HOSTILE = '#eval("1") $x$ * _ \\ ] [ { } @ref <label> // /* ~ <script>alert(1)</script> `'
SUBJECTS = {
    **{f"000/p{n}": ["source ft", "claim early"] for n in range(1, 6)},
    "001/p5": ["source the-envoy"],
    "009/p9": ["source nobody"],
}
INDEXES = {
    "Index of sources": {
        "source the-envoy": "The envoy", "source ft": "Financial Times", "source nobody": "Nobody",
    },
    "Index of claims": {"claim early": "Talks are early."},
}  # fmt: skip
NAMES = {mark: name for entries in INDEXES.values() for mark, name in entries.items()}
LAYERS = ("attribution", "event", "position", "quantity", "variant")
INDEX = """\
(start)=
# What the texts support

:::{judgement}
Talks are `very early`, says {ev}`one official@000/p1,001/p2`.
Two articles say so.

Confidence: high; see [the finding](#who-roots).
:::

Alpha {ev}`one@000/p1` and again {ev}`two@000/p1`.
Beta {ev}`five@000/p1,000/p2,000/p3,001/p2,001/p1`.
Gamma {ev}`lost@009/p7`, delta rests on nothing.
Epsilon is {ev}`late@001/p5`.

::::{grid} 2
:::{grid-item-card} Two minutes
:link: who
:link-type: ref
Read the judgements.
:::
:::{grid-item-card} An hour
Open every number.
:::
::::
:::{dropdown} Folded title
Folded text.
:::
::::{tab-set}
:::{tab-item} First tab
Tab text.
:::
::::
:::{div} html-only
SCREEN-ONLY
:::
:::{div} print-only
PAPER-ONLY
:::
<script>NEVER-PRINTED</script>

```{toctree}
:caption: Report
:numbered:
who
how
```
```{toctree}
:caption: Articles
a000
a001
```
```{toctree}
:caption: Back
claims
glossary
bib
```
"""
HOW = """\
# How much?

{hostile}`1`

CHARACTERS

A note.[^n] Again.[^n] A [link](https://example.org/far/away), {term}`root`, {cite:t}`bevz2020`.
{index}`Razumkov Centre` is listed and {index}`Carnegie <pair: Carnegie; think tank>` too.

[^n]: The note's text rests on {ev}`words@000/p2`.

## Lists {ev}`quietly@000/p1`

- first bullet

  3. third number
  4. fourth {ev}`number@001/p1`

A {ev}`term@000/p4`
: Its definition.

> A quotation.

:::{admonition} Own title
Admonished.
:::
:::{warning}
Warned.
:::

```python
print("#eval")  # code
```

### Deeper

Text beneath.

SUM

---

| narrow | where |
|---|--:|
| cell | {ev}`000 ¶2@000/p2` |
| {ev}`pale *strong* words@000/p2` | {ev}`000 ¶2@000/p2`; {ev}`000 ¶1@000/p1`; {ev}`001 ¶5@001/p5` |
"""
SUM = f"Many {{ev}}`sum@{','.join(f'{a}/p{n}' for a in ('000', '001') for n in range(1, 7))},009/p9`."
FILES = {
    "index.md": INDEX,
    "how.md": HOW.replace("CHARACTERS", CHARACTERS).replace("SUM", SUM),
    "glossary.md": "# Glossary\n\n:::{glossary}\nroot\n  Where a claim goes back to.\n:::\n",
    "bib.md": "# Bibliography\n\n```{bibliography}\n```\n",
    "references.bib": "@book{bevz2020, author={Bevz, Iryna}, title={Енергетика}, publisher={O}, "
    "year={2020}}\n"
    "@article{miller2024, author={Miller, Anna}, title={Talks}, journal={J}, year={2024}}\n",
}
CONFIG: dict[str, Any] = {
    "project": "Scratch",
    "extensions": ["myst_nb", "sphinx_design", "sphinxcontrib.bibtex", "retold_typst.builder"],
    "bibtex_bibfiles": ["references.bib"],
    "bibtex_reference_style": "author_year",
    "nb_execution_mode": "off",
    "nb_render_markdown_format": "myst",
    "myst_enable_extensions": ["colon_fence", "deflist"],
    "numfig": True,
    "language": "en",
    "smartquotes": False,
    "suppress_warnings": ["config.cache"],
    "typst_filename": "scratch",
    "typst_title_page": {
        "title": "A scratch book", "subtitle": "Its subtitle", "author": "A. Writer", "edition": "9.9",
        "date": "2024-11-05", "commit": "abc123", "evidence": "def456", "how_made": "By hand.",
        "rights": "Some.", "cite": "Cite it so.",
    },
}  # fmt: skip


class Evidence(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        shown, _, ids = self.text.partition("@")
        locators = [f"{each[:3]}\u00a0¶{each[-1]}, outlet > FT" for each in ids.split(",")]
        node = evidence("", passages=ids.split(","), locators=locators, key="k")
        for number, part in enumerate(shown.split("*")):  # every second part is marked
            node += nodes.strong("", part) if number % 2 else nodes.Text(part)
        return [node], []


class Hostile(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.Text(HOSTILE), nodes.literal("", HOSTILE)], []


class Judgement(Directive):
    has_content = True

    def run(self) -> list[nodes.Node]:
        node = judgement()
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class Article(Directive):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        for number, layer in enumerate(LAYERS, 1):
            ids = [anchor(f"{self.arguments[0]}/p{number}")]
            inner = passage("", "nested", layers=["quantity"], passages=[], ids=[])
            covering = [f"{self.arguments[0]}/p{number}"]
            mark = passage("", f"marked as {layer} ", layers=[layer], passages=covering, ids=ids)
            mark += inner
            found.append(nodes.paragraph("", "", mark, nodes.Text(" and plain words. " * 60)))
        return found


class unheard_of(nodes.General, nodes.Element):  # noqa: N801
    pass


class Unheard(Directive):
    def run(self) -> list[nodes.Node]:
        return [unheard_of()]


def notebook() -> str:
    figure = {"caption": "Bars count {ev}`passages@000/p3`.\nThe rest of it.", "name": "fig-bars"}
    table = "| article | roots |\n|---|--:|\n| from-markdown | 1 |\n"
    cells: list[list[Any]] = [
        ["(who)=\n# Who says so?\n\nOpening."],
        ["tell('k', 3)", {"application/papermill.record/text/plain": "GLUE-RECORD"}],
        ["(who-roots)=\n## One newsroom\n\nSee {numref}`fig-bars` and {cite}`miller2024`."],
        ["plot_bars()", {"image/svg+xml": SVG, "text/plain": "<Figure>"},
         {"mystnb": {"figure": figure, "image": {"alt": "A bar chart"}}}],
        ["table()", {"text/markdown": table, "text/plain": "TABLE-OBJECT"}],
    ]  # fmt: skip
    made = []
    for source, *rest in cells:
        kind = "code" if rest else "markdown"
        meta = rest[1] if len(rest) > 1 else {}
        cell: dict[str, Any] = {"cell_type": kind, "metadata": meta, "source": source}
        if rest:
            glued = {"scrapbook": {"name": "k", "mime_prefix": "application/papermill.record/"}}
            about = glued if any("papermill" in mime for mime in rest[0]) else {}
            output = {"output_type": "display_data", "metadata": about, "data": rest[0]}
            cell |= {"execution_count": 1, "outputs": [output]}
        made.append(cell)
    about = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python", "pygments_lexer": "ipython3"},
    }
    return json.dumps({"cells": made, "metadata": about, "nbformat": 4, "nbformat_minor": 4})


def ledger() -> str:
    long = "some more words of a long remark " * 14
    tall = "".join(f"| c{n} | statement {n} | {{ev}}`000 ¶1@000/p1` |\n" for n in range(70))
    wide = "| id | " + " | ".join(f"remark {n}" for n in range(6)) + " |\n" + "|---" * 7 + "|\n"
    wide += "".join(f"| row-{n} | " + " | ".join([long] * 6) + " |\n" for n in range(2))
    head = "```{table} Claims and roots\n:name: tab-claims\n\n| claim | statement | where |\n|---|---|---|\n"
    across = "| " + " | ".join(f"heading{n}" * 2 for n in range(4)) + " |\n" + "|---" * 4 + "|\n"
    across += "".join("| " + " | ".join(f"entry{n}" for _ in range(4)) + " |\n" for n in range(40))
    return (
        f"# Claim ledger\n\n{head}{tall}```\n\nNear {{numref}}`tab-claims`. Then.\n\n"
        "## Far\n\nSee {numref}`tab-claims`, all of it (or {numref}`tab-claims`).\n\n"
        f"## Wide\n\n{wide}\n\n"
        f"## Across\n\nIts lead.\n\n{across}\n"
    )


def build(folder: Path, files: dict[str, str], *, strict: bool = True) -> Sphinx:
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (source / name).write_text(text, encoding="utf-8")
    (source / "conf.py").touch()
    with docutils_namespace():
        app = Sphinx(
            source, None, folder / "out", folder / "doctrees", "typst", CONFIG,
            status=None, warning=io.StringIO(), freshenv=True, warningiserror=strict, keep_going=True,
        )  # fmt: skip
        for node in (evidence, passage, judgement, unheard_of):
            app.add_node(node)
        for name, role in (("ev", Evidence), ("hostile", Hostile)):
            app.add_role(name, role(), override=True)
        for name, directive in (("judgement", Judgement), ("article", Article), ("unheard", Unheard)):
            app.add_directive(name, directive, override=True)
        app.connect("doctree-resolved", label_entries)
        app.build()
    return app


def warnings_of(app: Sphinx) -> str:
    stream: Any = app._warning
    return str(stream.getvalue())


def book_files() -> dict[str, str]:
    articles = {f"a{a}.md": f"# Article {a}\n\n```{{article}} {a}\n```\n" for a in ("000", "001")}
    return {**FILES, **articles, "who.ipynb": notebook(), "claims.md": ledger()}


@pytest.fixture(scope="module", autouse=True)
def subjects() -> Iterator[None]:
    """Give the scratch book an index: it has passages, but no corpus."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retold_typst.builder.open_book", lambda root: SimpleNamespace(shown=None))
        patch.setattr("retold_typst.builder.indexed_subjects", lambda corpus: SUBJECTS)
        patch.setattr("retold_typst.builder.name_marks", lambda corpus: NAMES)
        patch.setattr("retold_typst.builder.indexes", lambda corpus: INDEXES)
        yield


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("book")
    app = build(folder, book_files())
    assert app.statuscode == 0, warnings_of(app)
    first = (folder / "out/scratch.pdf").read_bytes()
    shutil.rmtree(folder / "out")
    build(folder, {})
    assert (folder / "out/scratch.pdf").read_bytes() == first, "a second build gives other bytes"
    return pypdf.PdfReader(io.BytesIO(first))


@pytest.fixture(scope="module")
def text(pdf: Any) -> str:
    return flat("\n".join(page.extract_text() for page in pdf.pages))


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("-\n", "-"))


def pages_with(pdf: Any, words: str) -> list[str]:
    labelled = zip(pdf.page_labels, pdf.pages, strict=True)
    return [label for label, page in labelled if label.isdigit() and words in flat(page.extract_text())]


PRINTED = [
    "Its subtitle", "9.9", "2024-11-05", "abc123", "def456", "By hand.", "Cite it so.", "Some.",
    "Contents", "Figures", "Tables", "What the texts support", "1 Who says so?", "1.1 One newsroom",
    "Fig. 1.1 Bars count passages", "Fig. 1.1. Bars count",
    "The rest of it.", "see the finding (p. 2)",
    "Two minutes", "Open every number.", "Folded title", "Folded text.", "First tab", "Tab text.",
    "PAPER-ONLY", "first bullet", "3. third number", "4. fourth number3",
    "A term4 Its definition.", "A quotation.",
    "Own title", "Admonished.", "Warning", "Warned.", 'print("#eval") # code', "2.1 Lists quietly", "Deeper",
    "from-markdown", "https://example.org/far/away", "Miller, 2024", "Bevz [2020]", "Cited on p. 3.",
    "Bevz, 2020 Iryna Bevz.",    "Miller, 2024 Anna Miller.",
    "Table 1. Claims and roots", "Near Table 1. Then.", "See Table 1 (p.", "all of it (or Table 1, p.",
    "id row-0", "remark 5 some more words",
    "root Where a claim",
    "plot_bars()", "Carnegie, think tank, 3", "think tank, Carnegie, 3", "Razumkov Centre, 3", "Report",
    "Confidence: high", "program cells of each notebook", "Marks beneath the words: attribution",
]  # fmt: skip
HIDDEN = [
    "SCREEN-ONLY", "NEVER-PRINTED", "GLUE-RECORD", "TABLE-OBJECT", "<Figure>", "None", "nan ", "#text", "#go",
    "unheard", "object at 0x",
]  # fmt: skip


@pytest.mark.parametrize("words", PRINTED)
def test_prints(text: str, words: str) -> None:
    assert words in text


@pytest.mark.parametrize("words", HIDDEN)
def test_does_not_print(text: str, words: str) -> None:
    assert words not in text


def test_prints_hostile_text_as_it_stands(text: str) -> None:
    assert re.sub(r"\s", "", text).count(re.sub(r"\s", "", HOSTILE)) == 2


def test_prints_every_character(text: str) -> None:
    assert normalize("NFKC", CHARACTERS) in normalize("NFKC", text)


def test_notes_merge_what_a_sentence_rests_on(pdf: Any, text: str) -> None:
    one, two, late = (
        pages_with(pdf, "Article 000")[0], pages_with(pdf, "Article 001")[0], pages_with(pdf, "as variant")[1]
    )  # fmt: skip
    assert late not in pages_with(pdf, "as attribution")
    merged = f"000 ¶1, outlet > FT, p. {one}; 001 ¶2, outlet > FT, p. {two}"
    assert merged in text
    assert f"5 passages: 000 ¶1, ¶2, ¶3, p. {one}; 001 ¶1, ¶2, p. {two}" in text
    assert "Alpha one and again two.2 Beta five.3 Gamma lost, delta rests on nothing.4 Epsilon" in text
    assert f"2 000 ¶1, outlet > FT, p. {one} 3 5 passages" in text
    # what is not in the book has no page
    assert f"4 009 ¶7, outlet > FT 5 001 ¶5, outlet > FT, p. {late} 1" in text
    assert f"rests on words. (000 ¶2, outlet > FT, p. {one})" in text


def test_a_table_gives_pages_instead_of_notes(pdf: Any, text: str) -> None:
    first = pages_with(pdf, "Article 000")[0]
    last = pages_with(pdf, "as variant")[1]
    assert f"cell 000 ¶2 p. {first}" in text
    assert f"pale strong words 000 ¶1, ¶2 p. {first}; 001 ¶5 p. {last}" in text
    assert text.count(f"000 ¶1 p. {first}") == 70
    assert text.count("claim statement where") >= 2, "a table that breaks repeats its header"
    assert "Table 1, continued claim" in text


def test_marked_words_in_a_cell_stand_out(pdf: Any) -> None:
    found: dict[str, str] = {}
    for page in pdf.pages:
        page.extract_text(visitor_text=lambda text, *rest: found.update({text.strip(): str(rest[2])}))
    fonts = {words: found[words] for words in ("pale", "strong", "words")}
    assert ["Bold" in font for font in fonts.values()] == [False, True, False]


def numbers(pages: str) -> set[int]:
    """Return the pages of ``1, 3–5``."""
    ends = [tuple(map(int, each.split("–"))) for each in re.findall(r"\d+–\d+|\d+", pages)]
    return {page for each in ends for page in range(each[0], each[-1] + 1)}


def test_indexes_list_where_sources_and_claims_are_found(pdf: Any, text: str) -> None:
    opening = r"Index of sources In bold, [^.]+\. "
    listed = re.search(opening + r"The envoy, ([\d, ]+) Financial Times, ([\d–, ]+) ", text)
    assert listed
    assert int(pages_with(pdf, "as variant")[1]) in numbers(listed[1])
    assert {int(pages_with(pdf, words)[0]) for words in ("Alpha one", "Article 000")} <= numbers(listed[2])
    assert "Talks are early, 1–" in text
    assert "Nobody" not in text  # who stands in a sum over many passages alone


def targets(pdf: Any) -> Iterator[Any]:
    for page in pdf.pages:
        for note in page.get("/Annots") or ():
            link = note.get_object()
            action = link.get("/A", {}).get_object() if "/A" in link else {}
            if action.get("/S") != "/URI":
                yield action.get("/D", link.get("/Dest"))


def test_every_internal_link_lands(pdf: Any) -> None:
    pages = {page.indirect_reference.idnum for page in pdf.pages if page.indirect_reference}
    found = list(targets(pdf))
    assert len(found) > 100
    for target in found:
        place = pdf.named_destinations[target].dest_array if isinstance(target, str) else target
        assert place.get_object()[0].idnum in pages


def test_every_web_link_is_named_on_paper(text: str) -> None:
    assert re.search(r"\d https://example.org/far/away", text)


def test_is_tagged_and_described(pdf: Any) -> None:
    root = pdf.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("A scratch book", "A. Writer")
    assert "2024" in str(pdf.metadata.get("/CreationDate"))
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1<" in xmp
    assert "<pdfaid:part>2<" in xmp


def test_figures_carry_their_alternative_text(pdf: Any) -> None:
    objects = [pdf.get_object(number) for number in range(1, int(pdf.trailer["/Size"]))]
    assert "A bar chart" in [each.get("/Alt") for each in objects if isinstance(each, dict)]


def test_pages_are_labelled_and_none_is_blank(pdf: Any) -> None:
    assert pdf.page_labels[:2] == ["i", "ii"]
    assert "1" in pdf.page_labels
    assert all(len(flat(page.extract_text())) > 30 for page in pdf.pages)
    assert 14 <= len(pdf.pages) <= 26


def test_bookmarks_follow_the_contents(pdf: Any) -> None:
    titles = [each.title for each in pdf.outline if not isinstance(each, list)]
    chapters = ["1 Who says so?", "2 How much?", "Article 000", "Article 001", "Claim ledger", "Glossary"]
    back = ["Bibliography", "Code", "Index of sources", "Index of claims", "Index"]
    front = ["Contents", "Figures", "Tables", "What the texts support"]
    chapters[4:4] = ["Back"]
    chapters[2:2] = ["Articles"]
    assert titles == [*front, "Report", *chapters, *back]


def test_every_font_is_embedded(pdf: Any) -> None:
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert any(key.startswith("/FontFile") for key in inner["/FontDescriptor"].get_object())


WARNS = [
    ("```{unheard}\n```", "no way to print the node 'unheard_of'"),
    ("{math}`x^2`", "no way to print the node 'math'"),
    ("![](p.svg)", "no alternative text"),
]


@pytest.mark.parametrize(("source", "message"), WARNS)
def test_stops_at_what_it_cannot_print(tmp_path: Path, source: str, message: str) -> None:
    app = build(tmp_path, {"index.md": f"# Title\n\n{source}\n", "p.svg": SVG, "references.bib": ""})
    assert app.statuscode == 1
    assert message in warnings_of(app)


def test_prints_the_number_of_a_character_without_a_glyph(tmp_path: Path) -> None:
    app = build(tmp_path, {"index.md": "# Title\n\nGlyph: \U0001f600\n", "references.bib": ""})
    assert app.statuscode == 0
    [path] = Path(app.outdir).glob("*.pdf")
    assert "Glyph: [U+1F600]" in "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


STRINGS = [
    ('a"b', '"a\\"b"'), ("\\", '"\\\\"'), ("#x", '"#x"'), ("a\nb", '"a\\nb"'), ("a\x00b", '"ab"'), ("", '""'),
    ("a\u2028b\rc", '"a\\nb\\nc"'), ("a\u202eb", '"ab"'), ("a\u200db", '"a\u200db"'),
]  # fmt: skip


@pytest.mark.parametrize(("given", "literal"), STRINGS)
def test_string_literals(given: str, literal: str) -> None:
    assert string(given) == literal


@pytest.mark.parametrize(
    ("caption", "sentence"),
    [
        ("One. Two.", "One"),
        ("One\nTwo.", "One"),
        ("Is it? Yes.", "Is it?"),
        ("By 3.5 per cent.", "By 3.5 per cent"),
        ("", ""),
    ],
)
def test_first_sentence(caption: str, sentence: str) -> None:
    assert first_sentence(caption) == sentence


PERSONS = [
    ({"author": "Miller, Anna"}, "Miller, 2024"),
    ({"author": "Miller, Anna and van Dijk, Jan"}, "Miller and van Dijk, 2024"),
    ({"author": "A, B and C, D and E, F"}, "A et al., 2024"),
    ({"author": "Fan and others"}, "Fan and others, 2024"),
    ({"editor": "Miller, Anna"}, "Miller, 2024"),
    ({"title": "Almanac"}, "Almanac, 2024"),
]


@pytest.mark.parametrize(("fields", "label"), PERSONS)
def test_bibliography_labels(fields: dict[str, str], label: str) -> None:
    lines = ", ".join(f"{name} = {{{words}}}" for name, words in fields.items())
    entry = parse_string(f"@book{{key, {lines}, year = {{2024}}}}", "bibtex").entries["key"]
    assert author_year(entry) == label


def test_passages_are_listed_under_their_sources_and_claim(corpus: Corpus) -> None:
    found = indexed_subjects(corpus)
    assert found.keys() == corpus.passages.keys()
    named = {mark for marks in found.values() for mark in marks}
    sources, claims = indexes(corpus).values()
    assert named <= sources.keys() | claims.keys()
    assert claims.keys() <= named
    assert found["101/claim.night-boats-stop"] == [
        "source gazette",
        "source two-pilots",
        "claim night-boats-stop",
    ]
    assert found["101/nine-damaged"][-1] == "claim boats-damaged"


def test_persons_are_listed_by_surname(corpus: Corpus) -> None:
    entries = indexes(corpus)["Index of sources"]
    assert entries["source anna-berg"] == "Berg, Anna"
    assert entries["source gazette"] == corpus.sources["gazette"].name


def test_notes_merge_repeats_and_group_what_is_many() -> None:
    notes = Notes()
    notes.add_evidence(["0/a", "f/x"], ["0 ¶10, outlet > FT", "A Paper, 1 May 2024"])
    notes.add_evidence(["0/a", "0/b"], ["0 ¶10, outlet > FT", "0 ¶10, outlet > FT"])
    notes.add_evidence(["0/c", "1/d", "1/e"], ["0 ¶9, outlet > FT", "1 ¶1, outlet > FT", "1 ¶2, outlet > FT"])
    articles = (
        '(("0", (("¶9", ("p-0-c",)),("¶10", ("p-0-a","p-0-b",)),)),'
        '("1", (("¶1", ("p-1-d",)),("¶2", ("p-1-e",)),)),)'
    )
    passages = f'#passages-noted("5 passages in 4 paragraphs", {articles}, "outlet > FT");'
    assert notes.flush() == f'{passages}; #locator("A Paper, 1 May 2024", ("p-f-x",));'


def test_a_note_names_a_paragraph_once_with_all_who_speak_in_it() -> None:
    notes = Notes()
    notes.add_evidence(["0/a", "0/b"], ["0 ¶7, outlet > FT", "0 ¶7, outlet > FT > Anna"])
    assert notes.flush() == '#locator("0 ¶7, outlet > FT and outlet > FT > Anna", ("p-0-a","p-0-b",));'
    notes.add_evidence(["0/a", "0/b"], ["0 ¶7, outlet > FT; outlet > FT > Anna", "0 ¶7, outlet > FT > Anna"])
    assert notes.flush() == '#locator("0 ¶7, outlet > FT and outlet > FT > Anna", ("p-0-a","p-0-b",));'


def test_a_passage_in_two_paragraphs_is_noted_and_listed_under_both() -> None:
    notes = Notes()
    notes.add_evidence(["0/a"], ["0 ¶2, ¶6, outlet > FT"])
    assert notes.flush() == '#locator("0 ¶2, ¶6, outlet > FT", ("p-0-a","a-0-6",));'
    assert places({"0/a": "0 ¶2, ¶6"}) == '(("0", (("¶2", ("p-0-a",)),("¶6", ("a-0-6",)),)),)'


@pytest.mark.parametrize(
    ("cell", "count"),
    [("0\u00a0¶4", 1), ("0 ¶4, ¶7", 1), ("0 ¶4, said by: the outlet itself", 0), ("Board, 1 May 2024", 0)],
)
def test_only_a_bare_place_counts_as_a_locator(cell: str, count: int) -> None:
    place = evidence("", cell, passages=["0/a"], locators=["0 ¶4"])
    assert len(find_locators(nodes.paragraph("", "", place))) == count


@pytest.mark.parametrize(
    ("numbers", "marks"),
    [
        ([1, 2, 3, 5, 6, 8, 10, 11, 12, 13], ["¶1–¶3, ¶5, ¶6, ¶8, ¶10–¶13"]),
        ([9, 8, 7, 6, 5, 4, 3, 2, 1], ["¶1–¶9"]),
        ([8, 7, 6, 5, 4, 3, 2, 1], [f"¶{n}" for n in range(1, 9)]),
    ],
)
def test_very_many_paragraphs_are_noted_as_ranges(numbers: list[int], marks: list[str]) -> None:
    found = places({f"0/{n}": f"0 ¶{n}, outlet" for n in numbers})
    assert re.findall(r'"([^"]*¶[^"]*)"', found) == marks
    assert sorted(re.findall(r"p-0-(\d+)", found)) == sorted(map(str, numbers))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("17 % of it", "17\u00a0% of it"),
        (" % of it", "\u00a0% of it"),
        ("about 40 km, 55 GW", "about 40\u00a0km, 55\u00a0GW"),
        ("600 square miles", "600\u00a0square miles"),
        ("9 mice, 3 gulls, some %", "9 mice, 3 gulls, some %"),
    ],
)
def test_no_line_ends_between_a_number_and_its_unit(text: str, kept: str) -> None:
    assert words(text) == f'#"{kept}";'


def test_notes_start_anew_after_each_sentence() -> None:
    notes = Notes()
    notes.add_evidence(["0/a", "0/b"], ["0 ¶1", "0 ¶1"])
    assert notes.flush() == '#locator("0 ¶1", ("p-0-a","p-0-b",));'
    assert notes.flush() == ""
    assert words("") == ""


def test_a_table_is_estimated_once_for_itself_and_for_what_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def estimate(node: nodes.table, setting: Setting) -> Layout:
        seen.append(node)
        return layout(node, setting)

    seen: list[nodes.table] = []
    monkeypatch.setattr("retold_typst.blocks.layout", estimate)
    tables = "Its lead.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" * 2
    build(tmp_path, {"index.md": f"# Title\n\n{tables}", "references.bib": ""})
    assert len(seen) == len(set(seen)) == 2
