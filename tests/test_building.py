"""Run the building commands without building: what they start, say, remove and return."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from retold.problems import DocumentError, Problem
from retold_book import __main__ as command
from retold_book.__main__ import _faults, build, main
from retold_book.book import TEXTS
from retold_run.execution import BuildError
from retold_run.told import ToldError

HEAD = 'Traceback (most recent call last):\n  File "events.py", line 9, in emit\n    raise\n'
REFUSED = f"{HEAD}sphinx.errors.ExtensionError: the book cannot be built:\na.yaml:3: x; y\nb.yaml:4: z\n"
WRAPPED = (
    f"{REFUSED}\nThe above exception was the direct cause of the following exception:\n\n"
    f"{HEAD}RuntimeError: There was an error in building your book.\n"
)
OURS = "the book cannot be built:\na.yaml:3: x; y\nb.yaml:4: z"
WARNED = "reading\n/book/a.md:3: WARNING: undefined label: 'x'\nwriting\n/book/b.md:4: ERROR: {told}: none\n"
WARNINGS = ["/book/a.md:3: WARNING: undefined label: 'x'", "/book/b.md:4: ERROR: {told}: none"]


def in_colour(log: str) -> str:
    return "".join(f"\x1b[31;01m{line}\x1b[39;49;00m\n" for line in log.splitlines())


@pytest.mark.parametrize(
    ("log", "faults"),
    [
        pytest.param(REFUSED, OURS, id="our refusal"),
        pytest.param(WRAPPED, OURS, id="our refusal, raised again"),
        pytest.param(REFUSED + HEAD, OURS, id="our refusal, another trace below"),
        pytest.param(WARNED + WRAPPED, OURS, id="our refusal before warnings"),
        pytest.param("ExtensionError: no\n", "no", id="our refusal, no module named"),
        pytest.param(WARNED, "\n".join(WARNINGS), id="warnings"),
        pytest.param(WARNED * 3, "\n".join(WARNINGS), id="warnings that are repeated"),
        pytest.param(in_colour(WARNED), "\n".join(WARNINGS), id="coloured warnings"),
        pytest.param(in_colour(REFUSED), OURS, id="a coloured refusal"),
        pytest.param("one\ntwo\n", "one\ntwo", id="neither"),
        pytest.param(f"{HEAD}KeyError: 'x'\n", f"{HEAD}KeyError: 'x'", id="a crash of something else"),
        pytest.param(
            "see ExtensionError: none here\nend", "see ExtensionError: none here\nend", id="mentioned"
        ),
        pytest.param("", "", id="an empty log"),
    ],
)
def test_faults_of_a_log(log: str, faults: str) -> None:
    assert _faults(log).strip() == faults


def test_the_end_of_a_log_is_its_end() -> None:
    assert _faults("a" * 5000 + "b" * 2000) == "b" * 2000


def test_a_long_refusal_is_cut_at_its_end() -> None:
    assert _faults(f"ExtensionError: {'a' * 2000}{'b' * 2000}") == "a" * 2000


COMMANDS = {
    "book": "execute what changed, then write pdf and html",
    "html": "execute what changed, then write html",
    "pdf": "execute what changed, then write pdf",
    "accept": "store new outputs in chapters/; print what changed",
    "release": "pack the built HTML, PDF and exports into dist/",
}


def helped(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what asking for help prints, in one line."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    shown = capsys.readouterr()
    assert (ended.value.code, shown.err) == (0, "")
    return " ".join(shown.out.split())


def test_help_names_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = helped(["--help"], capsys)
    assert shown.startswith("usage: python -m retold_book [-h] COMMAND")
    assert command.__doc__ is not None
    assert command.__doc__.strip() in shown
    places = [shown.index(f"{name} {words}") for name, words in COMMANDS.items()]
    assert places == sorted(places)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert helped([name, "--help"], capsys).startswith(f"usage: python -m retold_book {name} [-h]")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_says_what_it_does(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert COMMANDS[name] in helped([name, "--help"], capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["bind"], id="unknown command"),
        pytest.param(["book", "html"], id="two commands"),
        pytest.param(["html", "--fast"], id="unknown option"),
    ],
)
def test_a_command_line_that_cannot_be_read(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (2, "")
    assert shown.err.startswith("usage: python -m retold_book")


STARTS = [
    pytest.param("book", "build", (Path(), ["pdf", "html"]), id="PDF first, then the pages that offer it"),
    pytest.param("html", "build", (Path(), ["html"]), id="html"),
    pytest.param("pdf", "build", (Path(), ["pdf"]), id="pdf"),
    pytest.param("accept", "accept", (Path(),), id="accept"),
    pytest.param("release", "release", (Path(),), id="release"),
]


@pytest.mark.parametrize(("name", "function", "given"), STARTS)
def test_a_command_starts_its_function(
    monkeypatch: pytest.MonkeyPatch, name: str, function: str, given: tuple[Any, ...]
) -> None:
    started: list[tuple[str, tuple[Any, ...]]] = []
    for each in ("build", "accept", "release"):
        monkeypatch.setattr(command, each, lambda *got, each=each: started.append((each, got)))
    assert main([name]) == 0
    assert started == [(function, given)]


@pytest.mark.parametrize("kind", TEXTS)
def test_a_release_says_where_it_is_and_whose_texts_it_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    monkeypatch.setenv("EDITION", kind)
    monkeypatch.setattr(command, "release", lambda root: root / "dist/a.zip")
    assert main(["release"]) == 0
    assert capsys.readouterr() == (f"dist/a.zip\n{TEXTS[kind]}\n", "")


ERRORS = [
    pytest.param(BuildError("a cell fails"), "a cell fails", id="build"),
    pytest.param(ToldError("told twice"), "told twice", id="told"),
    pytest.param(
        DocumentError([Problem("a.yaml", 3, "articles[0]", "is wrong", "make it right")]),
        "a.yaml:3: articles[0]: is wrong; make it right",
        id="document",
    ),
]


def failing(error: BaseException) -> Callable[..., None]:
    def fail(*given: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(("error", "words"), ERRORS)
@pytest.mark.parametrize(("name", "function", "given"), STARTS)
def test_a_fault_of_the_book_gives_one_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    function: str,
    given: tuple[Any, ...],
    error: Exception,
    words: str,
) -> None:
    monkeypatch.setattr(command, function, failing(error))
    assert main([name]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("\nstopped: ")
    assert shown.err.rstrip().endswith(words)


@pytest.mark.parametrize(
    "error", [KeyError("x"), KeyboardInterrupt()], ids=["a fault of ours", "interrupted"]
)
def test_any_other_fault_is_not_hidden(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setattr(command, "build", failing(error))
    with pytest.raises(type(error)):
        main(["html"])


@pytest.mark.parametrize("name", ["book", "html", "pdf", "accept", "release"])
def test_a_folder_that_holds_no_book_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([name]) == 1
    assert capsys.readouterr().err.startswith("\nstopped: ")


MADE = {"html": ["html/index.html", ".doctrees/a"], "custom": ["typst/book.pdf", ".doctrees/a"]}


class Sphinx:
    """Stand for Jupyter Book: keep what is run and what was there before, write, and end as told."""

    def __init__(self) -> None:
        self.runs: list[tuple[list[str], dict[str, Any]]] = []
        self.found: list[list[str]] = []
        self.ends = {"html": 0, "custom": 0}
        self.log = WARNED
        self.words = "new"

    def run(self, line: list[str], **options: Any) -> object:
        if line[0] == "git":
            return SimpleNamespace(stdout="")
        self.runs.append((line, options))
        builder = line[line.index("--builder") + 1]
        folder = Path(line[line.index("--path-output") + 1], "_build")
        self.found.append(files(folder))
        for name in MADE[builder]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(self.words, encoding="utf-8")
        return SimpleNamespace(returncode=self.ends[builder], stdout="", stderr=self.log)


def files(folder: Path) -> list[str]:
    """Return the files under a folder, by their paths from there."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


EARLIER = [
    "_build/executed/boats.ipynb",
    "_build/html/gone.html",
    "_build/html/index.html",
    "_build/typst/book.pdf",
    "chapters/boats.md",
]


@pytest.fixture
def sphinx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sphinx:
    """Stand in for Jupyter Book in a folder that holds an earlier build."""
    stand_in = Sphinx()
    for name in ("EDITION", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    for path in EARLIER:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("earlier", encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("version: 1.2.3\ndate-released: 1970-01-02\n", encoding="utf-8")
    monkeypatch.setattr(subprocess, "run", stand_in.run)
    monkeypatch.setattr(command, "execute", lambda root: None)
    return stand_in


@pytest.mark.parametrize(
    ("formats", "builders"),
    [
        pytest.param(["html"], [["html"]], id="html"),
        pytest.param(["pdf"], [["custom", "--custom-builder", "typst"]], id="pdf"),
        pytest.param(["pdf", "html"], [["custom", "--custom-builder", "typst"], ["html"]], id="both"),
        pytest.param([], [], id="none"),
    ],
)
def test_each_format_is_built_in_turn(
    sphinx: Sphinx, tmp_path: Path, formats: list[str], builders: list[list[str]]
) -> None:
    build(tmp_path, formats)
    assert [line[line.index("--builder") + 1 :] for line, _ in sphinx.runs] == builders


def test_a_build_is_strict_steady_and_of_the_folder(sphinx: Sphinx, tmp_path: Path) -> None:
    build(tmp_path, ["html"])
    [(line, options)] = sphinx.runs
    assert (line[:2], line[3:5]) == ([sys.executable, "-c"], ["build", "."])
    assert "jupyter_book" in line[2]
    assert {"-W", "-n", "--keep-going"} <= set(line)
    assert options["cwd"] == tmp_path
    assert {name: options["env"].get(name) for name in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED")} == {
        "SOURCE_DATE_EPOCH": "86400",
        "PYTHONHASHSEED": "0",
    }
    assert set(options["env"]) >= set(os.environ)


@pytest.mark.parametrize(
    ("formats", "told"),
    [
        pytest.param(["html"], ["HTML: _build/html/index.html"], id="html"),
        pytest.param(["pdf"], ["PDF:  _build/typst/book.pdf"], id="pdf"),
    ],
)
def test_a_build_says_where_it_is(
    sphinx: Sphinx, tmp_path: Path, capsys: pytest.CaptureFixture[str], formats: list[str], told: list[str]
) -> None:
    build(tmp_path, formats)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "_build/" in line] == told
    assert lines[-1].startswith("Edition full. This edition shows the five texts whole;")


def test_an_edition_for_publication_is_built_apart(
    sphinx: Sphinx, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITION", "excerpt")
    build(tmp_path, ["html"])
    lines = capsys.readouterr().out.splitlines()
    assert "HTML: _build/excerpt/_build/html/index.html" in lines
    assert lines[-1].startswith("Edition excerpt. This edition shows at most 25 % of the words")


STAGED = "_build/staged/full"


def words(root: Path) -> dict[str, str]:
    """Return what stands in each file of a folder outside Sphinx's own."""
    return {
        name: (root / name).read_text(encoding="utf-8") for name in files(root) if not name.startswith(STAGED)
    }


@pytest.mark.parametrize(
    ("failed", "message", "runs"),
    [
        pytest.param("custom", "the pdf build stopped:", 1, id="the first"),
        pytest.param("html", "the html build stopped:", 2, id="the second"),
    ],
)
def test_a_failed_build_names_its_faults_and_leaves_the_earlier_book(
    sphinx: Sphinx, tmp_path: Path, failed: str, message: str, runs: int
) -> None:
    before = words(tmp_path)
    sphinx.ends[failed] = 1
    with pytest.raises(BuildError) as caught:
        build(tmp_path, ["pdf", "html"])
    assert str(caught.value).splitlines() == [message, *WARNINGS]
    assert len(sphinx.runs) == runs
    assert words(tmp_path) == before


def test_a_failed_build_leaves_nothing_that_hides_its_faults(sphinx: Sphinx, tmp_path: Path) -> None:
    build(tmp_path, ["html"])
    for end in (1, 1, 0, 0):
        sphinx.ends["html"] = end
        with nullcontext() if end == 0 else pytest.raises(BuildError):
            build(tmp_path, ["html"])
    made = sorted(MADE["html"])
    assert sphinx.found == [[], made, [], [], made]


def test_a_built_book_takes_the_place_of_the_earlier_one(sphinx: Sphinx, tmp_path: Path) -> None:
    build(tmp_path, ["pdf", "html"])
    assert words(tmp_path) == {
        "CITATION.cff": "version: 1.2.3\ndate-released: 1970-01-02\n",
        "_build/executed/boats.ipynb": "earlier",
        "_build/html/index.html": "new",
        "_build/typst/book.pdf": "new",
        "chapters/boats.md": "earlier",
    }


def test_one_format_leaves_the_other(sphinx: Sphinx, tmp_path: Path) -> None:
    build(tmp_path, ["html"])
    assert words(tmp_path)["_build/typst/book.pdf"] == "earlier"


def test_what_sphinx_keeps_serves_the_next_build(sphinx: Sphinx, tmp_path: Path) -> None:
    for _ in range(2):
        build(tmp_path, ["pdf", "html"])
    assert sphinx.found[2] == sorted({*MADE["html"], *MADE["custom"]})


def test_each_edition_is_staged_apart(
    sphinx: Sphinx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, ["html"])
    monkeypatch.setenv("EDITION", "excerpt")
    sphinx.words = "excerpt"
    build(tmp_path, ["html"])
    assert sphinx.found == [[], []]
    assert words(tmp_path)["_build/html/index.html"] == "new"
    assert words(tmp_path)["_build/excerpt/_build/html/index.html"] == "excerpt"


def test_nothing_is_built_from_notebooks_that_fail(
    sphinx: Sphinx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "execute", failing(BuildError("a cell fails")))
    with pytest.raises(BuildError, match="a cell fails"):
        build(tmp_path, ["html"])
    assert sphinx.runs == []
