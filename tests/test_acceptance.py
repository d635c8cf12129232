"""Store new outputs, and print each value that is no longer the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from retold_report.tables import MIME, Cell, Table, table
from retold_run.acceptance import accept, changes, table_data
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
        pytest.param({}, {"k": "nothing"}, ["b k: 'nothing' → 'nothing'"], id="new, and nothing"),
        pytest.param({"k": 1}, {}, ["b k: 1 → 'nothing'"], id="gone"),
        pytest.param(
            {"a.evidence": "x"}, {"a.evidence": "x y"}, ["b a.evidence: 'nothing' → 'y'"], id="evidence"
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
    before, after = (book(code("a", *(stored(*each) for each in told.items()))) for told in (old, new))
    assert list(changes("b", before, after)) == lines


BOATS = table("boats", "Boats", ["Boat", "Age"], [["Ark", 9], ["Eel", (Cell("2"), Cell("3", ("101/dusk",)))]])


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


def shown(made: Table) -> Notebook:
    data = {MIME: made._repr_mimebundle_()[MIME], "text/plain": "x"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def boats(*rows: list[Any], columns: Sequence[str] = ("Boat", "Age")) -> Table:
    return table("boats", "Boats", list(columns), list(rows))


def drawn(svg: str) -> Notebook:
    metadata = {"mystnb": {"figure": {"name": "fig-sail"}}}
    output = {"output_type": "display_data", "data": {"image/svg+xml": svg}, "metadata": {}}
    return {**code("f", output), "metadata": metadata}


ARK, EEL, GULL = ["Ark", 9], ["Eel", 2], ["Gull", 4]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param([ARK, EEL], [ARK, EEL], [], id="the same"),
        pytest.param(
            [ARK, ["Eel", "2; 5; 7"]],
            [ARK, ["Eel", "3; 5; 8; 9"]],
            [", Eel, Age: '2' → '3', '7' → '8; 9'"],
            id="parts of a cell",
        ),
        pytest.param(
            [ARK, ["Eel", "2; 5"]],
            [ARK, ["Eel", "5; 2"]],
            [", Eel, Age: in another order"],
            id="order",
        ),
        pytest.param([ARK, EEL], [ARK, ["Eel", 3]], [", Eel, Age: '2' → '3'"], id="a cell"),
        pytest.param([ARK, GULL], [ARK, EEL, GULL], [", row added: Eel | 2"], id="a row more"),
        pytest.param([ARK, EEL, GULL], [ARK, GULL], [", row gone: Eel | 2"], id="a row less"),
        pytest.param(
            [ARK, GULL], [EEL, ["Ark", 8], GULL], [", Ark, Age: '9' → '8'", ", row added: Eel | 2"], id="both"
        ),
        pytest.param([ARK], [EEL], [", row gone: Ark | 9", ", row added: Eel | 2"], id="another row"),
        pytest.param([ARK, EEL, GULL], [EEL, GULL, ARK], [", row moved: Ark | 9"], id="a row elsewhere"),
        pytest.param([ARK], [["Emu", 9]], [", Ark, Boat: 'Ark' → 'Emu'"], id="another name"),
        pytest.param([], [ARK], [", row added: Ark | 9"], id="a new table"),
        pytest.param([ARK, ARK], [["Ark", 8]] * 2, [", Ark, Age: '9' → '8' (2 rows)"], id="alike"),
    ],
)
def test_rows_are_matched_by_what_they_show(
    old: list[list[Any]], new: list[list[Any]], lines: list[str]
) -> None:
    before, after = (book(code("a", shown(boats(*rows)))) for rows in (old, new))
    assert list(changes("b", before, after)) == [f"b tab-boats{line}" for line in lines]


def test_a_row_is_the_same_by_its_first_cell_whatever_else_changes() -> None:
    columns = ["Boat", "Age", "Port"]
    before = book(code("a", shown(boats(["Ark", 9, "Elm"], columns=columns))))
    after = book(code("a", shown(boats(["Ark", 8, "Oak"], columns=columns))))
    assert list(changes("b", before, after)) == [
        "b tab-boats, Ark, Age: '9' → '8'",
        "b tab-boats, Ark, Port: 'Elm' → 'Oak'",
    ]


def test_figures_without_names_are_told_apart() -> None:
    one, two, other = ({**drawn(f"<svg>{each}</svg>"), "metadata": {}} for each in ("1", "2", "3"))
    assert list(changes("b", book(one, two), book(other, two))) == [
        "b figure 1, without a name: drawn otherwise"
    ]


def test_a_column_less_is_told_row_by_row() -> None:
    before = book(code("a", shown(boats(ARK, EEL))))
    after = book(code("a", shown(boats(["Ark"], ["Eel"], columns=["Boat"]))))
    assert list(changes("b", before, after)) == [
        "b tab-boats, Ark, Age: '9' → 'nothing'",
        "b tab-boats, Eel, Age: '2' → 'nothing'",
    ]


@pytest.mark.parametrize("data", STORED)
def test_tables_of_a_notebook_are_read_however_they_are_stored(data: Any) -> None:
    output = {"output_type": "display_data", "data": {MIME: data, "text/plain": "x"}, "metadata": {}}
    notebook = book(prose("a"), code("a", stored("k", 1)), code("b", output))
    assert list(changes("b", book(code("a", shown(BOATS), stored("k", 1))), notebook)) == []
    assert len(list(changes("b", book(), notebook))) == 1 + len(BOATS.rows)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param("<svg/>", "<svg/>", [], id="the same"),
        pytest.param("<svg/>", "<svg a=''/>", ["b fig-sail: drawn otherwise"], id="drawn otherwise"),
    ],
)
def test_figures(old: str, new: str, lines: list[str]) -> None:
    assert list(changes("b", book(drawn(old)), book(drawn(new)))) == lines


def test_a_figure_may_have_no_name_yet() -> None:
    nameless = {**drawn("<svg/>"), "metadata": {}}
    assert list(changes("b", book(), book(nameless))) == ["b figure 1, without a name: drawn otherwise"]


BEFORE = book(prose("old words"), code("a", stored("k", 1), shown(boats(ARK))))
AFTER = book(prose("of the copy"), code("a", stored("k", 1), stored("l", "new"), shown(boats(["Ark", 8]))))
LINES = ["boats.ipynb l: 'nothing' → 'new'", "boats.ipynb tab-boats, Ark, Age: '9' → '8'"]
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
        "2 changes in boats.ipynb; outputs stored in chapters/",
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
    assert capsys.readouterr().out == "0 changes; outputs stored in chapters/\n"
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


def test_every_notebook_that_shows_a_change_is_named_once(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    execute({"boats": AFTER, "crews": book(code("c", stored("m", 4)))})
    accept(root)
    assert printed(capsys)[-1] == "3 changes in boats.ipynb, crews.ipynb; outputs stored in chapters/"


def test_one_changed_value_is_counted_as_one(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    execute({"boats": BEFORE, "crews": book(code("c", stored("m", 4)))})
    accept(root)
    assert printed(capsys) == [
        "crews.ipynb m: 3 → 4",
        "1 change in crews.ipynb; outputs stored in chapters/",
    ]


def test_two_notebooks_of_one_name_are_told_apart(
    root: Path, execute: Execute, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(root / "chapters/deep/boats.ipynb", keyed(book(code("d", stored("n", 5))), "before"))
    execute({"boats": BEFORE, "crews": CREWS, "deep/boats": book(code("d", stored("n", 6)))})
    accept(root)
    assert "deep/boats.ipynb n: 5 → 6" in capsys.readouterr().out
