"""Read the built book in a real browser, from its folder: cards, switches, tables, search, access, weight."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "_build/html"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: the browser's tests are skipped")
axe = pytest.importorskip("axe_playwright_python", reason="no axe-core: the browser's tests are skipped")
if CHROMIUM is None:
    pytest.skip("no Chromium: the browser's tests are skipped", allow_module_level=True)
if not (BUILT / "index.html").exists():
    pytest.skip("no built book: run `make html`; the browser's tests are skipped", allow_module_level=True)

pytestmark = pytest.mark.built
PAGES = sorted(page for page in BUILT.rglob("*.html") if "_static" not in page.parts)
PAGES = [page for page in PAGES if page.parent != BUILT or page.name != "index.html"]  # which only leads on
CHAPTERS = BUILT / "chapters"
OPENING, ARTICLE = CHAPTERS / "index.html", CHAPTERS / "articles/000.html"
LEDGER, COMPARE = CHAPTERS / "ledger.html", CHAPTERS / "compare.html"
WANTS, UNKNOWN = CHAPTERS / "who_wants_what.html", CHAPTERS / "what_we_cannot_know.html"
PANEL = ".evidence-panel:not([hidden])"
OPENING_BYTES, CHAPTER_BYTES = 250_000, 500_000
AXE = next(Path(axe.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def contexts(browser: Any) -> dict[str, Any]:
    """Hold one context for each set of options."""
    return {}


@pytest.fixture
def view(browser: Any, contexts: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page of the book, and keeps what it requests and complains of."""
    pages = []

    def open_page(page: Path | str, *, width: int = 1280, fragment: str = "", **options: Any) -> Any:
        if repr(options) not in contexts:
            contexts[repr(options)] = browser.new_context(**options)
        opened = contexts[repr(options)].new_page()
        pages.append(opened)
        opened.requested, opened.complaints = [], []
        opened.on("request", lambda request: opened.requested.append(request.url))
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.on("console", lambda line: line.type == "error" and opened.complaints.append(line.text))
        opened.set_viewport_size({"width": width, "height": 900})
        opened.goto((page if isinstance(page, str) else page.as_uri()) + fragment)
        return opened

    yield open_page
    for page in pages:
        page.close()


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


@pytest.mark.parametrize(
    ("x", "y", "covers"),
    [(0, 0, True), (9, 9, True), (10, 0, False), (0, 10, False), (-9, 0, True), (-10, 0, False)],
)
def test_overlap(x: float, y: float, covers: bool) -> None:
    box = {"x": 0.0, "y": 0.0, "width": 10.0, "height": 10.0}
    assert overlap(box, {**box, "x": x, "y": y}) is covers


# Cards


def by_mouse(link: Any) -> None:
    link.hover()


def by_keyboard(link: Any) -> None:
    link.focus()


def by_touch(link: Any) -> None:
    link.tap()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("way", [by_mouse, by_keyboard, by_touch])
@pytest.mark.parametrize("at", [0, 7, -1])
def test_a_card_opens_beside_its_words_and_escape_dismisses_it(
    view: Any, way: Callable[[Any], None], width: int, at: int
) -> None:
    page = view(OPENING, width=width, has_touch=True)
    link = page.locator("a.evidence").nth(at)
    link.scroll_into_view_if_needed()
    way(link)
    panel = page.locator(PANEL)
    panel.wait_for()
    assert panel.locator(".card-place").count() >= 1
    assert not overlap(panel.bounding_box(), link.bounding_box())
    page.keyboard.press("Escape")
    assert page.locator(PANEL).count() == 0


def test_the_pointer_may_rest_on_a_card(view: Any) -> None:
    page = view(OPENING)
    page.locator("a.evidence").first.hover()
    page.locator(PANEL).hover()
    page.wait_for_timeout(500)
    assert page.locator(PANEL).is_visible()
    page.mouse.move(2, 2)
    page.locator(PANEL).wait_for(state="detached")


def test_the_keyboard_leads_into_a_card_and_back(view: Any) -> None:
    page = view(OPENING)
    page.locator("a.evidence").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.evidence-panel') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('evidence')")
    assert page.locator(PANEL).count() == 0


def test_a_card_leads_to_its_passage(view: Any) -> None:
    page = view(OPENING)
    page.locator("a.evidence[data-evidence^='0']").first.focus()
    page.locator(f"{PANEL} .card-place a").first.click()
    assert "/articles/" in page.url
    assert page.locator(":target").count() == 1


def test_a_reading_shows_the_other_articles(view: Any) -> None:
    page = view(ARTICLE)
    page.locator(".passage.layer-claim").first.focus()
    others = page.locator(f"{PANEL} details").first
    others.locator("summary").click()
    assert others.locator("li").count() == 4


def test_without_a_script_evidence_leads_to_its_passage(view: Any) -> None:
    page = view(OPENING, java_script_enabled=False)
    page.locator("a.evidence[data-evidence^='0']").first.click()
    assert "/articles/" in page.url
    assert "#p-" in page.url


# Contested readings


@pytest.mark.parametrize("at", [1, 3, -1])
def test_a_contested_reading_is_shown_beside_what_is_told(view: Any, at: int) -> None:
    page = view(WANTS)
    panel, marks = page.locator(".contest"), page.locator(".supposed:visible")
    panel.locator("summary").press("Enter")
    choices = panel.get_by_role("radio")
    assert marks.count() == 0
    choices.nth(at).check()
    reading = choices.nth(at).get_attribute("value")
    assert {mark.get_attribute("data-reading") for mark in marks.all()} == {reading}
    assert all(mark.inner_text().strip().startswith("→ ") for mark in marks.all())
    [listed] = panel.locator("[aria-live] ul:visible").all()
    assert listed.get_attribute("data-reading") == reading
    assert listed.locator("li", has_text="→").count() >= listed.locator("a").count() >= 1
    choices.first.check()
    assert page.locator("[data-reading]:visible").count() == 0


def test_the_arrows_lead_from_reading_to_reading(view: Any) -> None:
    page = view(WANTS)
    page.locator(".contest summary").press("Enter")
    page.get_by_role("radio").first.press("ArrowDown")
    first = page.locator("[aria-live] ul:visible").get_attribute("data-reading")
    page.keyboard.press("ArrowDown")
    second = page.locator("[aria-live] ul:visible").get_attribute("data-reading")
    assert first != second
    assert page.locator(f".supposed[data-reading='{first}']:visible").count() == 0


def test_what_changes_is_what_the_tables_say(view: Any) -> None:
    page = view(UNKNOWN)
    panel = page.locator(".contest")
    panel.locator("summary").click()
    words = panel.locator("label").all_inner_texts()
    rows = page.locator("#tab-supposed tbody tr td:first-child .evidence").all_inner_texts()
    assert len(rows) > 10
    assert set(rows) <= {each.strip() for each in words}
    panel.get_by_role("radio").last.check()
    then = page.locator("#tab-together tbody tr, #tab-effects tbody tr")
    assert panel.locator("[aria-live] ul:visible li").count() == then.count() > 20


def test_without_a_script_the_tables_of_readings_are_complete(view: Any) -> None:
    page = view(UNKNOWN, java_script_enabled=False)
    assert page.locator(".contest").is_hidden()
    rows = page.locator("#tab-supposed tbody tr")
    assert page.locator("#tab-supposed tbody tr:visible").count() == rows.count() > 10
    assert view(WANTS, java_script_enabled=False).locator(".supposed:visible").count() == 0


# Articles, comparison, tables, search


def test_layers_are_switched_off_and_on_by_the_keyboard(view: Any) -> None:
    page = view(ARTICLE)
    buttons = page.locator(".layer-key button")
    assert buttons.count() >= 5
    for at in range(buttons.count()):
        buttons.nth(at).press("Enter")
    assert page.locator(".passage[tabindex='0']").count() == 0
    assert {buttons.nth(at).get_attribute("aria-pressed") for at in range(buttons.count())} == {"false"}
    buttons.first.press("Space")
    assert page.locator(".passage[tabindex='0']").count() > 0


def test_the_strip_says_who_speaks(view: Any) -> None:
    strip = view(ARTICLE).get_by_role("img", name="Who speaks")
    assert strip.locator("span").count() > 5


def test_articles_are_compared_in_pairs(view: Any) -> None:
    page = view(COMPARE)
    everything = page.locator(".comparison:visible").count()
    for article in ("002", "003", "004"):
        page.get_by_role("checkbox", name=article).uncheck()
    assert 0 < page.locator(".comparison:visible").count() < everything
    assert page.locator(".article-002:visible").count() == 0
    marks = ".reading:visible .differs:not(.is-shared)"
    assert page.locator(marks).count() > 0
    assert page.locator(f"{marks}:not(.not-in-000):not(.not-in-001)").count() == 0
    assert page.locator(".reading:visible .differs.is-shared").count() > 0


@pytest.mark.parametrize(
    ("name", "chosen", "kept"),
    [("Severity", "3", ".severity-3"), ("Kind of difference", "unit", ".kind-unit")],
)
def test_claims_are_filtered_by_their_differences(view: Any, name: str, chosen: str, kept: str) -> None:
    page = view(COMPARE)
    page.get_by_label(name).select_option(chosen)
    shown = page.locator(".comparison:visible")
    assert 0 < shown.count() < page.locator(".comparison").count()
    assert shown.count() == page.locator(f".comparison:visible:has({kept}:visible)").count()
    assert f"{shown.count()} of " in page.locator(".compare-controls output").inner_text()


def test_claims_are_filtered_by_words(view: Any) -> None:
    page = view(COMPARE)
    page.get_by_label("Words").fill("refiner")
    shown = page.locator(".comparison:visible")
    assert 0 < shown.count() < page.locator(".comparison").count()


def test_without_a_script_the_comparison_is_complete(view: Any) -> None:
    page = view(COMPARE, java_script_enabled=False)
    assert page.locator(".comparison:visible").count() == page.locator(".comparison").count() > 30
    assert page.locator(".reading .differs").count() > 100


def test_a_table_is_sorted_filtered_and_put_back(view: Any) -> None:
    page = view(LEDGER)
    table = page.locator("table.evidence-table").first
    cells = table.locator("tbody tr td:first-child")
    given = cells.all_inner_texts()
    head = table.get_by_role("columnheader").first
    orders = []
    for _ in range(3):
        head.get_by_role("button").press("Enter")
        orders.append((head.get_attribute("aria-sort"), cells.all_inner_texts()))
    assert [order for order, _ in orders] == ["ascending", "descending", None]
    assert orders[0][1] == orders[1][1][::-1] != given
    assert orders[2][1] == given
    page.get_by_label("Filter rows").first.fill("qatar")
    left = table.locator("tbody tr:visible")
    assert 0 < left.count() < len(given)
    assert all("qatar" in words.lower() for words in left.all_inner_texts())


def test_a_claim_has_an_address(view: Any) -> None:
    page = view(LEDGER)
    row = page.locator("tr[id^='claim-']").nth(20)
    address = row.locator(".row-link").get_attribute("href")
    opened = view(LEDGER, fragment=address)
    assert opened.locator("tr:target").evaluate("row => row.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("refineries", "ledger.html#claim-"),
        ("Financial Times", "#sources-"),
        ("negotiate halt", "articles/000"),
    ],
)
def test_the_search_finds_claims_sources_and_articles(view: Any, words: str, found: str) -> None:
    page = view(BUILT / "search.html", fragment=f"?q={words.replace(' ', '+')}")
    page.locator(f"#search-results a[href*='{found}']").first.wait_for()


# Downloads, from a server


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: Any) -> None:
        return


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Serve the built book on this machine, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(BUILT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def parse(name: str, content: bytes) -> int:
    """Return how much a download holds: rows, entries, elements or bytes; raise if it cannot be read."""
    match Path(name).suffix:
        case ".csv":
            rows = list(csv.reader(io.StringIO(content.decode()), strict=True))
            return len(rows) if len({len(row) for row in rows}) == 1 else 0
        case ".json" | ".jsonld" | ".ipynb":
            return len(json.loads(content))
        case ".xml":
            return len(etree.fromstring(content))
        case ".pdf":
            return len(content) if content.startswith(b"%PDF-") else 0
        case suffix:
            raise ValueError(f"nothing is known of {suffix!r}")


@pytest.mark.parametrize(
    ("name", "content", "held"),
    [
        ("a.csv", b"a,b\n1,2\n", 2),
        ("a.csv", b"a,b\n1\n", 0),
        ("a.json", b'{"a": 1}', 1),
        ("a.xml", b"<a><b/></a>", 1),
        ("a.pdf", b"%PDF-1.7", 8),
        ("a.pdf", b"<html>", 0),
    ],
)
def test_a_download_is_parsed(name: str, content: bytes, held: int) -> None:
    assert parse(name, content) == held


@pytest.mark.parametrize(("page", "least"), [("data", 9), ("who_says_so", 1)])
def test_downloads_arrive_and_parse(view: Any, host: str, page: str, least: int) -> None:
    opened = view(f"{host}/chapters/{page}.html")
    links = opened.locator(
        "a[href*='exports/'], .page-offers a[href$='.ipynb'], .page-offers a[href$='.pdf']"
    )
    assert links.count() >= least
    for link in links.all():
        link.evaluate("link => link.download = ''")  # or the browser would show what it can
        with opened.expect_download() as download:
            link.click()
        content = Path(download.value.path()).read_bytes()
        assert parse(download.value.suggested_filename, content) > 0, link.get_attribute("href")


# Every page, in every mode


def foreign_requests(opened: Any, page: Path) -> Iterator[str]:
    home = BUILT if BUILT in page.parents else page.parent
    for address in opened.requested:
        if not address.startswith(("data:", home.as_uri())):
            yield f"requests {address}"


def complaints(opened: Any, page: Path) -> Iterator[str]:
    yield from opened.complaints


def weight(opened: Any, page: Path) -> Iterator[str]:
    paths = {Path(unquote(urlsplit(each).path)) for each in opened.requested if each.startswith("file:")}
    total = sum(len(gzip.compress(path.read_bytes())) for path in paths)
    if total > (OPENING_BYTES if page == OPENING else CHAPTER_BYTES):
        yield f"weighs {total} bytes"


def sideways(opened: Any, page: Path) -> Iterator[str]:
    given = opened.viewport_size
    for width in (320, 2560, given["width"]):
        opened.set_viewport_size({**given, "width": width})
        if (found := opened.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"is {found} wide at {width}"


def lost_fragments(opened: Any, page: Path) -> Iterator[str]:
    """Yield the links, those of scripts included, to places that the page does not have."""
    fragments = (
        "[...document.links].filter(link => link.getAttribute('href').startsWith('#')).map(l => l.hash)"
    )
    for fragment in dict.fromkeys(opened.evaluate(fragments)):
        anchor = unquote(fragment[1:])
        if anchor and not opened.evaluate("id => Boolean(document.getElementById(id))", anchor):
            yield f"link {fragment!r} leads nowhere"


def violations(opened: Any, page: Path) -> Iterator[str]:
    opened.evaluate(AXE)
    found = opened.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
    for each in found:
        yield from (f"{each['id']}: {node['html'][:100]}" for node in each["nodes"])


FINDERS = (foreign_requests, complaints, weight, sideways, lost_fragments, violations)
SHORTEN = """() => {
  const alike = "tbody tr:nth-child(n+16), .comparison:nth-of-type(n+16)";
  for (const each of document.querySelectorAll(alike)) each.remove();
}"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(BUILT).as_posix())
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_is_sound(view: Any, page: Path, width: int, theme: str) -> None:
    opened = view(page, width=width, color_scheme=theme)
    *quick, last = FINDERS
    faults = [fault for find in quick for fault in find(opened, page)]
    if (width, theme) != (1280, "light"):
        opened.evaluate(SHORTEN)  # the rows of a long table are alike: one mode looks at them all
    assert [*faults, *last(opened, page)] == []


@pytest.mark.parametrize(
    ("find", "body", "fault"),
    [
        (
            foreign_requests,
            "<img src='http://127.0.0.1:9/x.png' alt='x'>",
            "requests http://127.0.0.1:9/x.png",
        ),
        (complaints, "<script>console.error('broken')</script>", "broken"),
        (complaints, "<script>throw new Error('thrown')</script>", "thrown"),
        (weight, f"<!--{random.Random(1).randbytes(600_000).hex()}-->", "weighs "),
        (sideways, "<p style='width: 400px'>x</p>", "is 4"),
        (lost_fragments, "<a href='#none'>x</a>", "link '#none' leads nowhere"),
        (violations, "<img src='data:,'>", "image-alt: "),
    ],
)
def test_a_fault_is_found(
    view: Any, tmp_path: Path, find: Callable[[Any, Path], Iterator[str]], body: str, fault: str
) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(f"<!DOCTYPE html><html lang='en'><title>x</title><main><h1>x</h1>{body}</main></html>")
    opened = view(bad)
    [found] = find(opened, bad)
    assert found.startswith(fault)
    assert [each for other in FINDERS if other not in (find, complaints) for each in other(opened, bad)] == []


WORDS = {
    "Cyrillic": "Електроенергетична інфраструктура Запоріжжя, Нефтеперерабатывающий завод",
    "right to left": "תחנת הכוח של העיר הגדולה, محطة الطاقة الكهربائية في المدينة",
}
OVERFLOWING = """words => {
  const homes = document.querySelectorAll(".bd-article :is(h1, p, td, dd), .contest label");
  const made = [...homes].filter((home) => home.getBoundingClientRect().width).map((home) => {
    const line = document.createElement("bdi");
    line.textContent = words;
    home.append(" ", line);
    return line;
  });
  const sticksOut = (line) => {
    const box = line.getBoundingClientRect(), home = line.parentElement.getBoundingClientRect();
    return !box.width || box.left < home.left - 1 || box.right > home.right + 1;
  };
  return [made.length, made.filter(sticksOut).length];
}"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("page", [OPENING, LEDGER, WANTS], ids=lambda page: page.stem)
def test_words_of_other_scripts_fit(view: Any, page: Path, words: str, width: int) -> None:
    opened = view(page, width=width)
    made, sticking_out = opened.evaluate(OVERFLOWING, words)
    assert made > 10
    assert sticking_out == 0
    assert list(sideways(opened, page)) == []


def test_words_that_do_not_fit_are_found(view: Any) -> None:
    opened = view(OPENING, width=320)
    opened.add_style_tag(content="* { white-space: nowrap }")
    made, sticking_out = opened.evaluate(OVERFLOWING, "слово " * 40)
    assert sticking_out > made / 2
