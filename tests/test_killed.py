"""Kill exports, builds and acceptances at every step, or let a step fail: what was there stays whole."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from retold import Corpus
from retold_book import __main__ as command
from retold_book.__main__ import build
from retold_book.downloads import release
from retold_export.export import export
from retold_run.acceptance import accept
from retold_run.execution import executed_copy, inputs_hash, write_notebook
from test_execution import book, code, keyed, stored

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

Work = Callable[[], object]
End = Literal["killed", "failed"]
ENDS: tuple[End, ...] = ("killed", "failed")
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def is_change(event: str, arguments: tuple[Any, ...]) -> bool:
    """Return whether an audited event is about to change files."""
    return event in CHANGES or (event == "open" and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR)))


def ended(step: int, end: End, work: Work) -> bool:
    """Do the work in a process that ends before its change number ``step``; return whether it did."""
    if (child := os.fork()) == 0:
        steps, reached = itertools.count(), []

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            if is_change(event, arguments) and next(steps) == step:
                reached.append(event)
                if end == "killed":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError("disk full")

        with suppress(OSError):
            sys.addaudithook(watch)
            work()
        os._exit(bool(reached))
    _, status = os.waitpid(child, 0)
    return status != 0


def at_each_step(end: End, prepare: Work, work: Work) -> Iterator[None]:
    """Yield each time the work, which is prepared anew, has ended at another of its steps."""
    for step in itertools.count():
        prepare()
        if not ended(step, end, work):
            assert step > 2, "nothing is written"
            return
        yield


def contents(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file under a folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def standing(folder: Path) -> dict[str, bytes]:
    """Return what stands in a folder or, while it is exchanged, beside it."""
    return contents(folder if folder.exists() else folder.with_name(f".{folder.name}.earlier"))


@pytest.mark.parametrize("end", ENDS)
def test_an_export_is_the_earlier_or_the_new_one(corpus: Corpus, tmp_path: Path, end: End) -> None:
    old, new, out = (tmp_path / name for name in ("old", "new", "out"))
    export(corpus, old)
    export(corpus, new, note="A note.")
    wanted = (contents(old), contents(new))
    for _ in at_each_step(end, lambda: export(corpus, out), lambda: export(corpus, out, note="A note.")):
        assert standing(out) in wanted
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old", "out"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that builds a book of the words given, without Sphinx."""
    for name in ("EDITION", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "CITATION.cff").write_text("version: 1.2.3\ndate-released: 2024-01-02\n", encoding="utf-8")
    monkeypatch.setattr(command, "execute", lambda root: None)
    words = ""

    def run(line: list[str], **options: Any) -> object:
        folder = Path(line[line.index("--path-output") + 1], "_build")
        for name in ("html/index.html", "html/deep/a.html", "typst/book.pdf", ".doctrees/a"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(words, encoding="utf-8")
        return SimpleNamespace(returncode=0, stdout="", stderr="")

    def make(given: str) -> None:
        nonlocal words
        words = given
        build(tmp_path, ["pdf", "html"])

    monkeypatch.setattr(subprocess, "run", run)
    return make


PAGES = {"html": {"index.html", "deep/a.html"}, "typst": {"book.pdf"}}


@pytest.mark.parametrize("end", ENDS)
def test_a_book_is_the_earlier_or_the_new_one(site: Callable[[str], None], tmp_path: Path, end: End) -> None:
    for _ in at_each_step(end, lambda: site("old"), lambda: site("new")):
        for folder, names in PAGES.items():
            found = standing(tmp_path / "_build" / folder)
            assert set(found) == names
            assert set(found.values()) in ({b"old"}, {b"new"})


@pytest.mark.parametrize("end", ENDS)
def test_a_release_is_the_earlier_or_the_new_one(
    site: Callable[[str], None], tmp_path: Path, end: End
) -> None:
    made = {}
    for words in ("new", "old"):
        site(words)
        made[words] = release(tmp_path).read_bytes()
    archive = release(tmp_path)
    site("new")
    for _ in at_each_step(end, lambda: archive.write_bytes(made["old"]), lambda: release(tmp_path)):
        assert archive.read_bytes() in made.values()


@pytest.mark.parametrize("end", ENDS)
def test_each_accepted_notebook_is_the_earlier_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: End
) -> None:
    monkeypatch.setattr("retold_run.acceptance.execute", lambda root: None)
    paths = [tmp_path / f"chapters/{name}.ipynb" for name in ("boats", "crews", "deep/boats")]
    old, new = (book(code("a", stored("k", value))) for value in (1, 2))

    def prepare() -> None:
        for path in paths:
            write_notebook(path, keyed(old, "before"))

    prepare()
    before = {path: path.read_bytes() for path in paths}
    for path in paths:
        write_notebook(executed_copy(tmp_path, path), keyed(new, inputs_hash(tmp_path)))
    after = {path: executed_copy(tmp_path, path).read_bytes() for path in paths}
    for _ in at_each_step(end, prepare, lambda: accept(tmp_path)):
        found = {path: path.read_bytes() for path in paths}
        assert all(found[path] in (before[path], after[path]) for path in paths)
        assert end == "killed" or found in (before, after)
        accept(tmp_path)
        assert {path: path.read_bytes() for path in paths} == after
        assert len(list((tmp_path / "chapters").rglob("*.*"))) == len(paths)
