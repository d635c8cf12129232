"""Tell which outputs are current, what changed, and what must stop a build, without running anything."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from retold.tables import MIME, Cell, table
from retold_book.acceptance import changes, table_data, values
from retold_book.execution import (
    BuildError,
    current_notebook,
    executed_copy,
    find_notebooks,
    inputs_hash,
    load_told,
    outputs_key,
    recorded_key,
    write_notebook,
)
from retold_book.findings import find_faults, find_sentence
from retold_book.told import RECORD

Notebook = dict[str, Any]
INPUTS = {
    "lib/retold/text.py": "def a(): ...",
    "lib/retold/deep/er.py": "b = 1",
    "lib/retold_book/telling.py": "c = 1",
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


def test_the_kind_of_edition_changes_the_hash(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs_hash(root)
    monkeypatch.setenv("EDITION", "full")
    assert inputs_hash(root) == before
    monkeypatch.setenv("EDITION", "short")
    assert inputs_hash(root) != before


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
    for folder, value in (("chapters", 1), ("chapters/deep", 2)):
        path = root / folder / "boats.ipynb"
        committed = book(code(f"a = {value}"))
        write_notebook(path, committed)
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
    with pytest.raises(BuildError, match=r"^chapters/boats.ipynb: its stored outputs do not match"):
        current_notebook(root, path, "in")
    with pytest.raises(BuildError, match=r"^chapters/boats.ipynb: "):
        load_told(root)


def test_load_told(root: Path, stage: Callable[..., Path]) -> None:
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


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param({}, {}, [], id="nothing"),
        pytest.param({"k": 1}, {"k": 1}, [], id="the same"),
        pytest.param({"k": 1}, {"k": 2}, ["b k: 1 → 2"], id="another value"),
        pytest.param({"k": 1}, {"k": "1"}, ["b k: 1 → '1'"], id="another kind"),
        pytest.param({"k": 9}, {"k": 9.0}, ["b k: 9 → 9.0"], id="shown otherwise"),
        pytest.param({}, {"k": 1}, ["b k: 'nothing' → 1"], id="new"),
        pytest.param({"k": 1}, {}, ["b k: 1 → 'nothing'"], id="gone"),
        pytest.param(
            {"a.evidence": "x"}, {"a.evidence": "x y"}, ["b a.evidence: 'x' → 'x y'"], id="evidence"
        ),
        pytest.param(
            {"k": 1, "l": 1},
            {"m": 1, "l": 2},
            ["b k: 1 → 'nothing'", "b l: 1 → 2", "b m: 'nothing' → 1"],
            id="several",
        ),
    ],
)
def test_changes(old: dict[str, Any], new: dict[str, Any], lines: list[str]) -> None:
    assert list(changes("b", old, new)) == lines


BOATS = table("boats", "Boats", ["Boat", "Age"], [["Ark", 9], ["Eel", (Cell("2"), Cell("3", ("101/dusk",)))]])
SHOWN = {
    "tab-boats row 1, Boat": "Ark",
    "tab-boats row 1, Age": "9",
    "tab-boats row 2, Boat": "Eel",
    "tab-boats row 2, Age": "2; 3",
}


def in_lines(text: str) -> list[str]:
    return [text[:7], text[7:]]


STORED = [
    pytest.param(BOATS._repr_mimebundle_()[MIME], id="text"),
    pytest.param(in_lines(BOATS._repr_mimebundle_()[MIME]), id="lines"),
    pytest.param(BOATS.to_data(), id="data"),
]


@pytest.mark.parametrize("data", STORED)
def test_tables_are_read_however_they_are_stored(data: Any) -> None:
    assert table_data(data) == BOATS.to_data()


@pytest.mark.parametrize("data", STORED)
def test_values_are_what_is_told_and_what_tables_show(data: Any) -> None:
    shown = {"output_type": "display_data", "data": {MIME: data, "text/plain": "x"}, "metadata": {}}
    notebook = book(prose("a"), code("a", stored("k", 1)), code("b", shown))
    assert dict(values(notebook)) == {"k": 1, **SHOWN}


ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "'k'", "traceback": []}
WARNING = {"output_type": "stream", "name": "stderr", "text": ["Careful", "!\n"]}
WORDS = {"output_type": "stream", "name": "stdout", "text": "fine"}
FALSE = stored("one-root.holds", False)


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        pytest.param([], [], id="no cells"),
        pytest.param([prose("a"), code("a", WORDS, stored("one-root.holds", True))], [], id="all is well"),
        pytest.param([prose("a"), code("a", WORDS, ERROR)], ["b, cell 1: KeyError: 'k'"], id="error"),
        pytest.param([code("a", WARNING)], ["b, cell 0: writes to stderr: Careful!"], id="words on stderr"),
        pytest.param(
            [prose("(one-root)=\n# One root"), code("a", FALSE)],
            ["b: “One root” no longer holds (check 'one-root')"],
            id="finding",
        ),
        pytest.param(
            [code("a", FALSE)],
            ["b: “the finding one-root” no longer holds (check 'one-root')"],
            id="finding that no page states",
        ),
        pytest.param([code("a", stored("holds", False))], [], id="a value called holds"),
        pytest.param(
            [code("a", ERROR), code("a", WARNING), code("a", FALSE)],
            ["b, cell 0: ", "b, cell 1: ", "b: “the finding"],
            id="every fault",
        ),
    ],
)
def test_find_faults(cells: list[Notebook], lines: list[str]) -> None:
    found = list(find_faults("b", book(*cells)))
    assert len(found) == len(lines)
    assert all(each.startswith(line) for each, line in zip(found, lines, strict=True))


def test_a_finding_is_given_in_the_words_of_the_chapter_that_states_it() -> None:
    others = [book(prose("# Other")), book(prose("(one-root)=\n# One root"))]
    [line] = find_faults("b", book(code("a", FALSE)), others)
    assert line == "b: “One root” no longer holds (check 'one-root')"


def test_a_finding_is_given_in_the_words_of_its_own_chapter_first() -> None:
    own = book(prose("(one-root)=\n# Mine"), code("a", FALSE))
    [line] = find_faults("b", own, [book(prose("(one-root)=\n# Other"))])
    assert line.startswith("b: “Mine”")


def test_words_on_stderr_are_cut() -> None:
    long = {**WARNING, "text": "x" * 9999}
    [line] = find_faults("b", book(code("a", long)))
    assert line == "b, cell 0: writes to stderr: " + "x" * 300


FIGURE = {"mystnb": {"figure": {"name": "fig-one-root", "caption": "One\n root."}}}
JUDGEMENT = ":::{judgement} one-root\n:proof: roots\n\nOne root, no more.\n\nConfidence: high.\n:::"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        pytest.param([prose("(one-root)=\n## One root")], "One root", id="heading"),
        pytest.param(
            [prose(["(one-root)=\n", "\n", "# One root\n"])], "One root", id="in lines, blank between"
        ),
        pytest.param([prose("Words."), prose("(one-root)=\n# One root")], "One root", id="second cell"),
        pytest.param([code("a", metadata=FIGURE)], "One root.", id="caption"),
        pytest.param([prose(JUDGEMENT)], "One root, no more.", id="judgement"),
        pytest.param([prose("(one-root-more)=\n# Other")], "", id="longer label"),
        pytest.param([prose(JUDGEMENT.replace("one-root", "one-root-more"))], "", id="longer check"),
        pytest.param([prose("(one-root)=\nWords.")], "", id="no heading"),
        pytest.param([code("(one-root)=\n# Other")], "", id="code"),
        pytest.param([], "", id="not here"),
    ],
)
def test_find_sentence(cells: list[Notebook], sentence: str) -> None:
    assert find_sentence("one-root", book(*cells)) == sentence


def test_a_label_is_no_pattern() -> None:
    assert find_sentence("one.root", book(prose("(oneXroot)=\n# Other"))) == ""
