"""Run the command line: new, add, check, export, report, schema."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import A101, A102, CLAIMS, CONTEXT, FILES, ISSUES, SOURCES, change
from retold import Corpus, Passage, Problem, load_corpus
from retold.loading import read_corpus
from retold.validate import check_corpus
from retold_commands import main


def test_checking_a_clean_story(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--corpus", str(story)]) == 0
    assert capsys.readouterr() == ("no problems\n", "")


def test_checking_the_present_folder(
    story: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(story)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "no problems\n"


def test_checking_prints_a_line_for_each_problem(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(story, A101, "by: union", "by: unoin")
    change(story, A101, "    value: 9", "    value: 8")
    assert main(["check", "--corpus", str(story)]) == 1
    shown = capsys.readouterr()
    assert shown.out == "2 problems\n"
    assert [line.split(": ")[0].rpartition(":")[0] for line in shown.err.splitlines()] == [A101, A101]
    assert "positions[0].condition.by: 'unoin' is not registered; did you mean 'union'?" in shown.err


def test_checking_one_problem(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(story, A101, "by: union", "by: unoin")
    main(["check", "--corpus", str(story)])
    assert capsys.readouterr().out == "1 problem\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("certainty: inferred", "certainty: sure"), ("surface: six miles", "surface: six knots")],
    ids=["an entry that does not fit", "words that are not found"],
)
def test_what_was_not_looked_for_yet_is_said(
    story: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    change(story, A101, old, new)
    main(["check", "--corpus", str(story)])
    more = "; others may show once these are mended"
    assert capsys.readouterr().out == f"1 problem{more}\n"


@pytest.mark.parametrize("arguments", [["check"], ["export", "out"], ["report", "out"], ["add", "104.txt"]])
def test_where_no_story_is_none_is_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main([*arguments, "--corpus", str(tmp_path)]) == 1
    said = (
        f"{tmp_path} holds no story, that is, no annotations/; give --corpus DIR, or start a story with `new`"
    )
    assert capsys.readouterr() == ("", f"{said}\n")


def test_checking_a_story_without_a_register(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story / SOURCES).unlink()
    assert main(["check", "--corpus", str(story)]) == 1
    assert f"{SOURCES}: cannot be read" in capsys.readouterr().err


NOTE = "What is written holds nearly all words of the articles, which remain their publishers'."


def test_exporting(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["export", str(out), "--corpus", str(story)]) == 0
    shown = capsys.readouterr()
    *names, note = shown.out.splitlines()
    assert " ".join(names) == f"{out}: {', '.join(sorted(path.name for path in out.iterdir()))}"
    assert all(len(line) <= 100 for line in names)
    assert note == NOTE
    assert shown.err == ""


class Counted(dict[str, Passage]):
    """Give up on a walk that does not end."""

    left = 10_000

    def __getitem__(self, key: str) -> Passage:
        self.left -= 1
        assert self.left, "walks without end"
        return super().__getitem__(key)


@pytest.fixture(autouse=True)
def _walks_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(root: Path) -> tuple[Corpus | None, list[Problem]]:
        corpus, problems = check_corpus(root)
        return corpus and replace(corpus, passages=Counted(corpus.passages)), problems

    monkeypatch.setattr("retold_commands.check_corpus", check)


@pytest.mark.parametrize("command", [["check"], ["export", "out"], ["report", "out"]], ids=" ".join)
@pytest.mark.parametrize("value", ["9", "8", "nine"], ids=["sound", "faulty", "unread"])
def test_a_story_is_read_once(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], value: str
) -> None:
    def read(root: Path, **options: str) -> Any:
        times.append(root)
        return read_corpus(root, **options)

    times: list[Path] = []
    for module in ("loading", "validate"):
        monkeypatch.setattr(f"retold.{module}.read_corpus", read)
    change(story, A101, "    value: 9", f"    value: {value}")
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--corpus", str(story)]) == (value != "9")
    assert times == [story.resolve()]


BAD = [
    pytest.param(
        A101, "surface: six miles", "surface: six knots", "'six knots' is not in", id="words not found"
    ),
    pytest.param(A101, "outlet: harbour-post", "outlet: harbor-post", "'harbor-post'", id="unknown outlet"),
    pytest.param(A101, "source: anna-berg", "source: ana-berg", "'ana-berg'", id="unknown source"),
    pytest.param(A101, "within: gazette-dusk", "within: none", "'none'", id="unknown outer attribution"),
    pytest.param(
        A101, "within: gazette-dusk", "within: fleet", "'fleet'", id="outer attribution that is none"
    ),
    pytest.param(
        A101, "cue: reported\n", "cue: reported\n    within: pilots\n", "contain each other", id="cycle"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "what"), BAD)
def test_a_story_with_problems_is_not_exported(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, what: str
) -> None:
    change(story, file, old, new)
    assert main(["export", str(tmp_path / "out"), "--corpus", str(story)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("nothing exported: ")
    assert what in shown.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["folder", "file"])
def test_nothing_is_exported_over_other_files(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "folder").mkdir()
    for path in ("folder/mine", "file"):
        (tmp_path / path).write_text("mine", encoding="utf-8")
    assert main(["export", str(tmp_path / name), "--corpus", str(story)]) == 1
    assert capsys.readouterr().err.startswith("nothing exported: ")
    assert (tmp_path / "folder/mine").read_text(encoding="utf-8") == "mine"


def test_a_report_is_of_a_sound_story(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[tuple[Path, Path]] = []

    def write(corpus: Corpus, out: Path) -> list[str]:
        written.append((corpus.root, out))
        return ["report.html"]

    monkeypatch.setattr("retold_report.report.write_report", write)
    out = tmp_path / "out"
    assert main(["report", str(out), "--corpus", str(story)]) == 0
    assert written == [(story, out)]
    assert capsys.readouterr() == (f"{out}: report.html\nopen {out / 'report.html'}\n{NOTE}\n", "")
    change(story, A101, "by: union", "by: unoin")
    assert main(["report", str(out), "--corpus", str(story)]) == 1
    assert len(written) == 1
    assert capsys.readouterr().err.startswith("nothing reported: ")


def test_no_story_is_begun_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "."]) == 1
    assert capsys.readouterr().err.startswith("no story made: . is not empty, or is where you stand")
    assert list(tmp_path.iterdir()) == []


def replace_all(root: Path, old: str, new: str) -> None:
    for path in (root / "annotations").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_story_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root, text = tmp_path / "story", tmp_path / "104_new.txt"
    text.write_text("The Gazette reported last autumn that nine boats sank.\n", encoding="utf-8")
    assert main(["new", str(root)]) == 0
    monkeypatch.chdir(root)
    assert main(["check"]) == 0
    assert main(["add", str(text), "--corpus", ".", "--published", "2023-11-20"]) == 0
    assert " ".join(capsys.readouterr().out.split()).endswith("seeds/104_new.txt, seeds/SHA256SUMS")
    assert main(["check"]) == 1
    shown = capsys.readouterr()
    assert {line.split("confirmed; ")[-1] for line in shown.err.splitlines()} == {
        "read all of it, own_voice too, then remove this line",
        *(
            f"read the entry, correct it, and {right}"
            for right in (
                "give its certainty: high or probable",
                "give its certainty: explicit, carried-over or inferred",
                "name whom it means; if another entry names them, cite that one",
                "say of what, and in state and period what is the case and when, or remove this",
                "say this anew",
            )
        ),
    }
    replace_all(root, "certainty: draft", "certainty: explicit")
    replace_all(root, "outlet_certainty: explicit", "outlet_certainty: high")
    assert main(["check"]) == 1
    assert "annotations/sources.yaml" in capsys.readouterr().err
    replace_all(root, "Drafted", "Read")
    assert main(["check"]) == 0
    assert load_corpus(root).passages["104/event-last-autumn"].record.stated == "2022-09/2022-11"


HERE = ["--corpus", "."]


@pytest.mark.parametrize(
    ("arguments", "failure"),
    [
        (["new", "."], "no story made: "),
        (["add", "nothing.txt", *HERE], "nothing added: nothing.txt: cannot be read"),
        (["add", "seeds/101_night.txt", *HERE], "nothing added: 101_night.txt: the id '101' is taken"),
        (["add", "seeds/SHA256SUMS", *HERE], "nothing added: SHA256SUMS: has a name that gives no id"),
        (
            ["add", "A1 Boats_night.txt", *HERE],
            "nothing added: A1 Boats_night.txt: has a name that gives no id; "
            "name it ID.txt or ID_anything.txt, such as a1-boats.txt; ID: ",
        ),
        (
            ["add", "104.txt", *HERE, "--published", "2025-02-30"],
            "nothing added: --published: '2025-02-30' is no EDTF date; write a day that exists",
        ),
    ],
)
def test_what_cannot_be_begun_or_added_is_said(
    story: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    failure: str,
) -> None:
    (story / "104.txt").write_text("Boats sank.\n", encoding="utf-8")
    monkeypatch.chdir(story)
    assert main(arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(failure)


@pytest.mark.parametrize("command", ["export", "report"])
def test_a_story_without_articles_is_sound_but_gives_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    root, out = tmp_path / "story", tmp_path / "out"
    main(["new", str(root)])
    capsys.readouterr()
    assert main(["check", "--corpus", str(root)]) == 0
    assert capsys.readouterr().out == "no problems; the story has no article yet\n"
    assert main([command, str(out), "--corpus", str(root)]) == 1
    assert capsys.readouterr().err.endswith("seeds: holds no article; add one with `add`\n")
    assert not out.exists()


def schemas(folder: Path) -> dict[str, Any]:
    assert main(["schema", str(folder)]) == 0
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
    }


def test_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = schemas(tmp_path)
    registers = ["adjudication", "claims", "context", "issues", "judgements", "sources"]
    assert sorted(written) == sorted([*registers, "article"])
    assert capsys.readouterr().out == f"{tmp_path}: 7 schemas\n"
    for schema in written.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_schemas_go_into_a_new_folder_or_nowhere(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path / "new")]) == 0
    assert (tmp_path / "new/article.schema.json").exists()
    (tmp_path / "file").touch()
    assert main(["schema", str(tmp_path / "file/new")]) == 1


def fits(schema: Any, text: str) -> bool:
    value = yaml.safe_load(text)
    return bool(jsonschema.Draft202012Validator(schema).is_valid(json.loads(json.dumps(value, default=str))))


AGREE = [
    pytest.param(A101, "cue: citing", "cue: [citing]", True, id="list of words"),
    pytest.param(A101, "cue: citing", "cue: {exact: citing, prefix: 'd, '}", True, id="selector"),
    pytest.param(A101, "cue: citing", "cue: {exact: citing, prefx: 'd, '}", False, id="misspelt prefix"),
    pytest.param(A101, "cue: citing", "cue: {prefix: citing}", False, id="selector without words"),
    pytest.param(A101, "cue: citing", "cue: ''", False, id="no words in a selector"),
    pytest.param(A101, "cue: citing", "cues: citing", False, id="unknown field"),
    pytest.param(A101, "form: document", "form: documents", False, id="value not listed"),
    pytest.param(
        A101, "    content: At least nine of", "    contents: At least nine of", False, id="no content"
    ),
    pytest.param(
        A101,
        "    content: At least nine of the 14 boats were damaged last autumn",
        "    content: []",
        False,
        id="empty content",
    ),
    pytest.param(A101, "    value: 9", "    value: [8, 9]", True, id="range"),
    pytest.param(A101, "    value: 9", "    value: nine", False, id="value in words"),
    pytest.param(A101, "    value: 9\n", "", False, id="no value"),
    pytest.param(A101, "- id: port-office", "- id: Port Office", False, id="id of two words"),
    pytest.param(A101, "stated: 2022-09/2022-11", "stated: last autumn", False, id="date in words"),
    pytest.param(A102, "status: negated", "status: denied", False, id="status not listed"),
    pytest.param(SOURCES, "size: {low: 4}", "size: {low: -4}", False, id="less than nobody"),
    pytest.param(CLAIMS, "severity: 3", "severity: 4", False, id="severity beyond three"),
    pytest.param(CLAIMS, "      103: null\n    variants:", "      103: ~\n    variants:", True, id="null"),
    pytest.param(ISSUES, "side: port", "side: The Port", False, id="side of two words"),
    pytest.param(
        CONTEXT, "values: {times: 5}", "values: {times: five}", False, id="value of a fact in words"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "good"), AGREE)
def test_schema_and_loading_agree(
    story: Path, tmp_path: Path, file: str, old: str, new: str, good: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    change(story, file, old, new)
    folder = tmp_path / "schemas"
    folder.mkdir()
    name = {SOURCES: "sources", CLAIMS: "claims", ISSUES: "issues", CONTEXT: "context"}.get(file, "article")
    assert fits(schemas(folder)[name], (story / file).read_text(encoding="utf-8")) is good
    main(["check", "--corpus", str(story)])
    unreadable = (
        "valid",
        "should",
        "no field here",
        "is none of",
        "required",
        "is not in the right form",
        "at least 1",
        "than or equal",
    )
    shown = capsys.readouterr().err
    assert any(word in shown.lower() for word in unreadable) is not good


def test_every_file_of_the_story_fits_its_schema(tmp_path: Path) -> None:
    written = schemas(tmp_path)
    for file, text in FILES.items():
        if file.endswith(".yaml"):
            name = Path(file).stem
            assert fits(written[name if name in written else "article"], text), file


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["export"],
        ["schema"],
        ["new"],
        ["add"],
        ["add", "104.txt"],
        ["check", "extra"],
        ["check", "--nothing"],
    ],
    ids=[
        "no command",
        "unknown",
        "export where",
        "schema where",
        "new where",
        "add what",
        "add where",
        "too much",
        "unknown option",
    ],
)
def test_a_wrong_call_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m retold")


def test_the_module_runs(story: Path) -> None:
    command = [sys.executable, "-m", "retold", "check", "--corpus", str(story)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "no problems\n", "")
