"""Attack every text that others write: it comes out as inert words, or is refused at its place."""

from __future__ import annotations

import csv
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from dataclasses import field as made
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdf
import pytest
import yaml
from conftest import A101, CLAIMS, SEED_103, change, record_checksums
from hostile.attacks import ATTACKS, RUN, SECRET, WORDED
from hostile.book import PAGES, write_book
from hostile.story import REFERRING, TYPES, free_texts, is_closed, marker, spoiled, write_hostile
from lxml import etree, html
from pydantic import BaseModel
from retold import Corpus, find_problems, load_corpus
from retold.document import load_record
from retold.problems import DocumentError
from retold_book.__main__ import build
from retold_book.cards import card
from retold_book.page import complete_page
from retold_export.export import export
from retold_report.drawing import Words, drawing
from retold_report.report import write_report
from retold_report.tables import Cell, table

EVERYTHING = " ".join(ATTACKS.values())
BRIEF = ATTACKS["picture"] + ATTACKS["Typst string"]
FIELDS = sorted({field for kind in set(TYPES.values()) for field in free_texts(kind)} - REFERRING)
UNSHOWN = {
    *("Condition.act", "Cue.asserts", "Cue.forms", "Fact.url", "Head.outlet_evidence"),
    *("Head.published_evidence", "Identity.reason", "NotAQuantity.reason", "NotASpeech.reason"),
    *("Quantity.unit", "Source.note"),
}
"""Fields that no page of the small book needs to show."""

UNPRINTED = UNSHOWN | {f"{layer}.note" for layer in ("Attribution", "Quantity", "Position", "Event", "Step")}
"""Fields that the PDF need not show: it has no cards."""

LATER = {"Event.reason", "Quantity.unit"}
"""Fields of which pages show other records than the first."""

_DROPPED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\ufeff]+")


def squeezed(text: str) -> str:
    """Return text without white space and characters that are not seen."""
    return _DROPPED.sub("", text)


def attacked(field: str) -> str:
    """Return every attack, and then the word that tells which field they are put into."""
    return f"{EVERYTHING} {marker(field)}"


@dataclass
class Attacker:
    """Put every attack into a field where it is met first, and some into it later."""

    met: set[str] = made(default_factory=set)

    def __call__(self, field: str) -> str:
        is_whole = field not in self.met or field in LATER
        self.met.add(field)
        return attacked(field) if is_whole else f"{BRIEF} {marker(field)}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a book, built as PDF and HTML, of a story that is attacked everywhere."""
    root = write_hostile(tmp_path_factory.mktemp("hostile") / "story", Attacker())
    write_book(root)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("EDITION", "SOURCE_DATE_EPOCH"):
            patch.delenv(name, raising=False)
        build(root, ["pdf", "html"])
    return root


def test_every_field_is_attacked(tmp_path: Path) -> None:
    """A field is missed if the invented story has no record of its kind; then ``hostile.story`` lacks one."""
    attacker = Attacker()
    write_hostile(tmp_path / "story", attacker)
    assert set(FIELDS) <= attacker.met
    assert {"Source.name", "Fact.url", "Variant.readings", "Cue.forms", "Contested.reason"} <= set(FIELDS)


# Pages


ELEMENTS = {"iframe", "frame", "object", "embed", "applet", "base", "svg", "math", "video", "audio", "portal"}
LINKS = {"href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "manifest"}
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
ALLOWED = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'",
    ATTACKS["address that breaks out"],
)
"""The icon of the book, and an address that is one."""


def find_leaks(tree: Any) -> Iterator[str]:
    """Yield the elements and attributes of a page that no page of ours has."""
    for element in (each for each in tree.iter() if isinstance(each.tag, str)):
        if element.tag in ELEMENTS:
            yield f"<{element.tag}>"
        if element.tag == "script" and "attacked" in (element.text or ""):
            yield f"<script>{element.text}"
        if element.tag == "meta" and "attacked" in element.get("content", "") and element.get("http-equiv"):
            yield f"<meta {element.get('content')}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ("srcdoc", "autofocus", "style") and "attacked" in value):
                yield f"{element.tag} {name}={value}"
            if name.rpartition(":")[2] in LINKS and SCHEME.match(value) and not value.startswith(ALLOWED):
                yield f"{element.tag} {name}={value}"


WORKING = {
    **dict.fromkeys(("script", "picture", "frame", "drawing", "closing tags", "form", "meta"), "<p>{}</p>"),
    **dict.fromkeys(("attribute", "address", "data address", "file address"), '<a href="{}">x</a>'),
    "raw HTML": "<p>{}</p>",
    "restructured text": "<p>{}</p>",
    "single quotes": "<a href='x' title='{}'>x</a>",
    "address that breaks out": '<a href="{}">x</a>',
}
"""HTML in which attacks would work, by their names."""


@pytest.mark.parametrize("name", WORKING)
def test_an_attack_that_works_is_found_as_a_leak(name: str) -> None:
    page = html.document_fromstring(f"<main>{WORKING[name].format(ATTACKS[name])}</main>")
    assert list(find_leaks(page)) != []


def test_words_of_an_attack_are_no_leak() -> None:
    assert list(find_leaks(html.document_fromstring(f"<main>{escape(EVERYTHING)}</main>"))) == []


def pages(root: Path) -> dict[str, Any]:
    out = root / "_build/html"
    found = [page for page in out.rglob("*.html") if "_static" not in page.parts]
    return {
        page.relative_to(out).as_posix(): html.document_fromstring(page.read_text("utf-8").replace("\0", ""))
        for page in found
    }


def page_text(tree: Any) -> str:
    return squeezed("".join(tree.xpath("//text()[not(ancestor::script or ancestor::style)]")))


@pytest.fixture(scope="module")
def trees(root: Path) -> dict[str, Any]:
    return pages(root)


@pytest.fixture(scope="module")
def texts(trees: dict[str, Any]) -> dict[str, str]:
    return {name: page_text(tree) for name, tree in trees.items()}


def test_no_page_has_an_element_or_attribute_of_an_attacker(trees: dict[str, Any]) -> None:
    leaks = {name: leaks for name, tree in trees.items() if (leaks := list(find_leaks(tree)))}
    assert leaks == {}
    assert {f"chapters/{each}.html" for each in ("evidence", "tables", "compare")} < trees.keys()


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_shown_as_it_is_written(texts: dict[str, str], field: str) -> None:
    found = [text for text in texts.values() if marker(field) in text]
    assert found or field in UNSHOWN
    assert any(squeezed(attacked(field)) in text for text in found) is bool(found)


@pytest.mark.parametrize("name", WORDED)
def test_an_article_is_shown_as_it_is_written(texts: dict[str, str], name: str) -> None:
    shown = texts["chapters/articles/103.html"]
    assert [line for line in WORDED[name].splitlines() if squeezed(line) not in shown] == []


def test_the_pages_show_switches_and_downloads(trees: dict[str, Any]) -> None:
    """What is not shown cannot leak, so that all the parts of a book must be there."""
    wanted = {
        "evidence": ("//*[@data-card]", "//ins[@data-reading]", "//*[contains(@class, 'judgement')]"),
        "tables": ("//details[contains(@class, 'contest')]", "//table[contains(@class, 'evidence-table')]"),
        "compare": ("//*[contains(@class, 'comparison')]", "//*[contains(@class, 'differs')]"),
        "articles/103": ("//*[contains(@class, 'passage')]", "//*[@class='voice-strip']"),
        "outside_facts": ("//dl[contains(@class, 'facts')]",),
        "glossary": ("//dl[contains(@class, 'glossary')]",),
    }
    missing = [
        (page, path)
        for page, paths in wanted.items()
        for path in paths
        if not trees[f"chapters/{page}.html"].xpath(path)
    ]
    assert missing == []


def test_nothing_that_is_built_holds_a_file_beside_the_book(root: Path) -> None:
    built = [path for path in (root / "_build").rglob("*") if path.is_file()]
    assert len(built) > 50
    assert [path for path in built if SECRET.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_card_of_an_article_with_an_odd_id_is_inert(corpus: Corpus, attack: str) -> None:
    """An id is the beginning of a file's name, which only its file system limits."""
    passages = {each.id.replace("102/", f"{attack}/"): each for each in corpus.passages.values()}
    passages = {
        key: replace(each, id=key, article=attack) if each.article == "102" else each
        for key, each in passages.items()
    }
    articles = {attack if key == "102" else key: each for key, each in corpus.articles.items()}
    articles[attack] = replace(articles[attack], id=attack)
    other = replace(corpus, articles=articles, passages=passages)
    book: Any = type(
        "Book", (), {"shown": other, "corpus": other, "href": lambda self, each: ("", f"p-{each}")}
    )()
    made = "".join(card(book, each, "x.html") for each in passages)
    assert list(find_leaks(html.document_fromstring(f"<main>{made}</main>".replace("\0", "")))) == []


@pytest.mark.parametrize("name", ["pagetitle", "root_title"])
def test_a_title_that_the_theme_takes_for_plain_is_escaped(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edition: Any = type("Edition", (), dict.fromkeys(("version", "date", "kind", "short_hash"), ""))
    monkeypatch.setattr("retold_book.page.open_book", lambda root: type("Book", (), {"edition": edition}))
    context: dict[str, Any] = {name: ATTACKS["script"], "script_files": [], "css_files": []}
    app: Any = type("App", (), {"srcdir": "", "config": type("Config", (), {"project": "", "author": ""})})
    complete_page(app, "index", "", context, None)
    assert context[name].startswith("&lt;script&gt;")


# Notebooks and figures


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_table_in_a_notebook_is_one_line_a_row(attack: str) -> None:
    made = table(attack, attack, [attack + "x"], [[Cell(attack, ("101/dusk",), ((0, 1),))]]).to_markdown()
    assert len(re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", made)) == 5
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>`\[\]$]", made)


@pytest.mark.parametrize("name", [each for each in ATTACKS if ATTACKS[each].isprintable()])
def test_words_in_a_figure_are_neither_formula_nor_markup(name: str) -> None:
    words = Words(ATTACKS[name], ATTACKS[name], ATTACKS[name])
    with drawing(words, height=1, left=1) as (axes, made):
        axes.set_yticks([0], [ATTACKS[name]])
    tree = etree.fromstring(made[0].svg.encode(), etree.XMLParser(resolve_entities=False))
    tags = {etree.QName(each).localname for each in tree.iter(etree.Element)}
    assert not tags & {"script", "a", "image", "foreignObject", "iframe", "text"}
    assert len(tree.xpath("//comment()")) >= 4


def test_a_report_has_no_element_or_attribute_of_an_attacker(root: Path, tmp_path: Path) -> None:
    names = write_report(load_corpus(root), tmp_path / "report")
    page = html.document_fromstring((tmp_path / "report/report.html").read_text("utf-8").replace("\0", ""))
    assert list(find_leaks(page)) == []
    assert squeezed(attacked("Claim.statement")) in page_text(page)
    drawn = [(tmp_path / "report" / name).read_bytes() for name in names if name.endswith(".svg")]
    lenient = etree.XMLParser(recover=True, resolve_entities=False)
    tags = {each.tag for svg in drawn for each in etree.fromstring(svg, lenient).iter(etree.Element)}
    assert not {etree.QName(tag).localname for tag in tags} & {"script", "a", "image", "foreignObject"}


# PDF


@pytest.fixture(scope="module")
def printed(root: Path) -> pypdf.PdfReader:
    [path] = (root / "_build/typst").glob("*.pdf")
    return pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def print_text(printed: pypdf.PdfReader) -> str:
    return _unhyphenated("".join(page.extract_text() for page in printed.pages))


def _unhyphenated(text: str) -> str:
    return re.sub("[-\u00ad]", "", squeezed(text))


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_printed_as_words(print_text: str, name: str) -> None:
    lines = (line for line in ATTACKS[name].splitlines() if squeezed(line))
    assert [line for line in lines if _unhyphenated(line) not in print_text] == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_printed(print_text: str, field: str) -> None:
    assert marker(field) in print_text or field in UNPRINTED


def test_the_print_reads_no_file_and_runs_nothing(printed: pypdf.PdfReader, print_text: str) -> None:
    assert _unhyphenated(SECRET) not in print_text
    actions = [
        note.get_object()["/A"].get_object()
        for page in printed.pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object()
    ]
    assert {action["/S"] for action in actions} <= {"/URI", "/GoTo"}
    addresses = {action["/URI"] for action in actions if action["/S"] == "/URI"}
    assert [each for each in addresses if not each.startswith(("http://", "https://"))] == []
    assert not {"/OpenAction", "/AA"} & printed.root_object.keys()


# Exports


def attacked_corpus(corpus: Corpus, attack: str) -> Corpus:
    """Return a corpus with an attack in every free text of its records, articles and files' names."""

    def renewed(record: Any) -> Any:
        return type(record).model_validate(spoiled(record, lambda field: attack))

    registers: Any = {
        name: {key: renewed(each) for key, each in getattr(corpus, name).items()}
        for name in ("sources", "claims", "events", "issues", "actors", "objects", "facts")
    }
    records = {
        key: registers["claims"][each.record.id] if each.layer == "claim" else renewed(each.record)
        for key, each in corpus.passages.items()
    }
    passages = {key: replace(each, record=records[key]) for key, each in corpus.passages.items()}
    articles = {
        key: replace(
            each,
            file=f"seeds/{key}_{attack}.txt",
            text=attack + each.text[len(attack) :],
            record=renewed(each.record),
        )
        for key, each in corpus.articles.items()
    }
    return replace(corpus, articles=articles, passages=passages, **registers)


@pytest.fixture(scope="module", params=[*ATTACKS.values()], ids=[*ATTACKS])
def exported(request: pytest.FixtureRequest, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return an attack and the folder of the exports of a story with it everywhere."""
    out = tmp_path_factory.mktemp("exports") / "out"
    export(attacked_corpus(corpus, request.param), out)
    return request.param, out


FORMULA = re.compile(r"[=+@\t\r]|-(?! )")


def test_no_cell_is_a_formula(exported: tuple[str, Path]) -> None:
    attack, out = exported
    shown = 0
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []
        shown += sum(cell in (attack, f"'{attack}") for row in rows for cell in row)
    assert shown > 10


OURS = ("urn:x-retold:", "http://www.w3.org/", "https://schema.org/", "prov:", "xsd:", "retold:", "corpus:")
"""What the addresses in the exports begin with."""


def names(value: Any) -> Iterator[str]:
    """Yield what JSON-LD and PROV take for an address: values of ``id``, ``type`` and the like."""
    match value:
        case dict():
            for key, each in value.items():
                if key in ("id", "@id", "type", "@type", "@context", "@vocab", "url", "href") and each:
                    yield from each if isinstance(each, list) else [each]
                yield from names(each)
        case list():
            for each in value:
                yield from names(each)


@pytest.mark.parametrize("name", ["annotations.jsonld", "claims.jsonld", "prov.json", "datapackage.json"])
def test_no_address_in_json_is_an_attack(exported: tuple[str, Path], name: str) -> None:
    attack, out = exported
    text = (out / name).read_text(encoding="utf-8")
    assert "<" not in text
    found = [each for each in names(json.loads(text)) if isinstance(each, str)]
    strange = [each for each in found if SCHEME.match(each) and not each.startswith(OURS)]
    assert [*strange, *(each for each in found if attack in each)] == []
    shown = json.dumps(attack, ensure_ascii=False)[1:-1].replace("<", "\\u003c")
    assert (shown in text) is (name != "datapackage.json")


TEI = {
    *("TEI", "teiHeader", "fileDesc", "titleStmt", "title", "publicationStmt", "sourceDesc", "listWit"),
    *("witness", "idno", "encodingDesc", "variantEncoding", "text", "body", "div", "p", "head", "app"),
    *("rdg", "note"),
}


def test_the_apparatus_has_no_element_of_an_attacker(exported: tuple[str, Path]) -> None:
    attack, out = exported
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.parse(out / "collation.xml", parser)
    assert tree.docinfo.doctype == ""
    assert {etree.QName(each).localname for each in tree.iter(etree.Element)} == TEI
    assert [each for each in tree.iter() if not isinstance(each.tag, str)] == []
    heads = {squeezed("".join(each.itertext())) for each in tree.iter("{*}head")}
    assert {each.replace("\ufffd", "") for each in heads} == {squeezed(attack)}


# What check refuses


MARKED = [name for name in WORDED if re.search(r"(?i)<[a-z/]+[ >]|javascript:|<!--", WORDED[name])]


def test_markup_is_among_the_attacks() -> None:
    assert {"script", "picture", "frame", "drawing", "address", "link", "raw HTML"} <= set(MARKED)


@pytest.mark.parametrize("name", MARKED)
def test_an_article_with_markup_is_refused_at_its_line(story: Path, name: str) -> None:
    text = (story / SEED_103).read_text(encoding="utf-8")
    (story / SEED_103).write_text(text + WORDED[name] + "\n", encoding="utf-8")
    record_checksums(story)
    [found] = [each for each in find_problems(story) if "holds markup" in each.what]
    assert found.file == SEED_103
    assert found.line > text.count("\n")


@pytest.mark.parametrize(
    ("mark", "called"), [("\0", "a NUL"), ("\r", "a carriage return"), ("\ufeff", "a byte-order")]
)
def test_an_article_with_characters_nobody_types_is_refused(story: Path, mark: str, called: str) -> None:
    text = (story / SEED_103).read_text(encoding="utf-8")
    (story / SEED_103).write_bytes(f"{text}x{mark}y\n".encode())
    record_checksums(story)
    assert [(each.file, each.line) for each in find_problems(story) if called in each.what] == [
        (SEED_103, text.count("\n") + 1)
    ]


@pytest.mark.parametrize("file", TYPES)
@pytest.mark.parametrize("name", ["path", "script", "controls"])
def test_an_attack_in_an_id_a_date_or_a_closed_list_is_refused_at_its_line(
    tmp_path: Path, file: str, name: str
) -> None:
    root, kind = write_hostile(tmp_path / "story", lambda field: "x"), TYPES[file]
    record, _ = load_record(root / file, file, kind)
    seen: list[str] = []
    data = spoiled(record, lambda field: seen.append(field) or ATTACKS[name], which=is_closed)  # type: ignore[func-returns-value]
    (root / file).write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_record(root / file, file, kind)
    problems = caught.value.problems
    assert len({each.path for each in problems}) >= len(seen) > 0
    assert all(each.file == file and each.line > 1 for each in problems)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_where_an_event_names_its_source_is_refused(story: Path, attack: str) -> None:
    change(
        story,
        A101,
        "        source: text\n",
        f'        source: {json.dumps(attack)[:-1]}"\n'.replace("\x7f", "\\x7f"),
    )
    [found] = find_problems(story)
    assert (found.file, found.what) == (A101, f"{attack!r} is not registered")
    assert found.line > 1


@pytest.mark.parametrize(
    "place",
    [
        "      101: Brightwater Ferries will stop its night boats in winter\n",
        "          101: at least nine\n",
    ],
)
def test_an_attack_for_an_article_of_a_claim_is_refused(story: Path, place: str) -> None:
    indent = place[: len(place) - len(place.lstrip())]
    change(story, CLAIMS, place, f'{place}{indent}"<script>": x\n')
    found = find_problems(story)
    assert [each.file for each in found if "<script>" in each.what] == [CLAIMS]
    assert all(each.line > 1 for each in found)


class Noted(BaseModel):
    note: str


TAGGED = {
    "call": "note: !!python/object/apply:os.system ['touch attacked']",
    "object": "note: !!python/object:os.system {x: touch attacked}",
    "new": "note: !!python/object/new:os.system ['touch attacked']",
    "whole": "!!python/object/apply:os.system ['touch attacked']",
    "key": "? !!python/object/apply:os.system ['touch attacked']\n: x",
}


@pytest.mark.parametrize("text", TAGGED.values(), ids=TAGGED)
def test_a_tag_of_yaml_that_would_run_something_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_record(tmp_path / "a.yaml", "a.yaml", Noted)
    assert all((each.file, each.line) == ("a.yaml", 1) for each in caught.value.problems)
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!!python/module:os", "!!binary", "!run"])
def test_a_tag_on_a_word_leaves_the_word(tmp_path: Path, tag: str) -> None:
    (tmp_path / "a.yaml").write_text(f"note: {tag} x", encoding="utf-8")
    record, _ = load_record(tmp_path / "a.yaml", "a.yaml", Noted)
    assert record == Noted(note="x")


# The browser


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VISITED = [*(name.removesuffix(".md") for name in PAGES), "chapters/evidence", "chapters/tables", "genindex"]
OPEN_CARDS = """() => {
  let opened = 0;
  const links = [...document.querySelectorAll("[data-evidence]")];
  for (const each of new Map(links.map((link) => [link.dataset.evidence, link])).values()) {
    each.focus();
    opened += document.querySelectorAll(".evidence-panel:not([hidden]) .card-place").length > 0;
  }
  return opened;
}"""
TOUCH = """() => {
  for (const each of document.querySelectorAll("summary")) each.click();
  for (const each of document.querySelectorAll("[type=radio], [type=checkbox], .sort")) each.click();
  for (const each of document.querySelectorAll("select")) {
    for (const option of each.options) {
      each.value = option.value;
      each.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  for (const each of document.querySelectorAll("body *")) {
    for (const kind of ["mouseover", "focus", "load", "error"]) each.dispatchEvent(new Event(kind));
  }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: no browser is attacked")
    if CHROMIUM is None:
        pytest.skip("no Chromium: no browser is attacked")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: Any) -> None:
        return


@pytest.fixture(scope="module")
def host(root: Path) -> Iterator[str]:
    """Serve the book on this machine, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root / "_build/html")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[str], Any]]:
    """Return a function that opens a page and keeps what goes wrong on it."""
    context = browser.new_context()

    def open_page(address: str) -> Any:
        page = context.new_page()
        page.wrong = []
        page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda line: line.type == "error" and page.wrong.append(line.text))
        page.on("popup", lambda other: page.wrong.append(other.url))
        page.on("request", lambda request: OWN.match(request.url) or page.wrong.append(request.url))
        page.goto(address)
        return page

    yield open_page
    context.close()


OWN = re.compile(r"http://127\.0\.0\.1:\d+/(?!.*(?:attacker|passwd|secret))|data:image/svg")


def is_safe(page: Any) -> bool:
    page.wait_for_timeout(50)
    untouched = "window.attacked === undefined && frames.length === 0"
    return page.evaluate(untouched) is True and page.wrong == []


@pytest.mark.parametrize("name", VISITED)
def test_a_page_that_is_used_runs_nothing_of_an_attacker(host: str, visit: Any, name: str) -> None:
    page = visit(f"{host}/{name}.html")
    cards = page.evaluate(OPEN_CARDS)
    assert (cards > 0) is (page.locator("[data-card]").count() > 0)
    for box in page.locator("input[type=search]:visible").all():
        box.fill(ATTACKS["picture"])
    page.evaluate(TOUCH)
    assert page.wrong == []
    assert is_safe(page)


@pytest.mark.parametrize("words", ["attacked", "atSourceName", marker("Claim.statement"), ATTACKS["script"]])
def test_a_search_runs_nothing_of_an_attacker(host: str, visit: Any, words: str) -> None:
    page = visit(f"{host}/search.html?q={quote(words)}")
    page.locator("#search-results li").first.wait_for()
    assert page.wrong == []
    assert is_safe(page)


def test_a_title_that_is_found_is_shown_as_words(host: str, visit: Any) -> None:
    page = visit(f"{host}/search.html?q=attacked")
    page.locator("#search-results li").first.wait_for()
    found = "Object.keys(Search._index.alltitles).filter(each => each.includes('script'))"
    assert page.evaluate(f"{found}.length") > 1
    page.evaluate(f"for (const each of {found}) Search.query(each)")
    page.locator("#search-results li").first.wait_for()
    assert page.wrong == []
    assert is_safe(page)


@pytest.mark.parametrize(
    "body",
    [
        f"<script>{RUN}</script>",
        "<img src='http://127.0.0.2:9/x.png'>",
        "<script>alert(1)</script>",
        "<script>throw new Error('x')</script>",
        "<iframe srcdoc='x'></iframe>",
    ],
)
def test_an_unsafe_page_is_found(visit: Any, body: str) -> None:
    page = visit("about:blank")
    page.set_content(f"<!DOCTYPE html><title>x</title>{body}")
    assert not is_safe(page)
