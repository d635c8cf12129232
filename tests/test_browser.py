"""Read the built book in a real browser: cards, toggles, comparison, tables, search, access and weight."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "_build/html"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: the browser's tests are skipped")

pytestmark = [
    pytest.mark.built,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: the browser's tests are skipped"),
    pytest.mark.skipif(not (BUILT / "index.html").exists(), reason="no built book: run `make html`"),
]

PAGES = sorted(page for page in BUILT.rglob("*.html") if "_static" not in page.parts)
PAGES = [page for page in PAGES if page.parent != BUILT or page.name != "index.html"]  # which only leads on
OPENING, ARTICLE = BUILT / "chapters/index.html", BUILT / "chapters/articles/000.html"
LEDGER, COMPARE = BUILT / "chapters/ledger.html", BUILT / "chapters/compare.html"
PANEL = ".evidence-panel:not([hidden])"
OPENING_BYTES, CHAPTER_BYTES = 250_000, 500_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def view(browser: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page of the book, and keeps what it requests and complains of."""
    contexts = []

    def open_page(page: Path, *, width: int = 1280, fragment: str = "", **options: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        opened = contexts[-1].new_page()
        opened.requested, opened.complaints = [], []
        opened.on("request", lambda request: opened.requested.append(request.url))
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.on("console", lambda line: line.type == "error" and opened.complaints.append(line.text))
        opened.goto(page.as_uri() + fragment)
        return opened

    yield open_page
    for context in contexts:
        context.close()


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


@pytest.mark.parametrize(("words", "found"), [("refineries", "claim-"), ("Financial Times", "sources-")])
def test_the_search_finds_rows(view: Any, words: str, found: str) -> None:
    page = view(BUILT / "search.html", fragment=f"?q={words.replace(' ', '+')}")
    page.locator(f"#search-results a[href*='#{found}']").first.wait_for()


# Every page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(BUILT).as_posix())
def test_a_page_requests_nothing_elsewhere_complains_of_nothing_and_is_light(view: Any, page: Path) -> None:
    opened = view(page)
    opened.wait_for_load_state("networkidle")
    addresses = [each for each in dict.fromkeys(opened.requested) if not each.startswith("data:")]
    assert [each for each in addresses if not each.startswith(BUILT.as_uri())] == []
    assert opened.complaints == []
    weight = sum(len(gzip.compress(path_of(each).read_bytes())) for each in addresses)
    assert weight <= (OPENING_BYTES if page == OPENING else CHAPTER_BYTES)


def path_of(address: str) -> Path:
    return Path(unquote(urlsplit(address).path))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(BUILT).as_posix())
def test_a_page_never_scrolls_sideways(view: Any, page: Path) -> None:
    opened, widths = view(page), [320, 390, 1280, 2560]
    found = []
    for width in widths:
        opened.set_viewport_size({"width": width, "height": 900})
        found.append(opened.evaluate("document.documentElement.scrollWidth"))
    assert found == widths


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible(view: Any, width: int, theme: str) -> None:
    package = pytest.importorskip("axe_playwright_python", reason="no axe-core: access is not tested")
    script = next(Path(package.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    faults = {page.name: violations(view(page, width=width, color_scheme=theme), script) for page in PAGES}
    assert {name: found for name, found in faults.items() if found} == {}


def violations(page: Any, script: str) -> list[str]:
    page.evaluate(script)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html'][:100]}" for each in found["violations"] for node in each["nodes"]]


def test_a_page_that_is_not_accessible_is_found(view: Any, tmp_path: Path) -> None:
    package = pytest.importorskip("axe_playwright_python", reason="no axe-core: access is not tested")
    script = next(Path(package.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text("<html lang='en'><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert [each.partition(":")[0] for each in violations(view(bad), script)] == ["image-alt"]
