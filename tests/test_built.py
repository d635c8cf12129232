"""Check the built HTML book: images, links, cards and hosts; each check is tried on a bad page too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from lxml import html

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "_build/html"
Check = Callable[[Path], Iterator[str]]

_LOADED = {
    "//script/@src": "script",
    "//img/@src | //source/@src | //video/@src | //iframe/@src | //object/@data": "medium",
    "//link[contains(@rel, 'stylesheet') or contains(@rel, 'icon') or contains(@rel, 'load')]/@href": "link",
    "//img/@srcset": "image set",
}
_STYLE_ADDRESS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")]+)", re.IGNORECASE)


@cache
def read(page: Path) -> Any:
    return html.document_fromstring(page.read_text(encoding="utf-8"))


def find_pages(folder: Path) -> list[Path]:
    return sorted(page for page in folder.rglob("*.html") if "_static" not in page.parts)


def _target(page: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path)
    target = (page.parent / path).resolve() if path else page
    return target / "index.html" if target.is_dir() else target


def _is_outside(address: str) -> bool:
    return bool(re.match(r"\w[\w+.-]*:|//", address))


def missing_images(page: Path) -> Iterator[str]:
    for source in read(page).xpath("//img/@src"):
        if not source.startswith("data:") and not _target(page, source).is_file():
            yield f"image {source!r} does not exist"


def images_without_words(page: Path) -> Iterator[str]:
    for image in read(page).xpath("//img"):
        alt = image.get("alt", "").strip()
        if not alt or re.search(r"^\S*/\S*$|\.(?:gif|jpe?g|png|svg|webp)$", alt):
            yield f"image {image.get('src')!r} has the alt text {alt!r}"


def dead_links(page: Path) -> Iterator[str]:
    for address in read(page).xpath("//a/@href | //area/@href"):
        if _is_outside(address):
            continue
        target, anchor = _target(page, address), unquote(urlsplit(address).fragment)
        if not target.is_file():
            yield f"link {address!r} leads to no file"
        elif anchor and target.suffix == ".html" and anchor not in anchors(target):
            yield f"link {address!r} leads to no anchor"


@cache
def anchors(page: Path) -> frozenset[str]:
    return frozenset(read(page).xpath("//@id | //a/@name")) | {"top"}


def outside_requests(page: Path) -> Iterator[str]:
    for path, kind in _LOADED.items():
        for address in read(page).xpath(path):
            if re.match(r"(?:https?:)?//", address.strip()):
                yield f"{kind} from another host: {address}"
    for style in (*read(page).xpath("//style/text() | //@style"),):
        yield from (f"style from another host: {address}" for address in _STYLE_ADDRESS.findall(style))


def evidence_without_card(page: Path) -> Iterator[str]:
    cards = set(read(page).xpath("//@data-card"))
    wanted = {each for ids in read(page).xpath("//@data-evidence") for each in ids.split()}
    yield from (f"evidence {each!r} has no card" for each in sorted(wanted - cards))


def probable_outlets(page: Path) -> Iterator[str]:
    if page.stem != "sources":
        words = " ".join(read(page).xpath("//body//text()[not(ancestor::script)]"))
        for name in probable_names():
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
                yield f"names {name!r}, which is only probable"


@cache
def probable_names() -> list[str]:
    heads = [_yaml(path)["article"] for path in sorted((ROOT / "annotations").glob("[0-9]*.yaml"))]
    probable = {head["outlet"] for head in heads if head["outlet_certainty"] == "probable"}
    sources = _yaml(ROOT / "annotations/sources.yaml")["sources"]
    return [source["name"] for source in sources if source["id"] in probable]


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


CHECKS: list[Check] = [
    missing_images,
    images_without_words,
    dead_links,
    outside_requests,
    evidence_without_card,
    probable_outlets,
]


def find_faults(folder: Path, check: Check) -> list[str]:
    return [
        f"{page.relative_to(folder).as_posix()}: {fault}"
        for page in find_pages(folder)
        for fault in check(page)
    ]


def style_faults(folder: Path) -> list[str]:
    """Return the addresses on other hosts that style sheets load."""
    return [
        f"{sheet.relative_to(folder).as_posix()}: {address}"
        for sheet in sorted(folder.rglob("*.css"))
        for address in _STYLE_ADDRESS.findall(sheet.read_text(encoding="utf-8"))
    ]


built = [
    pytest.mark.built,
    pytest.mark.skipif(not (BUILT / "index.html").exists(), reason="no built book: run `make html`"),
]


def marked(value: Any, name: str) -> Any:
    return pytest.param(value, marks=built, id=name)


@pytest.mark.parametrize("check", [marked(check, check.__name__) for check in CHECKS])
def test_built_book_passes(check: Check) -> None:
    if faults := find_faults(BUILT, check):
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("folder", [marked(BUILT, "built")])
def test_built_styles_load_nothing_from_elsewhere(folder: Path) -> None:
    assert style_faults(folder) == []


@pytest.mark.parametrize("folder", [marked(BUILT, "built")])
def test_every_chapter_is_a_built_page(folder: Path) -> None:
    chapters = [path for path in (ROOT / "chapters").rglob("*") if path.suffix in (".md", ".ipynb")]
    names = [path.relative_to(ROOT).with_suffix(".html") for path in chapters]
    visible = [name for name in names if ".ipynb_checkpoints" not in name.parts]
    assert [name for name in visible if not (folder / name).is_file()] == []


# Each check on a small site

BAD: list[tuple[Check, str, str]] = [
    (missing_images, '<img src="none.svg" alt="Dots">', "a/page.html: image 'none.svg' does not exist"),
    (images_without_words, '<img src="dots.svg">', "image 'dots.svg' has the alt text ''"),
    (images_without_words, '<img src="dots.svg" alt=" ">', "has the alt text ''"),
    (images_without_words, '<img src="dots.svg" alt="../_images/3f2a.svg">', "_images/3f2a.svg"),
    (images_without_words, '<img src="dots.svg" alt="dots.svg">', "'dots.svg'"),
    (dead_links, '<a href="none.html">x</a>', "link 'none.html' leads to no file"),
    (dead_links, '<a href="../index.html#none">x</a>', "link '../index.html#none' leads to no anchor"),
    (dead_links, '<a href="#none">x</a>', "link '#none' leads to no anchor"),
    (outside_requests, '<script src="https://cdn.org/a.js"></script>', "script from another host"),
    (outside_requests, '<script src="//cdn.org/a.js"></script>', "script from another host"),
    (outside_requests, '<link rel="stylesheet" href="https://cdn.org/a.css">', "link from another host"),
    (outside_requests, '<link rel="preload" as="font" href="https://cdn.org/a.woff2">', "a.woff2"),
    (outside_requests, '<img src="http://cdn.org/a.png" alt="A">', "medium from another host"),
    (
        outside_requests,
        "<style>@font-face {src: url('https://cdn.org/a.woff')}</style>",
        "style from another",
    ),
    (evidence_without_card, '<a data-evidence="000/a 000/b"></a><p data-card="000/a"></p>', "'000/b' has no"),
    (probable_outlets, "<p>Article 003, by Babel.</p>", "names 'Babel'"),
]
GOOD: list[tuple[Check, str]] = [
    (missing_images, '<img src="dots.svg?v=1" alt="Dots"><img src="data:image/png;base64,x" alt="Dots">'),
    (images_without_words, '<img src="dots.svg" alt="Dots and/or lines, one row per article">'),
    (dead_links, '<a href="../index.html#st%C3%A4rt">x</a><a href="#here">x</a><a href="#" id="here">x</a>'),
    (dead_links, '<a href="https://a.org/none#x">x</a><a href="mailto:a@a.org">x</a><a href="..">x</a>'),
    (
        outside_requests,
        '<script src="a.js"></script><a href="https://a.org">x</a><link rel="canonical" href="//a">',
    ),
    (evidence_without_card, '<a data-evidence="000/a"></a><p data-card="000/a"></p>'),
    (probable_outlets, "<p>Babeluga</p><script>Babel</script>"),
]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    monkeypatch.setattr("test_built.probable_names", lambda: ["Babel"])

    def write(body: str) -> Path:
        (tmp_path / "a").mkdir()
        (tmp_path / "a/dots.svg").write_text("<svg/>")
        (tmp_path / "index.html").write_text('<p id="stärt">Start</p>', encoding="utf-8")
        (tmp_path / "a/page.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(("check", "body", "fault"), BAD)
def test_fault_is_found(check: Check, body: str, fault: str, site: Callable[[str], Path]) -> None:
    found = find_faults(site(body), check)
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(("check", "body"), GOOD)
def test_good_page_passes(check: Check, body: str, site: Callable[[str], Path]) -> None:
    assert find_faults(site(body), check) == []


@pytest.mark.parametrize(
    ("style", "faults"),
    [
        ("a {background: url(dots.svg); mask: url('data:image/svg+xml,x')}", []),
        ("@import 'https://cdn.org/a.css';", ["a.css: https://cdn.org/a.css"]),
        ('@font-face {src: url("//cdn.org/a.woff")}', ["a.css: //cdn.org/a.woff"]),
    ],
)
def test_style_sheet_from_elsewhere_is_found(style: str, faults: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(style)
    assert style_faults(tmp_path) == faults


def test_every_check_is_tried() -> None:
    assert {check for check, _, _ in BAD} == {check for check, _ in GOOD} == set(CHECKS)
