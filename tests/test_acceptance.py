"""Store new outputs, and print each value that is no longer the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from retold_report.tables import MIME, Cell, Table, table
from retold_run.acceptance import accept, changes, table_data, values
from retold_run.execution import (
    BuildError,
    current_notebook,
    executed_copy,
    inputs_hash,
    outputs_key,
    recorded_key,
    write_notebook,
)
from retold_run.told import ToldError, load_notebook
from test_execution import Notebook, book, code, keyed, prose, stored


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


def shown(made: Table) -> Notebook:
    data = {MIME: made._repr_mimebundle_()[MIME], "text/plain": "x"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def test_a_notebook_that_shows_nothing_has_no_values() -> None:
    words = {"output_type": "stream", "name": "stdout", "text": "9"}
    assert dict(values(book(prose("9"), code("a", words), code("b")))) == {}


def boats(age: int) -> Table:
    return table("boats", "Boats", ["Boat", "Age"], [["Ark", age]])


BEFORE = book(prose("old words"), code("a", stored("k", 1), shown(boats(9))))
AFTER = book(prose("of the copy"), code("a", stored("k", 1), stored("l", "new"), shown(boats(8))))
LINES = ["boats.ipynb tab-boats row 1, Age: '9' → '8'", "boats.ipynb l: 'nothing' → 'new'"]
Execute = Callable[..., None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with two notebooks whose stored outputs were made from other inputs."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/101_a.txt").write_text("One.", encoding="utf-8")
    write_notebook(tmp_path / "chapters/boats.ipynb", keyed(BEFORE, "before"))
    write_notebook(tmp_path / "chapters/crews.ipynb", keyed(book(code("c", stored("m", 3))), "before"))
    return tmp_path


@pytest.fixture
def execute(monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Return a function that says what executing gives: a notebook by name, or an error."""

    def give(results: dict[str, Notebook], error: Exception | None = None) -> None:
        def write(root: Path) -> None:
            for name, notebook in results.items():
                path = root / f"chapters/{name}.ipynb"
                write_notebook(executed_copy(root, path), keyed(notebook, inputs_hash(root)))
            if error:
                raise error

        monkeypatch.setattr("retold_run.acceptance.execute", write)

    return give


CREWS = book(code("c", stored("m", 3)))


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.removeprefix("chapters/") for line in capsys.readouterr().out.splitlines()]


def test_accepting_prints_what_changed_and_stores_it(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    execute({"boats": AFTER, "crews": CREWS})
    accept(root)
    assert printed(capsys) == [
        *LINES,
        "2 values changed; outputs stored in chapters/",
    ]
    for name in ("boats", "crews"):
        path = root / f"chapters/{name}.ipynb"
        notebook = load_notebook(path)
        assert notebook == current_notebook(root, path, inputs_hash(root))
        assert recorded_key(notebook) == outputs_key(notebook, inputs_hash(root))


def test_prose_is_kept_and_outputs_are_taken(root: Path, execute: Execute) -> None:
    execute({"boats": AFTER, "crews": CREWS})
    accept(root)
    words, cell = load_notebook(root / "chapters/boats.ipynb")["cells"]
    assert words["source"] == "old words"
    assert cell["outputs"] == AFTER["cells"][1]["outputs"]


def test_accepting_twice_changes_nothing_more(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    execute({"boats": AFTER, "crews": CREWS})
    accept(root)
    capsys.readouterr()
    before = (root / "chapters/boats.ipynb").read_bytes()
    accept(root)
    assert capsys.readouterr().out == "0 values changed; outputs stored in chapters/\n"
    assert (root / "chapters/boats.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("results", "error"),
    [
        pytest.param({}, BuildError("a cell fails"), id="nothing executed"),
        pytest.param({"boats": AFTER, "crews": CREWS}, BuildError("no longer holds"), id="a finding fails"),
        pytest.param({"boats": AFTER, "crews": CREWS}, ToldError("told twice"), id="a key told twice"),
        pytest.param({"boats": AFTER}, None, id="one has no current outputs"),
    ],
)
def test_what_cannot_be_executed_is_not_stored(
    root: Path,
    execute: Execute,
    capsys: pytest.CaptureFixture[str],
    results: dict[str, Notebook],
    error: Exception | None,
) -> None:
    execute(results, error)
    before = [path.read_bytes() for path in sorted(root.glob("chapters/*"))]
    with pytest.raises((BuildError, ToldError)):
        accept(root)
    assert capsys.readouterr().out == ""
    assert [path.read_bytes() for path in sorted(root.glob("chapters/*"))] == before


def test_one_changed_value_is_counted_as_one(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    execute({"boats": BEFORE, "crews": book(code("c", stored("m", 4)))})
    accept(root)
    assert printed(capsys) == [
        "crews.ipynb m: 3 → 4",
        "1 value changed; outputs stored in chapters/",
    ]


@pytest.mark.parametrize("rows", [[["Ark", 9], ["Eel", 2]], [["Ark"]]], ids=["a row more", "a column less"])
def test_a_table_of_another_shape_is_told_cell_by_cell(rows: list[list[Any]]) -> None:
    made = table("boats", "Boats", ["Boat", "Age"][: len(rows[0])], rows)
    old, new = (dict(values(book(code("a", shown(each))))) for each in (boats(9), made))
    [line, *others] = changes("b", old, new)
    assert line in (
        "b tab-boats row 2, Boat: 'nothing' → 'Eel'",
        "b tab-boats row 1, Age: '9' → 'nothing'",
    )
    assert len(others) == len(rows) - 1


def test_two_notebooks_of_one_name_are_told_apart(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(root / "chapters/deep/boats.ipynb", keyed(book(code("d", stored("n", 5))), "before"))
    execute({"boats": BEFORE, "crews": CREWS, "deep/boats": book(code("d", stored("n", 6)))})
    accept(root)
    assert "deep/boats.ipynb n: 5 → 6" in capsys.readouterr().out
