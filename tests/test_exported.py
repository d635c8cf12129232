"""Hold the whole export to its contract: every file, every column, valid, and the same bytes twice."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest
from retold import Corpus, load_corpus
from retold_export.columns import TABLES
from retold_export.export import FORMATS, export

COLUMNS = {
    "articles": "article, file, sha256, title, outlet, outlet_certainty, published, words",
    "sources": "source, name, kind, side, named",
    "attributions": (
        "id, article, start, end, content, source, source_text, cue_text, chain, named, form, within, "
        "certainty"
    ),
    "quantities": "id, article, start, end, surface, low, high, unit, hedge, base, kind, claim, chain",
    "positions": "id, article, start, end, quote, actor, issue, stance, move, condition, chain",
    "events": "id, article, start, end, surface, event, edtf_stated, edtf_reconciled, chain",
    "claims": (
        "claim, statement, kind, articles, newsroom_roots_min, newsroom_roots_max, human_sources_min, "
        "human_sources_max"
    ),
    "variants": "variant, claim, kind, severity, explanation",
    "readings": "claim, article, start, end, reading, kind, severity, explanation, variant",
}
OTHERS = ["annotations.jsonld", "claims.jsonld", "collation.xml", "datapackage.json", "prov.json"]


@pytest.fixture(scope="module", params=["story", "book"])
def each(request: pytest.FixtureRequest, corpus: Corpus) -> Corpus:
    return corpus if request.param == "story" else load_corpus(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def out(each: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "export"
    export(each, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_file_of_the_contract_is_there(each: Corpus, out: Path, tmp_path: Path) -> None:
    wanted = sorted([*OTHERS, *(f"{name}.csv" for name in COLUMNS)])
    assert sorted(contents(out)) == wanted
    assert export(each, tmp_path / "out") == wanted


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_begins_with_the_columns_of_the_contract(out: Path, table: str) -> None:
    with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    wanted = COLUMNS[table].split(", ")
    assert header[: len(wanted)] == wanted


def test_the_data_package_is_valid(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert [task.name for task in report.tasks] == list(COLUMNS)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_is_valid_and_has_every_row(each: Corpus, out: Path, table: str) -> None:
    resource = frictionless.Package(str(out / "datapackage.json")).get_table_resource(table)
    report = resource.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert len(resource.read_rows()) == len(list(TABLES[table](each)))


def test_the_bytes_do_not_depend_on_the_run(each: Corpus, out: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "retold", "export", f"{tmp_path}/{seed}", "--corpus", str(each.root)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        assert contents(tmp_path / seed) == contents(out)


def test_files_are_utf_8_with_plain_line_ends_and_no_machine_path(each: Corpus, out: Path) -> None:
    for content in contents(out).values():
        assert content.decode("utf-8").endswith("\n")
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert str(each.root).encode() not in content


def test_the_articles_cells_equal_the_text_at_their_offsets(each: Corpus, out: Path) -> None:
    words = {"attributions": "content", "quantities": "surface", "positions": "quote", "events": "surface"}
    for table, column in {**words, "readings": "reading"}.items():
        with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert any(row["start"] for row in rows), table
        for row in rows:
            text = each.articles[row["article"]].text
            places = zip(row["start"].split(";"), row["end"].split(";"), strict=True)
            parts = [text[int(start) : int(end)] for start, end in places if start]
            assert row[column].removeprefix("'") == " … ".join(parts).removeprefix("'")


def test_a_format_that_fails_leaves_what_was_there(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(corpus, tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "out")

    def fail(_: Corpus) -> Iterator[str]:
        yield "<?xml"
        raise OSError("disk full")

    monkeypatch.setattr("retold_export.export.FORMATS", {**FORMATS, "collation.xml": fail})
    with pytest.raises(OSError, match="disk full"):
        export(corpus, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "first")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "out"]
