"""Put the exports and the PDF beside the HTML, and pack a release that can be checked."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from conftest import CONTENTS, PAGES, build_site, write_story
from lxml import html
from retold import Corpus
from retold_book.book import TEXTS
from retold_book.downloads import add_exports, release
from retold_export.columns import TABLES
from retold_export.export import FORMATS, export, to_datapackage
from retold_run.execution import BuildError
from sphinx.application import Sphinx

PDF = b"%PDF-1.7 nine boats"
DEEP = "chapters/deep/dictionary"
DICTIONARY = "# Dictionary\n\n```{downloads}\n```\n"
SITE_PAGES = {
    **PAGES,
    "index.md": "# Index\n" + CONTENTS,
    "dictionary.md": f"---\norphan: true\n---\n\n{DICTIONARY}",
    f"{DEEP}.md": DICTIONARY,
}
EXPORTED = sorted(["datapackage.json", *FORMATS, *(f"{name}.csv" for name in TABLES)])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a book that was built twice, its PDF first."""
    root = write_story(tmp_path_factory.mktemp("book"))
    (root / "typst").mkdir(parents=True)
    (root / "typst/book.pdf").write_bytes(PDF)
    for _ in range(2):
        assert build_site(root, SITE_PAGES) == (0, "")
    return root


def test_the_exports_lie_beside_the_pages(site: Path, corpus: Corpus, tmp_path: Path) -> None:
    names = export(corpus, tmp_path / "alone")
    found = {path.name: path.read_bytes() for path in (site / "out/exports").iterdir()}
    assert sorted(found) == sorted(names) == EXPORTED
    assert found == {name: (tmp_path / "alone" / name).read_bytes() for name in names}


def test_the_pdf_lies_beside_the_pages(site: Path) -> None:
    assert (site / "out/book.pdf").read_bytes() == PDF


@pytest.mark.parametrize("name", ["dictionary", DEEP])
def test_every_table_is_described_and_its_link_lands(site: Path, name: str) -> None:
    page = site / f"out/{name}.html"
    tree = html.parse(page).getroot()
    links = [link.get("href") for link in tree.xpath("//dl//a")]
    wanted = to_datapackage()["resources"]
    assert [Path(link).name for link in links] == [resource["path"] for resource in wanted]
    assert [(page.parent / link).resolve() for link in links] == [
        (site / "out/exports" / resource["path"]).resolve() for resource in wanted
    ]
    assert all((page.parent / link).is_file() for link in links)


def test_every_column_is_described(site: Path) -> None:
    tree = html.parse(site / f"out/{DEEP}.html").getroot()
    shown = [[item.text_content() for item in entry.iter("li")] for entry in tree.xpath("//dl/dd")]
    wanted = [
        [f"{field['name']} ({field['type']}): {field['title']}." for field in resource["schema"]["fields"]]
        for resource in to_datapackage()["resources"]
    ]
    assert shown == wanted
    assert min(map(len, wanted)) > 0


def test_links_are_for_the_pages_alone(site: Path) -> None:
    tree = html.parse(site / f"out/{DEEP}.html").getroot()
    assert {link.getparent().get("class") for link in tree.xpath("//dl//a")} == {"html-only"}


def application(root: Path, builder: str) -> Sphinx:
    """Return what the handler of a finished build reads of an application."""
    config = SimpleNamespace(typst_filename="book")
    made: Any = SimpleNamespace(
        srcdir=root, outdir=root / "pages", builder=SimpleNamespace(name=builder), config=config
    )
    return cast(Sphinx, made)


@pytest.fixture
def built(story: Path) -> Path:
    """Return the root of a story with a PDF, an empty folder of pages, and a citation."""
    (story / "pages").mkdir()
    (story / "typst").mkdir(parents=True)
    (story / "typst/book.pdf").write_bytes(PDF)
    (story / "CITATION.cff").write_text("version: 1.2.3\ndate-released: 2024-01-02\n", encoding="utf-8")
    return story


@pytest.mark.parametrize(
    ("builder", "error", "names"),
    [
        pytest.param("html", None, ["book.pdf", "exports"], id="finished"),
        pytest.param("html", ValueError("no"), [], id="failed"),
        pytest.param("typst", None, [], id="PDF"),
        pytest.param("linkcheck", None, [], id="another builder"),
    ],
)
def test_only_finished_pages_get_downloads(
    built: Path, builder: str, error: Exception | None, names: list[str]
) -> None:
    add_exports(application(built, builder), error)
    assert sorted(path.name for path in (built / "pages").iterdir()) == names


def test_pages_without_a_pdf_get_the_exports(built: Path) -> None:
    (built / "typst/book.pdf").unlink()
    add_exports(application(built, "html"), None)
    assert [path.name for path in (built / "pages").iterdir()] == ["exports"]


NAME = "one-scoop-five-retellings-1.2.3-full"
BUILT = {
    "_build/html/index.html": b"<p>Nine boats",
    "_build/html/_static/book.css": b"p {}",
    "_build/html/book.pdf": PDF,
    "_build/html/exports/claims.csv": b"claim\nstop\n",
    "_build/html/exports/prov.json": b"{}",
    "_build/typst/book.pdf": PDF,
    "_build/typst/book.typ": b"not packed",
    "_build/.doctrees/index.doctree": b"not packed",
    "seeds/101_a.txt": b"not packed",
}
ABOUT = {"CITATION.cff": b"version: 1.2.3\ndate-released: 2024-01-02\n", "LICENSE": b"MIT"}
PACKED = ABOUT | {
    "html/index.html": b"<p>Nine boats",
    "html/_static/book.css": b"p {}",
    "html/book.pdf": PDF,
    "html/exports/claims.csv": b"claim\nstop\n",
    "html/exports/prov.json": b"{}",
    "exports/claims.csv": b"claim\nstop\n",
    "exports/prov.json": b"{}",
    "book.pdf": PDF,
    "README.md": f"""# One scoop, five retellings, 1.2.3 of 2024-01-02

{TEXTS["full"]}

Open `html/index.html` in a browser; `book.pdf` is the same book as PDF.
`exports/` holds the tables behind it, and `exports/datapackage.json` says what each column means.
`sha256sum -c SHA256SUMS` shows whether the files are as they were packed.
""".encode(),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of a built book."""
    for name in ("EDITION", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    for path, data in BUILT.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    for name, data in ABOUT.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def unpacked(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_release_holds_pages_exports_and_pdf_in_one_folder(root: Path) -> None:
    target = release(root)
    assert target == root / f"dist/{NAME}.zip"
    found = unpacked(target)
    assert found.pop(f"{NAME}/SHA256SUMS")
    assert found == {f"{NAME}/{name}": data for name, data in PACKED.items()}
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_the_sums_are_true_of_every_other_file(root: Path) -> None:
    found = unpacked(release(root))
    lines = found.pop(f"{NAME}/SHA256SUMS").decode().splitlines()
    sums = [(line[:64], line[64:66], line[66:]) for line in lines]
    assert sums == [(hashlib.sha256(PACKED[name]).hexdigest(), "  ", name) for name in sorted(PACKED)]
    assert {f"{NAME}/{name}" for _, _, name in sums} == set(found)


def changed_clock(root: Path) -> None:
    for path in root.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def rebuilt(root: Path) -> None:
    for path in [each for each in (root / "_build").rglob("*") if each.is_file()]:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)


def with_the_archive(root: Path) -> None:
    release(root)


def with_a_half_written_one(root: Path) -> None:
    (root / "dist").mkdir(exist_ok=True)
    (root / f"dist/{NAME}.partial").write_bytes(b"half")


@pytest.mark.parametrize(
    "between",
    [changed_clock, rebuilt, with_the_archive, with_a_half_written_one],
    ids=lambda each: each.__name__,
)
def test_the_same_book_gives_the_same_bytes(root: Path, between: Callable[[Path], None]) -> None:
    first = release(root).read_bytes()
    between(root)
    assert release(root).read_bytes() == first
    assert [path.name for path in (root / "dist").iterdir()] == [f"{NAME}.zip"]


@pytest.mark.parametrize("path", [each for each in BUILT if "not packed" not in BUILT[each].decode()])
def test_another_byte_gives_another_archive(root: Path, path: str) -> None:
    first = release(root).read_bytes()
    (root / path).write_bytes(BUILT[path] + b" ")
    assert release(root).read_bytes() != first


@pytest.mark.parametrize(
    ("epoch", "stamp"),
    [
        pytest.param("", (2024, 1, 2, 0, 0, 0), id="of the citation"),
        pytest.param("1000000000", (2001, 9, 9, 0, 0, 0), id="of the environment"),
        pytest.param("0", (1980, 1, 1, 0, 0, 0), id="before an archive can tell"),
    ],
)
def test_files_carry_the_date_of_the_edition(
    root: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, stamp: tuple[int, ...]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with zipfile.ZipFile(release(root)) as archive:
        assert {each.date_time for each in archive.infolist()} == {stamp}


def test_the_folder_carries_the_version(root: Path) -> None:
    (root / "CITATION.cff").write_text("version: 2.0\ndate-released: 2024-01-02\n", encoding="utf-8")
    target = release(root)
    assert target.name == "one-scoop-five-retellings-2.0-full.zip"
    assert {name.split("/")[0] for name in unpacked(target)} == {target.stem}


def test_an_edition_for_publication_is_packed_from_its_own_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITION", "excerpt")
    with pytest.raises(BuildError, match="no built book to pack"):
        release(root)
    (root / "_build/excerpt").mkdir()
    for name in ("html", "typst"):
        shutil.copytree(root / "_build" / name, root / "_build/excerpt/_build" / name)
    assert release(root).name == "one-scoop-five-retellings-1.2.3-excerpt.zip"


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param(["_build/html/index.html"], id="pages"),
        pytest.param(["_build/typst/book.pdf"], id="PDF"),
        pytest.param(["_build/html/index.html", "_build/typst/book.pdf"], id="both"),
    ],
)
def test_what_is_not_built_is_not_packed(root: Path, missing: list[str]) -> None:
    for path in missing:
        (root / path).unlink()
    with pytest.raises(BuildError, match="no built book to pack; run `make book` first"):
        release(root)
    assert not (root / "dist").exists()


def test_a_refused_release_leaves_the_last_one(root: Path) -> None:
    first = release(root).read_bytes()
    (root / "_build/html/index.html").unlink()
    with pytest.raises(BuildError):
        release(root)
    assert (root / f"dist/{NAME}.zip").read_bytes() == first
