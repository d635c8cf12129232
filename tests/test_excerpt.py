"""Measure what a built edition for publication shows of the articles, by the offsets of their words."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pypdf
import pytest
import typst
from conftest import PAGES, build_site
from lxml import html
from retold import Corpus, load_corpus
from retold.model import Span
from retold.text import tokens
from retold_book.nodes import anchor
from retold_excerpt.allowance import LONGEST, NGRAM, SHARE, runs

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "_build/excerpt/_build"

Positions = dict[str, set[int]]


def lines_of_pdf(path: Path) -> Iterator[str]:
    """Yield a PDF's text, with words joined again that a line's end divides, and as it is."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    yield from (text, re.sub(r"[-\u00ad‐]\s*\n\s*", "", text))


def words_of_page(path: Path) -> Iterator[str]:
    """Yield a page's text, tags between words or not, and all that its attributes and scripts hold."""
    tree = html.document_fromstring(path.read_text(encoding="utf-8"))
    texts = [str(each) for each in tree.xpath("//text()")]
    yield from ("".join(texts), " ".join(texts), *map(str, tree.xpath("//@*")))


def words_of_file(path: Path) -> Iterator[str]:
    """Yield a file's text, with and without tags, escapes resolved."""
    text = re.sub(r"\\+[nrt]", " ", path.read_text(encoding="utf-8"))
    text = re.sub(r"\\+u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), unescape(text))
    yield from (text, re.sub(r"<[^<>]*>", " ", text), re.sub(r"[*_`\\]", "", text))


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".html": words_of_page,
    ".pdf": lines_of_pdf,
    **dict.fromkeys((".csv", ".ipynb", ".js", ".json", ".jsonld", ".svg", ".txt", ".xml"), words_of_file),
}
WORDLESS = {".css", ".png", ".woff", ".woff2", ".ttf", ".eot", ".ico", ".gif", ".inv", ".map", ".mo", ".po"}


def find_files(folder: Path) -> list[Path]:
    """Return the files of an edition: all of its site, and the PDF.

    Raises:
        KeyError: nobody says how to read a kind of file.
    """
    files = [path for path in sorted(folder.glob("html/**/*")) if path.is_file()]
    for path in files:
        if path.suffix not in READERS.keys() | WORDLESS and path.name not in (".buildinfo", ".nojekyll"):
            raise KeyError(path.name)
    return [path for path in [*files, *folder.glob("typst/*.pdf")] if path.suffix in READERS]


def positions(corpus: Corpus, texts: Iterable[str]) -> Positions:
    """Return, by article, the numbers of the words that stand in texts in runs of ``NGRAM`` or more."""
    places: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for article, held in corpus.articles.items():
        words = tokens(held.text)
        for at in range(len(words) - NGRAM + 1):
            places.setdefault(tuple(words[at : at + NGRAM]), []).append((article, at))
    found: Positions = {article: set() for article in corpus.articles}
    for words in map(tokens, texts):
        for ngram in set(zip(*(words[step:] for step in range(NGRAM)), strict=False)):
            for article, at in places.get(ngram, ()):
                found[article].update(range(at, at + NGRAM))
    return found


def exported(corpus: Corpus, folder: Path) -> Positions:
    """Return, by article, the numbers of the words that the rows of tables show, however few, by offset."""
    found: Positions = {article: set() for article in corpus.articles}
    for path in folder.glob("**/exports/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("start"):
                    pairs = zip(row["start"].split(";"), row["end"].split(";"), strict=True)
                    spans = tuple(Span(int(start), int(end)) for start, end in pairs)
                    article = corpus.articles[row["article"]]
                    if article.words(spans) in (value.removeprefix("'") for value in row.values()):
                        for span in spans:
                            before = len(tokens(article.text[: span.start]))
                            size = len(tokens(article.text[span.start : span.end]))
                            found[row["article"]].update(range(before, before + size))
    return found


class Shown(NamedTuple):
    """What an edition shows of an article, in words: in all, of how many, and at the longest stretch."""

    article: str
    words: int
    whole: int
    longest: int

    def __str__(self) -> str:
        share, most = self.words / self.whole, f"at most {SHARE:.0%}"
        words = f"{self.article}: {self.words} of {self.whole} words, {share:.0%} ({most})"
        return f"{words}, {self.longest} together (at most {LONGEST})"


def measure(corpus: Corpus, folder: Path) -> list[Shown]:
    """Return what an edition shows of each article, over all its files."""
    texts = (text for path in find_files(folder) for text in READERS[path.suffix](path))
    read, listed = positions(corpus, texts), exported(corpus, folder)
    found = []
    for article in corpus.articles.values():
        shown = read[article.id] | listed[article.id]
        longest = max((last - first + 1 for first, last in runs(shown)), default=0)
        found.append(Shown(article.id, len(shown), len(tokens(article.text)), longest))
    return found


def too_much(found: Iterable[Shown]) -> list[str]:
    """Return, for each article that an edition shows too much of, how much that is."""
    return [str(each) for each in found if each.words > SHARE * each.whole or each.longest > LONGEST]


@cache
def book() -> Corpus:
    return load_corpus(ROOT)


LOCATOR = re.compile(r"\[\d{3} ¶\d+, \d+–\d+, [0-9a-f]{8}\]")
WHOLE = "//article//*[self::h1 or self::h2 or self::h3 or self::caption or self::figcaption]"
OPENING = "//article//p[not(ancestor::table) and not(starts-with(., 'Quantity:'))]"


def find_cut(page: str, what: str) -> list[str]:
    """Return the texts of a page's elements in which a locator stands for words."""
    found = html.document_fromstring(page).xpath(what)
    return [text for each in found if LOCATOR.search(text := each.text_content())]


@pytest.mark.parametrize(
    ("page", "what", "cut"),
    [
        ("<article><h2>A [101 ¶2, 3–4, 0a1b2c3d]</h2></article>", WHOLE, 1),
        ("<article><h2>A [101 ¶2]</h2><p>[101 ¶2, 3–4, 0a1b2c3d]</p></article>", WHOLE, 0),
        ("<article><p>B [101 ¶2, 3–4, 0a1b2c3d]</p></article>", OPENING, 1),
        ("<article><p>Quantity: [101 ¶2, 3–4, 0a1b2c3d]</p></article>", OPENING, 0),
    ],
)
def test_where_words_are_cut_is_found(page: str, what: str, cut: int) -> None:
    assert len(find_cut(page, what)) == cut


built = pytest.mark.skipif(not (BUILT / "html/index.html").exists(), reason="run `make book EDITION=excerpt`")


@pytest.mark.built
@built
def test_the_built_edition_keeps_its_opening_headings_and_captions_whole() -> None:
    pages = sorted((BUILT / "html/chapters").glob("*.html"))
    assert len(pages) > 20
    assert {page.name: found for page in pages if (found := find_cut(page.read_text("utf-8"), WHOLE))} == {}
    assert find_cut((BUILT / "html/chapters/index.html").read_text("utf-8"), OPENING) == []


@pytest.mark.built
@built
def test_the_built_edition_shows_no_more_than_it_may() -> None:
    assert len(find_files(BUILT)) > 50
    found = measure(book(), BUILT)
    print(*found, sep="\n")
    assert too_much(found) == []


@pytest.fixture
def site(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small book of the story, built for publication."""
    monkeypatch.setenv("EDITION", "excerpt")
    claims = "# Claims\n\n```{compare}\n```\n\n{quote}`101/dusk` was said.\n"
    assert build_site(story, {**PAGES, "chapters/compare.md": claims}) == (0, "")
    (story / "site").mkdir()
    (story / "out").rename(story / "site/html")
    (story / "site/html/doctrees").rename(story / "doctrees")
    return story / "site"


def test_a_small_edition_shows_no_more_than_it_may(corpus: Corpus, site: Path) -> None:
    assert too_much(measure(corpus, site)) == []
    tree = html.parse(site / "html/chapters/compare.html").getroot()
    assert "“No boat will sail after dusk,” was said." in tree.text_content()


def test_what_is_cut_keeps_its_anchors_and_says_where_it_stands(corpus: Corpus, site: Path) -> None:
    tree = html.parse(site / "html/chapters/articles/101.html").getroot()
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {anchor(each.id) for each in corpus.passages.values() if each.article == "101"} <= set(ids)
    [last] = [node for node in tree.find_class("article-line") if node.get("id") == "a-101-7"]
    [opening, *_] = tree.xpath("//section/p")
    start = (
        "Excerpts, from Harbour Post; published 20 November 2023. Where words are left out, square brackets"
    )
    assert opening.text_content().startswith(start)
    assert re.fullmatch(r"¶7 \[101 ¶7, \d+–\d+, [0-9a-f]{8}\]", last.text_content())


# The measure on editions that show too much


def pdf_of(words: str) -> bytes:
    return bytes(typst.compile(f"#set page(width: 60mm)\n{words}".encode()))


SENTENCE = (
    "The company refuses to rehire seven pilots before talks begin, the union's chairwoman Anna Berg said."
)
IN_FILES: dict[str, tuple[str, bytes]] = {
    "text": ("html/a.html", f"<p>{SENTENCE}</p>".encode()),
    "marked words": ("html/a.html", SENTENCE.replace("seven", "<mark>seven</mark>").encode()),
    "attribute": ("html/a.html", f'<p title="{SENTENCE}"></p>'.encode()),
    "script": ("html/a.html", f"<script>x = '{SENTENCE}'</script>".encode()),
    "escaped": ("html/a.html", SENTENCE.replace("'", "&#x27;").encode()),
    "table": ("html/exports/a.csv", f'id,words\n1,"{SENTENCE}"\n'.encode()),
    "lines": ("html/a.ipynb", f'["{SENTENCE}"]'.replace(" seven ", ' \\n",\n"seven ').encode()),
    "JSON in JSON": ("html/a.json", SENTENCE.replace(" seven ", "\\\\nseven ").encode()),
    "code points": ("html/a.json", SENTENCE.replace("'", "\\u2019").encode()),
    "Markdown": ("html/a.ipynb", SENTENCE.replace("seven", "**seven**").encode()),
    "element": ("html/a.xml", f"<rdg>{SENTENCE.replace('seven', '<hi>seven</hi>')}</rdg>".encode()),
    "search": ("html/searchindex.js", f'Search.setIndex({{"titles":["{SENTENCE}"]}})'.encode()),
    "other case": ("html/a.html", SENTENCE.upper().encode()),
    "PDF": ("typst/a.pdf", pdf_of(SENTENCE)),
    "in pieces": ("html/a.html", b"<p>rehire seven pilots before talks begin, the</p><p>refuses to rehire "
                  b"seven pilots</p><p>begin, the union's chairwoman Anna Berg said</p>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", IN_FILES)
def test_what_an_artefact_shows_is_found(corpus: Corpus, tmp_path: Path, kind: str) -> None:
    name, data = IN_FILES[kind]
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(data)
    [path] = find_files(tmp_path)
    found = positions(corpus, READERS[path.suffix](path))
    assert [last - first + 1 for first, last in runs(found["101"])] == [14 if kind == "in pieces" else 16]
    assert not found["102"]


def test_few_words_are_found_by_their_offsets(corpus: Corpus, tmp_path: Path) -> None:
    start = corpus.articles["101"].text.index("six miles")
    (tmp_path / "exports").mkdir()
    rows = f"article,start,end,surface\n101,{start},{start + 9},six miles\n102,0,5,[102 ¶1]\n"
    (tmp_path / "exports/quantities.csv").write_text(rows, encoding="utf-8")
    assert {article: len(found) for article, found in exported(corpus, tmp_path).items()} == {
        "101": 2, "102": 0, "103": 0,
    }  # fmt: skip


def test_too_much_is_said(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html/a.html").write_text(corpus.articles["102"].text, encoding="utf-8")
    assert too_much(measure(corpus, tmp_path)) == [
        "102: 53 of 53 words, 100% (at most 25%), 53 together (at most 40)"
    ]


def test_an_unknown_kind_of_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html/a.parquet").write_bytes(b"")
    with pytest.raises(KeyError, match=r"a\.parquet"):
        find_files(tmp_path)
