"""Write the story as open data: whole or not at all, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest
from conftest import A101, A103, ISSUES, SEED_101, SOURCES, change
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from retold import Corpus, load_corpus
from retold_export.columns import TABLES
from retold_export.export import export, to_cell, to_datapackage

FORMATS = ["prov.json", "annotations.jsonld", "collation.xml", "claims.jsonld"]
NAMES = sorted(["datapackage.json", *FORMATS, *(f"{name}.csv" for name in TABLES)])


def read(folder: Path, name: str) -> list[list[str]]:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def out(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "export"
    assert export(corpus, folder) == NAMES
    return folder


CELLS = [
    pytest.param("=1+1", "'=1+1", id="equals sign"),
    pytest.param("+1", "'+1", id="plus sign"),
    pytest.param("@a", "'@a", id="at sign"),
    pytest.param("\ta", "'\ta", id="tab"),
    pytest.param("\ra", "'\ra", id="carriage return"),
    pytest.param("-1", "'-1", id="minus sign"),
    pytest.param("-", "'-", id="minus sign alone"),
    pytest.param("- No boat", "- No boat", id="dash of a speaker"),
    pytest.param("– No boat", "– No boat", id="en dash"),
    pytest.param("a=1", "a=1", id="sign inside"),
    pytest.param(" =1", " =1", id="blank first"),
    pytest.param("'=1", "'=1", id="apostrophe first"),
    pytest.param("", "", id="empty"),
    pytest.param(True, "true", id="true"),
    pytest.param(False, "false", id="false"),
    pytest.param(9, "9", id="whole number"),
    pytest.param(33.3, "33.3", id="decimal"),
]


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_to_cell(value: Any, cell: str) -> None:
    assert to_cell(value) == cell


@given(st.text(alphabet="=+@\t\r- a'\n\"", max_size=6) | st.text(max_size=6) | st.integers() | st.floats())
def test_no_cell_begins_with_a_running_sign(value: str | int | float) -> None:
    cell = to_cell(value)
    assert not cell.startswith(("=", "+", "@", "\t", "\r"))
    assert not cell.startswith("-") or cell.startswith("- ")
    assert cell in (str(value), f"'{value}")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_back_as_it_was(corpus: Corpus, out: Path, name: str) -> None:
    header, *rows = read(out, name)
    wanted = list(TABLES[name](corpus))
    assert header == list(wanted[0])
    assert rows == [[to_cell(value) for value in row.values()] for row in wanted]


def test_files_are_utf_8_with_plain_line_ends(out: Path) -> None:
    for content in contents(out).values():
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.endswith(b"\n")
    assert "🛥 Night boats may stop" in (out / "articles.csv").read_text(encoding="utf-8")


def test_the_data_package_is_valid_and_describes_every_table(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert [each["path"] for each in package["resources"]] == [f"{name}.csv" for name in TABLES]


def test_the_data_package_says_licence_and_escape() -> None:
    package = to_datapackage()
    assert [each["name"] for each in package["licenses"]] == ["CC-BY-4.0"]
    assert "except the words quoted" in package["licenses"][0]["title"]
    assert "with an apostrophe before it" in package["description"]


def test_shared_formats_are_well_formed(out: Path) -> None:
    for name in ("prov.json", "annotations.jsonld", "claims.jsonld"):
        assert json.loads((out / name).read_text(encoding="utf-8"))
    root = etree.parse(str(out / "collation.xml")).getroot()
    assert root.tag == "{http://www.tei-c.org/ns/1.0}TEI"


def test_every_annotation_finds_its_words_by_quote_and_by_position(corpus: Corpus, out: Path) -> None:
    collection = json.loads((out / "annotations.jsonld").read_text(encoding="utf-8"))
    items = collection["first"]["items"]
    assert len(items) == len(corpus.passages)
    for target in (target for item in items for target in item["target"]):
        text = next(a.text for a in corpus.articles.values() if a.file == target["source"]["retold:file"])
        words, place = target["selector"]
        assert text[place["start"] : place["end"]] == words["exact"]
        assert text.count(words["prefix"] + words["exact"] + words["suffix"]) == 1


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("articles", "words", "integer"),
        ("sources", "named", "boolean"),
        ("quantities", "low", "number"),
        ("quantities", "high", "number"),
        ("claims", "human_sources_max", "integer"),
        ("variants", "severity", "integer"),
        ("quantities", "start", "string"),
        ("events", "edtf_stated", "string"),
    ],
)
def test_a_column_has_a_type_and_a_title(table: str, column: str, kind: str) -> None:
    [resource] = [each for each in to_datapackage()["resources"] if each["name"] == table]
    [field] = [each for each in resource["schema"]["fields"] if each["name"] == column]
    assert field["type"] == kind
    assert field["title"]


def test_a_title_says_more_than_the_name_of_its_column() -> None:
    fields = [field for each in to_datapackage()["resources"] for field in each["schema"]["fields"]]
    bare = [each["name"] for each in fields if each["title"].lower() == each["name"].replace("_", " ")]
    assert bare == []
    assert len(fields) > 60


def test_a_cell_that_would_run_is_escaped_in_the_file(changed: Callable[..., Corpus], tmp_path: Path) -> None:
    corpus = changed((SOURCES, "name: two pilots,", 'name: "=HYPERLINK(1)",'))
    export(corpus, tmp_path / "out")
    assert "'=HYPERLINK(1)" in [row[1] for row in read(tmp_path / "out", "sources")]


def test_a_table_without_rows_has_its_header(changed: Callable[..., Corpus], tmp_path: Path) -> None:
    root = changed().root
    text = (root / A101).read_text(encoding="utf-8")
    start, end = text.index("positions:\n"), text.index("events:\n")
    (root / A101).write_text(text[:start] + text[end:], encoding="utf-8")
    export(load_corpus(root), tmp_path / "out")
    assert [row[:3] for row in read(tmp_path / "out", "positions")] == [["id", "article", "start"]]


def test_an_earlier_export_is_replaced_whole(corpus: Corpus, out: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(out, again)
    (again / "sources.csv").write_text("old", encoding="utf-8")
    assert export(corpus, again) == NAMES
    assert contents(again) == contents(out)
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_an_empty_folder_is_filled(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert export(corpus, str(tmp_path / "empty")) == NAMES


def test_folders_above_are_made(corpus: Corpus, tmp_path: Path) -> None:
    assert export(corpus, tmp_path / "a/b/c") == NAMES


OTHERS = [
    pytest.param({"notes.txt": "mine"}, id="other files"),
    pytest.param({"datapackage.json": '{"name": "tides"}', "tides.csv": "mine"}, id="another data package"),
    pytest.param(
        {"datapackage.json": '{"name": "retold"}', "notes.txt": "mine"}, id="a note beside an export"
    ),
]


@pytest.mark.parametrize("files", OTHERS)
def test_what_is_no_earlier_export_is_left_alone(
    corpus: Corpus, tmp_path: Path, files: dict[str, str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(FileExistsError, match="name a new folder"):
        export(corpus, tmp_path)
    assert contents(tmp_path) == {name: text.encode() for name, text in files.items()}


def test_a_file_in_the_way_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        export(corpus, tmp_path / "out")
    assert contents(tmp_path) == {"out": b"mine"}


def test_an_export_that_fails_leaves_what_was_there(
    corpus: Corpus, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(out, tmp_path / "out")

    def fail(_: Corpus) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("retold_export.export.TABLES", {**TABLES, "variants": fail})
    with pytest.raises(OSError, match="disk full"):
        export(corpus, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_story_of_any_words_is_a_valid_data_package(story: Path, tmp_path: Path) -> None:
    change(story, SOURCES, "name: two pilots,", 'name: "a; \\"b\\", c\\nd",')
    change(story, ISSUES, "label: Rehiring pilots", 'label: "-5"')
    change(story, A103, "base: boats}", "base: \"=boats, 'small'\"}")
    change(story, SEED_101, "Photo: Harbour Post", "Photo: Harbour Post\n\u2028")
    export(load_corpus(story), tmp_path / "out")
    report = frictionless.validate(str(tmp_path / "out/datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_a_note_on_the_texts_stands_in_the_description(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", note="Cut to a quarter.")
    package = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    assert package["description"].endswith("it. Cut to a quarter.")
