"""Read the built book in a real browser, from its folder: cards, switches, tables, search, access, weight."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
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


WITHOUT = """(cell, left_out) => {
  const copy = cell.cloneNode(true);
  for (const each of copy.querySelectorAll(left_out)) each.remove();
  return copy.textContent;
}"""


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


INSIDE = "document.activeElement.closest('.evidence-panel') !== null"


def test_evidence_is_heard_and_enter_moves_into_its_card(view: Any) -> None:
    page = view(OPENING)
    link = page.locator("a.evidence[data-evidence^='0']:not([data-evidence*=' '])").first
    link.focus()
    heard = page.locator(f"#{link.get_attribute('aria-describedby')}").text_content()
    panel = page.locator(PANEL)
    place = panel.locator(".card-place").first.inner_text().replace("¶", "paragraph ")
    assert place in heard
    assert panel.locator("mark").first.inner_text() in heard
    assert link.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "evidence-panel"
    assert link.get_attribute("aria-expanded") == "true"
    assert panel.get_attribute("aria-label") == place
    page.keyboard.press("Escape")
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-expanded") == "false"
    assert page.locator(PANEL).count() == 0


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_past_the_ends_of_a_card_its_words_are_next(view: Any, key: str) -> None:
    page = view(OPENING)
    link = page.locator("a.evidence").first
    link.press("Enter")
    for _ in range(20):
        page.keyboard.press(key)
        if not page.evaluate(INSIDE):
            break
    assert link.evaluate("link => link === document.activeElement")
    assert page.locator(PANEL).count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#page-text') !== null")


def test_a_card_of_many_passages_lists_their_words(view: Any) -> None:
    page = view(CHAPTERS / "how_they_differ.html")
    links = page.locator("a.evidence")
    counts = links.evaluate_all("links => links.map(link => link.dataset.evidence.split(' ').length)")
    at, count = next((at, count) for at, count in enumerate(counts) if count > 20)
    links.nth(at).press("Enter")
    rows = page.locator(f"{PANEL} .card-rows li")
    assert (rows.count(), page.locator(f"{PANEL} .card-rows li:visible").count()) == (count, 8)
    assert "passages" in page.locator(f"{PANEL} .card-note").first.inner_text()
    named = f"{count} passages for “{links.nth(at).inner_text()}”"
    assert page.locator(PANEL).get_attribute("aria-label") == named


def test_a_card_s_link_to_its_own_page_closes_it_there(view: Any) -> None:
    page = view(ARTICLE)
    page.locator(".passage[role='button']").nth(5).press("Enter")
    page.locator(f"{PANEL} .card-place a").first.press("Enter")
    page.wait_for_function("document.activeElement.closest('.article-line') !== null")
    assert page.locator(PANEL).count() == 0


def test_a_term_s_card_leads_to_the_glossary(view: Any) -> None:
    page = view(CHAPTERS / "who_says_so.html")
    page.locator("a:has(> .std-term)").first.press("Enter")
    page.locator(f"{PANEL} a", has_text="Glossary: ").click()
    page.wait_for_url("**/glossary.html#term-*")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["Chapters and appendices", "On this page", "Search"])
def test_escape_returns_to_what_opened_a_part_of_the_frame(view: Any, name: str, width: int) -> None:
    page = view(WANTS, width=width)
    button = page.locator(f"button[aria-label='{name}']:visible")
    if width > 1000 and name != "Search":
        assert button.count() == 0 or button.get_attribute("aria-expanded") == "true"
        return
    button.first.press("Enter")
    page.get_by_role("dialog", name=name).wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("name => document.activeElement.ariaLabel === name", arg=name)
    assert page.get_by_role("dialog", name=name).count() == 0


@pytest.mark.parametrize("selector", [".theme-switch-button", ".primary-toggle"])
def test_what_is_pressed_keeps_the_focus(view: Any, selector: str) -> None:
    page = view(WANTS)
    for _ in range(2):
        page.locator(selector).press("Enter")
        page.wait_for_timeout(400)  # until a sidebar has moved
        assert page.evaluate("selector => document.activeElement.matches(selector)", selector)


def test_the_sidebar_s_button_says_whether_it_is_shown(view: Any) -> None:
    page = view(WANTS)
    button = page.locator(".primary-toggle")
    for expanded, visibility in [("false", "hidden"), ("true", "visible")]:
        button.press("Enter")
        page.locator(f".primary-toggle[aria-expanded='{expanded}']").wait_for()
        seen = page.locator("#pst-primary-sidebar").evaluate("bar => getComputedStyle(bar).visibility")
        assert seen == visibility


@pytest.mark.parametrize("page", [OPENING, WANTS, ARTICLE], ids=lambda page: page.stem)
def test_the_lists_of_the_contents_are_named(view: Any, page: Path) -> None:
    contents = view(page).get_by_role("navigation", name="Main")
    captions = contents.locator(".caption").all_inner_texts()
    assert len(captions) == 3
    for caption in captions:
        assert contents.get_by_role("list", name=caption, exact=True).get_by_role("link").count() > 4


def test_a_window_s_title_says_the_book_s_once(view: Any) -> None:
    book = view(OPENING).title()
    assert book == view(OPENING).locator(".logo__title").inner_text().replace("\n", " ")
    assert view(WANTS).title() == f"3. Who wants what? — {book}"


def test_folds_of_code_say_of_what_they_are(view: Any) -> None:
    page = view(WANTS)
    folds = page.locator("div.cell details.hide > summary .visually-hidden").all_text_contents()
    titles = page.locator(".bd-article :is(h1, h2)").evaluate_all(
        "heads => heads.map(head => [...head.childNodes].filter(part => part.localName !== 'a'"
        " && part.localName !== 'ins').map(part => part.textContent).join(''))"
    )
    bare = [words.removeprefix("\u00a0behind section ") for words in folds if "section" in words]
    assert len(bare) > 1
    assert set(bare) <= set(titles)
    assert all(
        re.fullmatch(r"\u00a0of (Table|Fig\.) [\d.]+ ", words) for words in folds if "section" not in words
    )


def test_a_link_in_a_list_of_links_says_where_it_leads(view: Any) -> None:
    links = view(OPENING).locator(".judgements a.evidence")
    told = links.evaluate_all("links => links.map(link => [link.textContent, link.ariaDescription])")
    places = [place for words, place in told if words == "four"]
    assert places
    assert all(re.fullmatch(r"\d{3}\xa0paragraph \d+ · .+ and \d+ more", place) for place in places)
    assert [words for words, place in told if place and place.startswith(words)] == []


def test_the_skip_link_leads_past_the_frame(view: Any) -> None:
    page = view(WANTS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#page-text') !== null")


def test_the_colour_mode_says_what_it_is(view: Any) -> None:
    page = view(WANTS)
    button = page.get_by_role("button", name="Colour mode")
    names = []
    for _ in range(3):
        button.press("Enter")
        names.append(button.get_attribute("aria-label"))
    assert len(set(names)) == 3


def test_a_card_leads_to_its_passage(view: Any) -> None:
    page = view(OPENING)
    page.locator("a.evidence[data-evidence^='0']").first.focus()
    page.locator(f"{PANEL} .card-place a").first.click()
    page.locator(":target").wait_for(state="attached")
    assert "/articles/" in page.url


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

LISTED = ".contest-changes > div:visible"


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
    [listed] = panel.locator(LISTED).all()
    assert listed.get_attribute("data-reading") == reading
    assert listed.locator("li").count() == listed.locator("li a").count() >= 1
    assert listed.bounding_box()["y"] < choices.first.bounding_box()["y"]
    assert panel.get_by_role("status").inner_text() == listed.get_attribute("data-count")
    choices.first.check()
    assert page.locator("[data-reading]:visible").count() == 0
    assert panel.get_by_role("status").inner_text() == ""


def test_the_arrows_lead_from_reading_to_reading(view: Any) -> None:
    page = view(WANTS)
    page.locator(".contest summary").press("Enter")
    page.get_by_role("radio").first.press("ArrowDown")
    first = page.locator(LISTED).get_attribute("data-reading")
    page.keyboard.press("ArrowDown")
    second = page.locator(LISTED).get_attribute("data-reading")
    assert first != second
    assert page.locator(f".supposed[data-reading='{first}']:visible").count() == 0


def test_what_changes_is_what_the_tables_say(view: Any) -> None:
    page = view(UNKNOWN)
    panel = page.locator(".contest")
    panel.locator("summary").click()
    words = panel.locator("label").all_inner_texts()
    links = page.locator("#tab-supposed tbody .evidence").all()
    readings = [link.evaluate(WITHOUT, ".visually-hidden") for link in links]
    assert len(readings) > 20
    assert set(readings) <= {each.strip() for each in words}
    panel.get_by_label("all of them together").check()
    last = page.locator("#tab-supposed tbody td:last-child").all_inner_texts()
    then = len(last) - last.count("as now") + page.locator("#tab-effects tbody tr").count()
    assert panel.locator(f"{LISTED} li").count() == then > 15


def test_what_would_change_is_in_sight_beside_every_reading(view: Any) -> None:
    page = view(CHAPTERS / "who_says_so.html")
    panel = page.locator(".contest")
    assert panel.evaluate("panel => panel.closest('section').lastElementChild === panel")
    panel.locator("summary").press("Enter")
    choices = panel.get_by_role("radio")
    choices.nth(2).check()
    for _ in range(3, choices.count()):
        page.keyboard.press("ArrowDown")
        seen = panel.locator(LISTED).bounding_box()
        chosen = panel.locator("input:checked").bounding_box()
        assert seen["y"] >= 0
        assert seen["y"] + seen["height"] <= chosen["y"]


def test_changes_are_told_without_keys(view: Any) -> None:
    page = view(UNKNOWN)
    page.locator(".contest summary").click()
    page.get_by_label("all of them together").check()
    told = page.locator(f"{LISTED} li, #tab-supposed :is(td, th)").all_inner_texts()
    assert len(told) > 30
    assert [words for words in told if re.search(r"\w_\w|\w-\w+-\w+: ", words)] == []


def test_without_a_script_the_tables_of_readings_are_complete(view: Any) -> None:
    page = view(UNKNOWN, java_script_enabled=False)
    assert page.locator(".contest").is_hidden()
    rows = page.locator("#tab-supposed tbody tr")
    assert page.locator("#tab-supposed tbody tr:visible").count() == rows.count() > 10
    assert view(WANTS, java_script_enabled=False).locator(".supposed:visible").count() == 0


# Articles, comparison, tables, search


def test_marked_passages_are_buttons_that_say_their_layers(view: Any) -> None:
    page = view(ARTICLE)
    buttons = page.locator(".passage[role='button']")
    told = buttons.evaluate_all("all => all.map(each => [each.ariaDescription, each.textContent])")
    known = {
        words.get_attribute("class").removeprefix("layer-")
        for words in page.locator(".layer-key button span").all()
    }
    assert {layer for layers, _ in told for layer in layers.split(", ")} == known
    assert all(re.search(r"\w", words) for _, words in told)
    assert buttons.locator("xpath=self::*[@aria-label]").count() == 0
    passages = {
        each for ids in page.locator(".passage").all() for each in ids.get_attribute("data-evidence").split()
    }
    assert len(passages) >= buttons.count()
    reached = {each for ids in buttons.all() for each in ids.get_attribute("data-evidence").split()}
    assert reached == passages


@pytest.mark.parametrize("key", ["Enter", " "], ids=["Enter", "space"])
def test_a_passage_opens_at_a_key(view: Any, key: str) -> None:
    page = view(ARTICLE)
    button = page.locator(".passage[role='button']").nth(3)
    button.press(key)
    assert page.evaluate(INSIDE)
    assert button.get_attribute("aria-expanded") == "true"


def test_a_layer_that_is_off_is_on_no_card_and_not_heard(view: Any) -> None:
    page = view(ARTICLE)
    both = page.locator(".passage[aria-description='attribution, claim']").first.element_handle()
    both.focus()
    assert page.locator("#evidence-gist").text_content().startswith("attribution, claim. 000")
    page.locator(".layer-key button", has_text="attributions").press("Enter")
    assert both.get_attribute("aria-description") == "claim"
    both.focus()
    assert page.locator("#evidence-gist").text_content().startswith("claim. 000")
    shown = page.locator(f"{PANEL} .evidence-card")
    assert {card.get_attribute("data-layer") for card in shown.all()} == {"claim"}
    words = page.get_by_role("status").first.inner_text()
    assert re.fullmatch(r"attributions hidden; \d+ of \d+ annotations still marked", words)


def test_an_article_s_own_headings_are_headings(view: Any) -> None:
    page = view(CHAPTERS / "articles/002.html")
    text = page.get_by_role("region", name="Text of article 002")
    assert text.get_by_role("heading", level=2).count() == 1
    headings = text.get_by_role("heading", level=3)
    assert headings.count() == 4
    assert [each.get_attribute("aria-label") for each in headings.all()] == headings.all_text_contents()


def test_the_number_of_a_paragraph_is_heard_in_words(view: Any) -> None:
    numbers = view(ARTICLE).locator(".line-number")
    assert numbers.count() > 10
    for at, number in enumerate(numbers.all(), start=1):
        assert number.locator("[aria-hidden='true']").text_content() == f"¶{at}"
        assert number.locator(".visually-hidden").text_content() == f"paragraph {at}"


def test_a_link_leads_past_the_marked_text(view: Any) -> None:
    page = view(ARTICLE)
    link = page.get_by_role("link", name="Skip the marked text")
    assert link.bounding_box()["width"] <= 1
    link.focus()
    assert link.bounding_box()["width"] > 100
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'after-text'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.page-offers, .prev-next-footer') !== null")


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
    strip = view(ARTICLE).get_by_role("img", name="Shares of the text outside headings, by speaker")
    assert strip.locator("span").count() > 5


def test_articles_are_compared_in_pairs(view: Any) -> None:
    page = view(COMPARE)
    everything = page.locator(".comparison:visible").count()
    assert page.locator(".variants li:visible").count() == page.locator(".variants li").count() > 100
    for article in ("002", "003", "004"):
        page.get_by_role("checkbox", name=article).uncheck()
    assert 0 < page.locator(".comparison:visible").count() < everything
    assert page.locator(".article-002:visible").count() == 0
    marks = ".reading:visible mark.own"
    assert page.locator(marks).count() > 0
    assert page.locator(f"{marks}:not(.not-in-000):not(.not-in-001)").count() == 0
    assert page.locator(".reading:visible .differs:not(mark)").count() > 0


@pytest.mark.parametrize("kept", [["002", "003"], ["000", "004"], ["001", "002", "004"]], ids="-".join)
def test_differences_follow_the_choice_of_articles(view: Any, kept: list[str]) -> None:
    page = view(COMPARE)
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in kept)
    shown = page.locator(".variants li:visible")
    has = "[...item.querySelectorAll('[class^=has-]')]"
    told = shown.evaluate_all(
        f"items => items.map(item => {has}.filter(each => !each.hidden)"
        ".map(each => each.querySelector('.which').textContent + each.lastChild.data))"
    )
    inside = shown.evaluate_all(f"items => items.map(item => {has}.length === 1)")
    assert f"{len(told)} notes on differences" in page.locator(".compare-controls output").inner_text()
    assert {words.partition(": ")[0] for all_words in told for words in all_words} == set(kept)
    assert [
        words
        for words, is_inside in zip(told, inside, strict=True)
        if len({each.partition(": ")[2] for each in words}) < 2 - is_inside
    ] == []


@pytest.mark.parametrize("kept", [[], ["000"]], ids=["none", "one"])
def test_there_is_nothing_to_compare_in_fewer_than_two_articles(view: Any, kept: list[str]) -> None:
    page = view(COMPARE)
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in kept)
    assert page.locator(".comparison:visible").count() == 0
    assert "at least two articles" in page.locator(".compare-controls output").inner_text()


def test_what_an_article_has_stands_under_its_reading(view: Any) -> None:
    page = view(COMPARE)
    page.get_by_role("checkbox", name="001").uncheck()
    block = page.locator(".comparison:visible").first
    lefts = """parts => parts.map((part) =>
        [part.className.match(/00\\d/)[0], Math.round(part.getBoundingClientRect().left)])"""
    columns = dict(block.locator(".reading:visible").evaluate_all(lefts))
    has = block.locator("[class^=has-]:visible").evaluate_all(lefts)
    assert len(columns) == 4
    assert len(has) > 4
    assert [each for each in has if columns[each[0]] != each[1]] == []


def test_marks_are_said_in_words(view: Any) -> None:
    page = view(COMPARE)
    said = [
        (
            reading.locator("p > .visually-hidden").text_content(),
            [words.strip(" …\n\xa0") for words in reading.locator("mark.own").all_text_contents()],
        )
        for reading in page.locator(".reading:has([data-evidence])").all()
    ]
    assert any("…" in words for words in page.locator("mark.own").all_text_contents())
    for words, own in said:
        listed = re.sub(r"(?<=\d)–(?=\d)", " to ", ", ".join(filter(None, own)))
        assert words == (f"\xa0(only here: {listed})" if listed else "")


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
    page.get_by_label("Claims with the words").fill("refiner")
    shown = page.locator(".comparison:visible")
    assert 0 < shown.count() < page.locator(".comparison").count()
    curly = page.locator(".comparison:has-text('other’s')").count()
    page.get_by_label("Claims with the words").fill("other's")
    assert shown.count() >= curly > 0


def test_without_a_script_the_comparison_is_complete(view: Any) -> None:
    page = view(COMPARE, java_script_enabled=False)
    assert page.locator(".comparison:visible").count() == page.locator(".comparison").count() > 30
    assert page.locator(".reading .differs").count() > 100


def test_a_table_is_sorted_filtered_and_put_back(view: Any) -> None:
    page = view(LEDGER)
    table = page.locator("table.evidence-table").first
    cells = table.locator("tbody th")
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


def test_cells_are_heard_with_what_they_are_of(view: Any) -> None:
    table = view(LEDGER).locator("#tab-all-claims")
    assert table.get_by_role("rowheader").count() == table.locator("tbody tr").count()
    assert table.get_by_role("columnheader", name="Claim", exact=True).count() == 1
    names = table.locator("td a.evidence").evaluate_all(
        "links => links.map(link => link.ariaLabel || link.textContent)"
    )
    assert not [name for name in names if re.fullmatch(r"[\d\W]+", name)]


@pytest.mark.parametrize("page", [LEDGER, CHAPTERS / "behind.html", UNKNOWN, CHAPTERS / "who_says_so.html"])
def test_places_in_tables_are_named_shortly_by_their_rows(view: Any, page: Path) -> None:
    links = view(page).locator("table.evidence-table a.evidence[aria-label]")
    named = links.evaluate_all("links => links.map(link => [link.textContent, link.ariaLabel])")
    assert len(named) > 40
    for shown, name in named:
        words, _, key = name.partition(": ")
        assert words == shown
        assert re.search(r"[^\W\d_]", key)
        if "¶" in shown:
            assert len(key) <= 60
            assert not key.startswith("Where,")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (["Ark", "x"], "1\xa0¶2: Ark"),
        (["–", "The boat sails"], "1\xa0¶2: The boat sails"),
        (["time", "Boats sail in winter."], "1\xa0¶2: Boats sail in winter"),
        (["time", "eel " * 20], "1\xa0¶2: " + "eel " * 13 + "eel…"),
        (["001", "7"], "1\xa0¶2: Boat 001"),
        (["time", "place > time"], "1\xa0¶2: time"),
        (["–", "place > time"], "1\xa0¶2: place, citing time"),
        (["1–2", "7"], "1\xa0¶2: Boat 1 to 2"),
    ],
    ids=["name", "dash", "kind", "long", "number", "chain", "chain alone", "range"],
)
def test_a_row_is_named_by_what_it_says(view: Any, tmp_path: Path, row: list[str], name: str) -> None:
    rows = [[*row, "<a class='evidence'>1&nbsp;¶2</a>"], ["time", "x", ""], ["time", "x", ""]]
    page = view(table_page(tmp_path, ["Boat", "What", "Where"], rows))
    assert page.locator("a.evidence").get_attribute("aria-label") == name


def table_page(folder: Path, heads: list[str], rows: list[list[str]]) -> Path:
    """Return a page with a table and its scripts."""
    body = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in rows)
    head = f"<thead><tr>{''.join(f'<th>{each}</th>' for each in heads)}</tr></thead>"
    table = f"<table class='evidence-table'><caption>T</caption>{head}<tbody>{body}</tbody></table>"
    scripts = [(BUILT / f"_static/{name}.js").read_text(encoding="utf-8") for name in ("aloud", "tables")]
    made = folder / "table.html"
    made.write_text(
        f"<!DOCTYPE html><meta charset='utf-8'>{table}<script>{''.join(scripts)}</script>", encoding="utf-8"
    )
    return made


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("outlet > Gazette > pilots", "outlet, citing Gazette, citing pilots"),
        ("1–2", "1 to 2"),
        ("1–2–3", "1 to 2 to 3"),
        ("1.5–2.25, in 2022–23: so", "1.5 to 2.25, in 2022 to 23: so"),
        ("1 ¶2, ¶13, said by Ark", "1 paragraph 2, paragraph 13, said by Ark"),
        ("–", "not given"),
        ("", "not given"),
        ("0", "0"),
        ("Ark – or Eel", "Ark – or Eel"),
    ],
    ids=["chain", "range", "long range", "ranges", "places", "dash", "empty", "nought", "no sign"],
)
def test_signs_in_cells_are_said_in_words(view: Any, tmp_path: Path, words: str, told: str) -> None:
    cell = view(table_page(tmp_path, ["Boat"], [[words]])).locator("td")
    assert cell.evaluate(WITHOUT, "[aria-hidden='true']") == told
    assert cell.evaluate(WITHOUT, ".visually-hidden") == words


def test_signs_are_said_in_the_book_s_tables(view: Any) -> None:
    page = view(CHAPTERS / "who_says_so.html")
    told = [
        cell.evaluate(WITHOUT, "[aria-hidden='true'], .supposed").strip()
        for cell in page.locator("#tab-talks td, #tab-roots td").all()
    ]
    assert any(words.startswith("outlet, citing ") for words in told)
    assert "1 to 2" in told


def test_a_dash_for_nothing_is_heard_as_words_alone(view: Any) -> None:
    page = view(CHAPTERS / "how_they_differ.html")
    table = page.locator("#tab-descriptors")
    assert table.get_by_role("rowheader").count() == 0
    dashes = table.locator("td", has_text=re.compile("^–"))
    assert dashes.count() > 5
    for cell in dashes.all():
        assert cell.locator("[aria-hidden='true']").all_text_contents()[0] == "–"
        assert cell.locator(".visually-hidden").text_content() == "not given"


def test_a_filter_finds_what_is_seen(view: Any) -> None:
    page = view(CHAPTERS / "behind.html")
    rows = page.locator("#tab-steps tbody tr:visible")
    search = page.get_by_label("Filter rows").first
    for words, found in [("outlet >", True), ("citing", False)]:
        search.fill(words)
        assert (rows.count() > 0) is found


@pytest.mark.parametrize("width", [1280, 390])
def test_a_table_that_is_scrolled_says_what_it_is(view: Any, width: int) -> None:
    page = view(WANTS, width=width)
    frames = page.locator(".pst-scrollable-table-container")
    wide = frames.evaluate_all(
        "frames => frames.filter(frame => frame.scrollWidth > frame.clientWidth).length"
    )
    assert (
        page.locator(".pst-scrollable-table-container[role='region'][aria-label^='Table ']").count() == wide
    )


def test_what_is_scrolled_shows_that_more_is_to_come(view: Any) -> None:
    page = view(CHAPTERS / "who_says_so.html", width=390)
    frame = page.locator(".pst-scrollable-table-container.is-wide").first
    assert "has-more" in frame.get_attribute("class")
    frame.evaluate("frame => frame.scrollTo({left: frame.scrollWidth, behavior: 'instant'})")
    page.wait_for_function("frame => !frame.classList.contains('has-more')", arg=frame.element_handle())
    assert page.locator(".has-more:not(.is-wide):not(pre)").count() == 0


def test_the_columns_of_a_short_table_fit_a_phone(view: Any) -> None:
    frame = view(OPENING, width=390).locator(".pst-scrollable-table-container").first
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")


def test_no_code_stands_before_the_judgements(view: Any) -> None:
    page = view(OPENING)
    assert page.get_by_text("Show the code").count() == 1
    page.get_by_text("Show the code of this page").click()
    assert page.locator(".page-code .highlight:visible").count() > 2
    assert view(OPENING, java_script_enabled=False).get_by_text("Show the code").count() > 1


def test_the_edition_is_named_in_a_landmark(view: Any) -> None:
    assert "edition" in view(OPENING).get_by_role("contentinfo").inner_text()


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
