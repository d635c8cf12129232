"""Tell which outputs are current, without running anything."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from retold_run.execution import (
    BuildError,
    current_notebook,
    execute,
    executed_copy,
    find_notebooks,
    inputs_hash,
    load_told,
    outputs_key,
    recorded_key,
    write_notebook,
)
from retold_run.told import RECORD, ToldError

Notebook = dict[str, Any]
INPUTS = {
    "lib/retold/text.py": "def a(): ...",
    "lib/retold/deep/er.py": "b = 1",
    "lib/retold_run/telling.py": "c = 1",
    "lib/retold_run/told.py": "d = 1",
    "lib/retold_draft/lexicon.yaml": "cue: said",
    "lib/retold_report/tables.py": "e = 1",
    "lib/retold_book/supposed.py": "f = 1",
    "annotations/101.yaml": "article: {}",
    "seeds/101_a.txt": "One.",
    "seeds/SHA256SUMS": "0",
    "requirements.txt": "pytest==1",
}
OTHERS = {
    "lib/retold_book/cards.py": "d = 1",
    "lib/retold/__pycache__/text.py": "e = 1",
    "annotations/article.schema.json": "{}",
    "chapters/boats.md": "# Boats",
    "tests/test_a.py": "f = 1",
}


def prose(source: str | list[str]) -> Notebook:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str | list[str], *outputs: Notebook, metadata: Notebook | None = None) -> Notebook:
    return {
        "cell_type": "code",
        "metadata": metadata or {},
        "source": source,
        "outputs": list(outputs),
        "execution_count": 1,
    }


def stored(name: str, value: Any) -> Notebook:
    return {
        "output_type": "display_data",
        "data": {RECORD: repr(value)},
        "metadata": {"scrapbook": {"name": name}},
    }


def book(*cells: Notebook, key: str = "") -> Notebook:
    metadata = {"retold": {"key": key}} if key else {}
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that holds every kind of input, and other files."""
    monkeypatch.delenv("EDITION", raising=False)
    for name, text in {**INPUTS, **OTHERS}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("how", ["changed", "removed", "renamed"])
def test_every_input_changes_the_hash(root: Path, name: str, how: str) -> None:
    before, path = inputs_hash(root), root / name
    if how == "changed":
        path.write_bytes(path.read_bytes() + b" ")
    elif how == "removed":
        path.unlink()
    else:
        path.rename(path.with_name("other.py"))
    assert inputs_hash(root) != before


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_else_changes_the_hash(root: Path, name: str) -> None:
    before = inputs_hash(root)
    (root / name).write_text("other", encoding="utf-8")
    assert inputs_hash(root) == before
    (root / name).unlink()
    assert inputs_hash(root) == before


def test_outputs_serve_every_kind_of_edition(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs_hash(root)
    monkeypatch.setenv("EDITION", "excerpt")
    assert inputs_hash(root) == before


SAME = [
    pytest.param(book(prose("other"), code("a"), code("b")), id="prose"),
    pytest.param(book(code("a", stored("k", 1)), code("b")), id="outputs"),
    pytest.param(book(code("a"), code("b"), key="old"), id="recorded key"),
    pytest.param(book(code(["a"]), code(["", "b"])), id="source in lines"),
    pytest.param(book(code("a", metadata={"tags": ["x"]}), code("b")), id="metadata of a cell"),
]
NOT_SAME = [
    pytest.param(book(code("a"), code("c")), id="code"),
    pytest.param(book(code("b"), code("a")), id="order"),
    pytest.param(book(code("ab")), id="cells joined"),
    pytest.param(book(code("a"), code("b"), code("")), id="one cell more"),
    pytest.param(book(code("a")), id="one cell less"),
]


@pytest.mark.parametrize("notebook", SAME)
def test_the_key_does_not_depend_on(notebook: Notebook) -> None:
    assert outputs_key(notebook, "in") == outputs_key(book(code("a"), code("b")), "in")


@pytest.mark.parametrize("notebook", NOT_SAME)
def test_the_key_depends_on(notebook: Notebook) -> None:
    assert outputs_key(notebook, "in") != outputs_key(book(code("a"), code("b")), "in")


def test_the_key_depends_on_the_inputs() -> None:
    assert outputs_key(book(code("a")), "in") != outputs_key(book(code("a")), "out")


@pytest.mark.parametrize(
    ("notebook", "key"),
    [
        pytest.param(book(key="abc"), "abc", id="recorded"),
        pytest.param(book(), "", id="not recorded"),
        pytest.param({"cells": []}, "", id="no metadata"),
    ],
)
def test_recorded_key(notebook: Notebook, key: str) -> None:
    assert recorded_key(notebook) == key


def test_find_notebooks(root: Path) -> None:
    for name in ("b.ipynb", "a.ipynb", "deep/c.ipynb", ".ipynb_checkpoints/a.ipynb", "d.md"):
        (root / "chapters" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "chapters" / name).touch()
    found = [path.relative_to(root).as_posix() for path in find_notebooks(root)]
    assert found == ["chapters/a.ipynb", "chapters/b.ipynb", "chapters/deep/c.ipynb"]


@pytest.fixture
def stage(root: Path) -> Callable[..., Path]:
    """Return a function that writes a committed notebook, and an executed copy if one is given."""

    def write(committed: Notebook, executed: Notebook | None = None) -> Path:
        path = root / "chapters/boats.ipynb"
        write_notebook(path, committed)
        if executed:
            write_notebook(executed_copy(root, path), executed)
        return path

    return write


def keyed(notebook: Notebook, inputs: str) -> Notebook:
    made = copy.deepcopy(notebook)
    made["metadata"]["retold"] = {"key": outputs_key(notebook, inputs)}
    return made


OLD = book(prose("new words"), code("a", stored("k", 1)))
NEW = book(prose("old words"), code("a", stored("k", 2)))


def test_a_current_executed_copy_gives_outputs_and_nothing_else(
    root: Path, stage: Callable[..., Path]
) -> None:
    path = stage(OLD, keyed(NEW, "in"))
    found = current_notebook(root, path, "in")
    assert [cell["source"] for cell in found["cells"]] == ["new words", "a"]
    assert found["cells"][1]["outputs"] == NEW["cells"][1]["outputs"]
    assert recorded_key(found) == outputs_key(OLD, "in")


def test_prose_may_come_and_go_since_the_copy_was_executed(root: Path, stage: Callable[..., Path]) -> None:
    cells = [code("a"), prose("between"), code("b"), prose("end")]
    executed = book(prose("x"), code("a", stored("k", 1)), code("b", stored("l", 2)))
    found = current_notebook(root, stage(book(*cells), keyed(executed, "in")), "in")
    assert [len(cell.get("outputs", ())) for cell in found["cells"]] == [1, 0, 1, 0]


def test_notebooks_of_one_name_have_each_a_copy(root: Path) -> None:
    folders = {1: "chapters", 2: "chapters/deep"}
    paths = {value: root / folder / "boats.ipynb" for value, folder in folders.items()}
    for value, path in paths.items():
        write_notebook(path, book(code(f"a = {value}")))
    for value, path in paths.items():
        executed = book(code(f"a = {value}", stored(f"k{value}", value)))
        write_notebook(executed_copy(root, path), keyed(executed, inputs_hash(root)))
    assert load_told(root).values == {"k1": 1, "k2": 2}


CURRENT = [
    pytest.param(keyed(OLD, "in"), None, id="no copy"),
    pytest.param(keyed(OLD, "in"), keyed(NEW, "before"), id="a copy of other inputs"),
    pytest.param(keyed(OLD, "in"), keyed(book(code("z")), "in"), id="a copy of other code"),
    pytest.param(keyed(OLD, "in"), NEW, id="a copy without key"),
]


@pytest.mark.parametrize(("committed", "executed"), CURRENT)
def test_current_committed_outputs_stand_where_no_copy_is_current(
    root: Path, stage: Callable[..., Path], committed: Notebook, executed: Notebook | None
) -> None:
    assert current_notebook(root, stage(committed, executed), "in") == committed


STALE = [
    pytest.param(OLD, None, id="never executed"),
    pytest.param(keyed(OLD, "before"), None, id="other inputs"),
    pytest.param({**OLD, "metadata": keyed(book(code("z")), "in")["metadata"]}, None, id="other code"),
    pytest.param(keyed(OLD, "before"), keyed(NEW, "before"), id="neither is current"),
]


@pytest.mark.parametrize(("committed", "executed"), STALE)
def test_stale_outputs_are_refused_by_name(
    root: Path, stage: Callable[..., Path], committed: Notebook, executed: Notebook | None
) -> None:
    path = stage(committed, executed)
    with pytest.raises(BuildError, match=r"^chapters/boats.ipynb: its outputs do not match"):
        current_notebook(root, path, "in")
    with pytest.raises(BuildError, match=r"^chapters/boats.ipynb: "):
        load_told(root)


def test_code_of_another_notebook_makes_outputs_stale(root: Path, stage: Callable[..., Path]) -> None:
    stage(OLD)
    before = inputs_hash(root)
    write_notebook(root / "chapters/other.ipynb", book(code("b")))
    assert inputs_hash(root) != before


JUDGED = ":::{judgement} nine\n:proof: nine\n\nNine.\n:::"


@pytest.mark.parametrize(
    ("source", "stale"),
    [
        pytest.param(JUDGED.replace("Nine.", "All nine."), False, id="words"),
        pytest.param(JUDGED.replace("proof: nine", "proof: ten"), False, id="proof"),
        pytest.param(JUDGED.replace("} nine", "} ten"), True, id="check"),
        pytest.param(f"{JUDGED}\n\n{JUDGED.replace('} nine', '} ten')}", True, id="one more"),
        pytest.param("", True, id="none left"),
    ],
)
def test_of_prose_the_checks_of_key_judgements_alone_make_outputs_stale(
    root: Path, stage: Callable[..., Path], source: str, stale: bool
) -> None:
    stage(book(prose(JUDGED), code("a")))
    before = inputs_hash(root)
    stage(book(prose(source), code("a")))
    assert (inputs_hash(root) != before) is stale


def test_load_told(root: Path, stage: Callable[..., Path]) -> None:
    stage(OLD)
    stage(keyed(OLD, inputs_hash(root)))
    told = load_told(root)
    assert (told.values, told.chapter) == ({"k": 1}, {"k": "chapters/boats.ipynb"})


def test_a_notebook_is_written_in_one_way(tmp_path: Path) -> None:
    path = tmp_path / "boats.ipynb"
    write_notebook(path, {"nbformat": 4, "cells": [], "metadata": {"ü": 1}})
    assert path.read_text(encoding="utf-8") == (
        '{\n "cells": [],\n "metadata": {\n  "ü": 1\n },\n "nbformat": 4\n}\n'
    )
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "bad", [{"cells": [object()]}, {"cells": [], "metadata": "\ud800"}], ids=["no JSON", "no UTF-8"]
)
def test_a_notebook_is_written_whole_or_not_at_all(tmp_path: Path, bad: Notebook) -> None:
    path = tmp_path / "boats.ipynb"
    write_notebook(path, OLD)
    with pytest.raises((TypeError, ValueError)):
        write_notebook(path, bad)
    assert json.loads(path.read_text(encoding="utf-8")) == OLD


def test_a_key_that_two_notebooks_tell_stops_the_execution(root: Path) -> None:
    notebook = book(code("tell", stored("nine", 9)))
    for name in ("ark", "eel"):
        write_notebook(root / f"chapters/{name}.ipynb", notebook)
    inputs = inputs_hash(root)
    for path in find_notebooks(root):
        done = {**notebook, "metadata": {"retold": {"key": outputs_key(notebook, inputs)}}}
        write_notebook(executed_copy(root, path), done)
    with pytest.raises(ToldError, match="'nine' is told already"):
        execute(root)
