"""Check the built PDF against the built HTML; each check is tried on something bad too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import pypdf
import pytest
import typst
import yaml
from lxml import html
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, FloatObject, NameObject, NullObject
from retold_typst.builder import STANDARDS

ROOT = Path(__file__).parents[1]
HTML = ROOT / "_build/html"
PDF = ROOT / "_build/typst/one-scoop-five-retellings.pdf"
PAGES = range(140, 180)

built = [
    pytest.mark.built,
    pytest.mark.skipif(
        not (HTML / "index.html").exists() or not PDF.exists(), reason="no built book: run `make book`"
    ),
]


# The PDF as text


class Run(NamedTuple):
    """Hold words set in one go, with their font, its size in points and the label of the page."""

    words: str
    font: str
    size: float
    page: str


@cache
def pdf() -> Any:
    return pypdf.PdfReader(PDF)


@cache
def runs() -> list[Run]:
    found: list[Run] = []
    for label, page in zip(pdf().page_labels, pdf().pages, strict=True):

        def keep(words: str, _: Any, matrix: Any, font: Any, size: float, label: str = label) -> None:
            name = str(font["/BaseFont"]) if font else ""
            found.append(Run(words, name, size * abs(matrix[3]), label))

        page.extract_text(visitor_text=keep)
    return found


def main_matter(keep: Callable[[Run], bool]) -> str:
    """Return the words of the runs to keep, without the title page and the contents."""
    return "".join(run.words for run in runs() if run.page.isdigit() and keep(run))


MONO = 0.736  # of the size of the words around it
PROSE = (9.66, 9.3, 9.3 * 10 / 11)  # confidences; the columns of appendices, and comparisons in them
CAPTIONS = tuple(text * 9.5 / 11 for text in (11, 10, 9.3))  # in chapters, appendices and their columns


def is_of(sizes: tuple[float, ...], run: Run) -> bool:
    size = run.size / MONO if "Mono" in run.font else run.size
    return any(abs(size - each) < 0.03 for each in sizes)


def is_prose(run: Run) -> bool:
    """Return whether words are text, headings or key judgements: no table, caption, note or page number."""
    least = 10 * MONO - 0.01 if "Mono" in run.font else 9.99
    return run.size >= least or is_of(PROSE, run)


def is_caption(run: Run) -> bool:
    return is_of(CAPTIONS, run)


# The HTML as text


@cache
def contents() -> Any:
    return yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))


@cache
def documents() -> list[Any]:
    """Return the documents of the book in the order of the contents."""
    parts = contents()["parts"]
    names = [contents()["root"], *(each["file"] for part in parts for each in part["chapters"])]
    pages = [html.document_fromstring((HTML / f"{name}.html").read_text(encoding="utf-8")) for name in names]
    for link in (link for page in pages for link in page.xpath("//a[contains(@class, 'github')]")):
        link.text = link.get("href")  # the theme shortens it
    contested = "//*[contains(@class, 'contest') or @class='supposed']"
    for switch in (each for page in pages for each in page.xpath(contested)):
        switch.drop_tree()  # print has the tables of contested readings instead
    return [page.xpath("//article")[0] for page in pages]


def texts(path: str) -> list[str]:
    """Return the text of each node of the HTML at ``path`` that is not for the screen alone."""
    hidden = "ancestor::*[contains(@class, 'html-only') or @id='evidence-cards' or contains(@class, 'toc')]"
    unseen = "parent::a[contains(@class, 'headerlink')] or ancestor::*[contains(@class, 'visually-hidden')]"
    return [
        "".join(node.xpath(f".//text()[not({unseen})]"))
        for document in documents()
        for node in document.xpath(f".{path}[not({hidden})]")
    ]


# What is compared


def squashed(words: str) -> str:
    """Return words without white space and hyphens, which line breaks change."""
    return re.sub(r"[\s\u00ad‐-]", "", normalize("NFKC", words))


def find_missing(wanted: Iterable[str], text: str) -> list[str]:
    """Return what is not in ``text`` after what was wanted before; a note's number may follow a stop."""
    body, at, missing = squashed(text), 0, []
    for each in wanted:
        parts = [re.escape(part) for part in re.split(r"(?<=[.?!:;,)”’])", squashed(each)) if part]
        found = re.compile(r"\d{0,3}".join(parts)).search(body, at)
        if found:
            at = found.end()
        else:
            missing.append(each)
    return missing


FAULTS = {
    "raw markup": r"\{[a-z]+\}`|`[^`\n]+`|:[a-z]+:`|```|</?[a-z]+[ >]|\]\(|#text\(|\*\*",
    "object address": r"0x[0-9a-f]{6,}|<[a-z.]+ object",
    "none": r"\bNone\b(?!:? [a-z])|\bNaN\b|\bnan\b|\bNaT\b",
    "empty percent sign": r"(?<=[a-z(])\s?%(?=\s[a-z])",
    "parted percent sign": r"\(p\.\s\d+\)\s%",
    "unresolved reference": r"\?\?|\[\?\]|¶\s*[;,.)]|\bp\.\s*[;,.)]",
    "missing glyph": "[\ufffd\u25a1\u0000]",
}


def find_faults(text: str) -> list[str]:
    """Return what no reader should see, each with the words around it."""
    return [
        f"{name}: {text[max(0, match.start() - 30) : match.end() + 30]!r}"
        for name, pattern in FAULTS.items()
        for match in re.finditer(pattern, text)
    ]


def targets(reader: Any) -> Iterator[Any]:
    for page in reader.pages:
        for note in page.get("/Annots") or ():
            link = note.get_object()
            action = link["/A"].get_object() if "/A" in link else {}
            if action.get("/S") != "/URI":
                yield action.get("/D", link.get("/Dest"))


def find_lost_links(reader: Any) -> list[str]:
    """Return the targets of internal links that lie on no page."""
    pages = {page.indirect_reference.idnum for page in reader.pages}
    named = reader.named_destinations
    lost = []
    for target in targets(reader):
        place = named[target].dest_array if isinstance(target, str) and target in named else target
        if getattr(place.get_object()[0], "idnum", None) not in pages:
            lost.append(str(target))
    return lost


class Linked(NamedTuple):
    """Hold where a link stands, as page, left and top, and where it leads to."""

    here: tuple[int, float, float]
    there: tuple[int, float, float]

    def leads_to(self, other: Linked) -> bool:
        page, left, top = (there - here for there, here in zip(self.there, other.here, strict=True))
        return page == 0 and abs(left) < 3 and -3 < top < 20


def find_notes(reader: Any) -> list[tuple[int, int]]:
    """Return the pages of every mark of a note and of its note, which link to one another, twice."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    links: dict[int, list[Linked]] = {}
    for number, page in enumerate(reader.pages):
        for note in page.get("/Annots") or ():
            link = note.get_object()
            target = link.get("/Dest") or link.get("/A", {}).get("/D")
            if target is not None:
                place, _, left, top, *_ = target.get_object()
                there = (pages[place.idnum], float(left), float(top))
                here = (number, float(link["/Rect"][0]), float(link["/Rect"][3]))
                links.setdefault(number, []).append(Linked(here, there))
    return [
        (one.here[0], other.here[0])
        for one in chain.from_iterable(links.values())
        for other in links.get(one.there[0], ())
        if one is not other and one.leads_to(other) and other.leads_to(one)
    ]


def titles(outline: list[Any]) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from titles(each)
        else:
            yield str(each.title)


# The built book

FRONT = ["Contents", "Figures", "Tables"]
EVIDENCE = "//p[.//a[contains(@class, 'evidence')]][not(ancestor::table or ancestor::figcaption)]"
PARTS: dict[str, tuple[str, Callable[[Run], bool]]] = {
    "figure captions": ("//figcaption//span[@class='caption-text']", is_caption),
    "table captions": ("//caption//span[@class='caption-text']", is_caption),
    "key judgements": ("//li[contains(@class, 'judgement')]/p", is_prose),
    "bibliography": ("//div[@class='citation']//p", is_prose),
    "told values": (EVIDENCE, is_prose),
    "glossary": ("//dl[contains(@class, 'glossary')]/*", is_prose),
}


@pytest.mark.parametrize("name", [pytest.param(name, marks=built, id=name) for name in PARTS])
def test_what_the_html_has_stands_in_the_pdf_in_order(name: str) -> None:
    path, keep = PARTS[name]
    wanted = texts(path)
    assert len(wanted) >= 5
    assert find_missing(wanted, main_matter(keep)) == []


def marked(value: Any) -> Any:
    return pytest.param(value, marks=built, id="built")


@pytest.mark.parametrize("levels", [marked("//*[self::h1 or self::h2 or self::h3][not(@class)]")])
def test_titles_are_the_bookmarks_in_order(levels: str) -> None:
    number = re.compile(r"^[\d.]+\s+")
    wanted = [number.sub("", title) for title in texts(levels)]
    bookmarks = [number.sub("", title) for title in titles(pdf().outline)]
    captions = [part["caption"] for part in contents()["parts"]]
    assert [title for title in bookmarks if title in {*FRONT, *captions}] == [*FRONT, *captions]
    found = [title for title in bookmarks if title not in {*FRONT, *captions}]
    assert [*map(squashed, found)][: len(wanted)] == [*map(squashed, wanted)]
    assert found[len(wanted)] == "Code"
    assert found[-2:] == ["Index of sources", "Index of claims"]


@pytest.mark.parametrize("mono", [marked("Mono")])
def test_nothing_is_left_raw(mono: str) -> None:
    assert find_faults("".join(run.words for run in runs() if mono not in run.font)) == []


@pytest.mark.parametrize("reader", [marked(pdf)])
def test_every_internal_link_lands(reader: Callable[[], Any]) -> None:
    assert len(list(targets(reader()))) > 1000
    assert find_lost_links(reader()) == []


@pytest.mark.parametrize("reader", [marked(pdf)])
def test_every_note_stands_on_the_page_of_its_mark(reader: Callable[[], Any]) -> None:
    notes = find_notes(reader())
    assert len(notes) > 100
    assert [(mark, note) for mark, note in notes if mark != note] == []


@pytest.mark.parametrize("reader", [marked(pdf)])
def test_has_a_stated_number_of_pages_and_none_is_blank(reader: Callable[[], Any]) -> None:
    assert len(reader().pages) in PAGES
    assert [label for label in reader().page_labels if label.isdigit()][:2] == ["1", "2"]
    printed = Counter[str]()
    for run in runs():
        printed[run.page] += len(run.words)
    assert [label for label in reader().page_labels if printed[label] < 100] == []


@pytest.mark.parametrize("source", [marked(PDF.with_suffix(".typ"))])
def test_a_second_compilation_gives_the_same_bytes(source: Path) -> None:
    compiler = typst.Compiler(source, root=source.parent, ignore_system_fonts=True)
    when = int(pdf().metadata.creation_date.timestamp())
    standards: Any = STANDARDS
    assert compiler.compile(format="pdf", pdf_standards=standards, timestamp=when) == PDF.read_bytes()


# Each check on something bad


@pytest.mark.parametrize(
    ("wanted", "text", "missing"),
    [
        (["One claim.", "Two."], "1 One claim.3 Two.", []),
        (["a long-lived word"], "a long-\nlived\u00a0word", []),
        (["Half (003). More"], "Half (003).12 More", []),
        (["One.", "Two."], "Two. One.", ["Two."]),
        (["25 %"], "26 %", ["25 %"]),
        (["nearly half"], "almost half", ["nearly half"]),
    ],
)
def test_what_is_missing_is_found(wanted: list[str], text: str, missing: list[str]) -> None:
    assert find_missing(wanted, text) == missing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("see {told}`roots` here", "raw markup"),
        ("have talks that are :quote:`000/lead`", "raw markup"),
        ("an <em>odd</em> word", "raw markup"),
        ("at 0x7f3a2b9c1d", "object address"),
        ("who: None", "none"),
        ("value nan", "none"),
        ("about % of plants", "empty percent sign"),
        ("above 75 (p. 61) % of plants", "parted percent sign"),
        ("see Table ??", "unresolved reference"),
        ("003 ¶8, outlet, p. ; 004", "unresolved reference"),
        ("a \ufffd glyph", "missing glyph"),
    ],
)
def test_fault_is_found(text: str, name: str) -> None:
    assert [fault.split(":")[0] for fault in set(find_faults(text))] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "None of them is cited.",
        "None: nothing was.",
        "X % is half",
        "It is 17 % of it, or 17% (3-grams, %).",
        "003 ¶8, outlet, p. 61; ¶9.",
    ],
)
def test_good_text_passes(text: str) -> None:
    assert find_faults(text) == []


@pytest.mark.parametrize("lost", [0, 1])
def test_a_link_to_no_page_is_found(lost: int, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    link = writer.add_annotation(page, Link(rect=(0, 0, 9, 9), target_page_index=0))
    if lost:
        link[NameObject("/Dest")] = ArrayObject([NullObject()])
    writer.write(tmp_path / "linked.pdf")
    assert len(find_lost_links(pypdf.PdfReader(tmp_path / "linked.pdf"))) == lost


@pytest.mark.parametrize("note_page", [0, 1])
def test_a_note_on_another_page_is_found(note_page: int, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    pages = [writer.add_blank_page(100, 100) for _ in range(2)]
    for page, rect, target in (
        (0, (10, 80, 14, 90), (note_page, 50, 30)),
        (note_page, (50, 20, 54, 30), (0, 10, 90)),
    ):
        link = writer.add_annotation(pages[page], Link(rect=rect, target_page_index=target[0]))
        place = [
            pages[target[0]].indirect_reference,
            NameObject("/XYZ"),
            *map(FloatObject, target[1:]),
            NullObject(),
        ]
        link[NameObject("/Dest")] = ArrayObject(place)
    writer.write(tmp_path / "noted.pdf")
    assert sorted(find_notes(pypdf.PdfReader(tmp_path / "noted.pdf"))) == sorted(
        [(0, note_page), (note_page, 0)]
    )
