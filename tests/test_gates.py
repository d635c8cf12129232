"""Try every gate on a scratch copy of the project: the build stops, and its message names the place."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from retold_report.tables import MIME
from retold_run.execution import (
    BuildError,
    current_notebook,
    find_notebooks,
    inputs_hash,
)
from retold_run.told import load_notebook, records

ROOT = Path(__file__).parents[1]
NOTEBOOK, PAGE, ANNOTATIONS = "chapters/small.ipynb", "chapters/page.md", "annotations/000.yaml"
BOOK = [sys.executable, "-m", "retold_book"]
HTML, ACCEPT, CHECK = [*BOOK, "html"], [*BOOK, "accept"], [sys.executable, "-m", "retold", "check"]
PLAIN = [str(Path(sys.executable).with_name("jupyter-book")), "build", "."]
Change = Callable[[Path], Any]

CELLS: list[str | list[str]] = [
    "(small)=\n# Small",
    [
        "from retold import load_corpus",
        "from retold.provenance import chain",
        "from retold_report.tables import table, where",
        "from retold_book import holds, tell",
    ],
    "(nine-is-printed)=\n## The article prints the number it is known for",
    ['corpus = load_corpus("..")', 'tell("damaged", 9, evidence=["000/at-least-nine"])'],
    "Who says so?",
    [
        'who = " > ".join(chain(corpus, corpus.passages["000/at-least-nine"]))',
        'tell("who_says_nine", who, evidence=["000/at-least-nine", "000/refineries"])',
        'tell("said_by_ft", int("ft" in who), computed_from=["who_says_nine"])',
        'holds("nine-is-printed", "nine" in corpus.words("000/at-least-nine"))',
        'place = where(corpus, ["000/at-least-nine"])',
        'table("chains", "Who says so", ["chain", "where"], [[who, place]])',
    ],
]
TEXT = """\
(page)=
# Page

{told}`damaged:Word` refineries, {evidence}`it says <000/at-least-nine>`, in [the notebook](#nine-is-printed).
"""


def cell(source: str | list[str], number: int) -> dict[str, Any]:
    kind: dict[str, Any] = {"cell_type": "markdown"}
    if isinstance(source, list):
        kind, source = {"cell_type": "code", "outputs": [], "execution_count": None}, "\n".join(source)
    return {**kind, "id": f"cell-{number}", "metadata": {}, "source": source}


def write_notebook(path: Path, cells: list[dict[str, Any]]) -> None:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def copy_project(target: Path) -> Path:
    """Copy what a clone of the present tree would hold."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def reduce_book(root: Path) -> Path:
    """Keep library, seeds and annotations; write a book of one notebook, one page and one article."""
    for path in (root / "chapters").rglob("*"):
        if path.is_file() and path.suffix != ".bib" and path.name != "000.md":
            path.unlink()
    write_notebook(root / NOTEBOOK, [cell(source, number) for number, source in enumerate(CELLS)])
    (root / PAGE).write_text(TEXT, encoding="utf-8")
    files = [{"file": "chapters/small"}, {"file": "chapters/articles/000"}]
    contents = {"format": "jb-book", "root": "chapters/page", "chapters": files}
    (root / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    return root


def run(root: Path, command: list[str]) -> tuple[int, str]:
    """Run a command on a copy with the copy's own library; return its exit status and all it says."""
    environment = {**os.environ, "PYTHONPATH": str(root / "lib"), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small book that is built, and whose outputs are stored."""
    root = reduce_book(copy_project(tmp_path_factory.mktemp("small")))
    before = hashes(root / "chapters")
    status, said = run(root, HTML)
    assert status == 0, said
    assert hashes(root / "chapters") == before, "building wrote to chapters/"
    shutil.copyfile(root / "_build/executed/small.ipynb", root / NOTEBOOK)
    return root


@pytest.fixture
def copy(small_book: Path, tmp_path: Path) -> Path:
    """Return a copy of the small book with executed notebooks and nothing else built."""
    target = tmp_path / "book"
    built = shutil.ignore_patterns("html", ".doctrees", "__pycache__", "jupyter_execute")
    shutil.copytree(small_book, target, ignore=built)
    return target


def change(name: str, pattern: str, words: str) -> Change:
    """Return a change of the first match of a pattern in a file."""

    def apply(root: Path) -> None:
        text, count = re.subn(pattern, words, (root / name).read_text(encoding="utf-8"), count=1, flags=re.S)
        assert count == 1, f"{name} has no {pattern!r}"
        (root / name).write_text(text, encoding="utf-8")

    return apply


def add_cells(*sources: str | list[str]) -> Change:
    def apply(root: Path) -> None:
        cells = json.loads((root / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
        made = [cell(source, number) for number, source in enumerate(sources, start=len(cells))]
        write_notebook(root / NOTEBOOK, [*cells, *made])

    return apply


def write(words: str) -> Change:
    """Return a change that puts words into line 6 of the page."""
    return change(PAGE, r"\Z", f"\n{words}\n")


def edit_code(root: Path) -> None:
    notebook = json.loads((root / NOTEBOOK).read_text(encoding="utf-8"))
    notebook["cells"][3]["source"] += "\n# edited"
    (root / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")


SEED = next(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "seeds").glob("000*.txt")))
FALSE_FINDING = add_cells("(none-is-hit)=\n## No refinery was hit", ['holds("none-is-hit", False)'])
MANY = "{quote}`000/at-most-nine` {ref}`nowhere`\n\n:::{judgement} unsaid\n:proof: page\n\nSo it is.\n:::"
STALE = f"{NOTEBOOK}: its outputs do not match the inputs"

GATES: list[tuple[str, Change, list[str], list[str]]] = [
    ("a-cell-fails", add_cells(["1 / 0"]), HTML, [NOTEBOOK, "1 / 0", "ZeroDivisionError"]),
    ("words-on-stderr", add_cells(["import sys", 'print("Careful", file=sys.stderr)']), HTML,
     [f"{NOTEBOOK}, cell 6: writes to stderr: Careful"]),
    ("a-finding-turns-false", FALSE_FINDING, HTML,
     [f"{NOTEBOOK}: “No refinery was hit” no longer holds (check 'none-is-hit')"]),
    ("unknown-told-key", write("{told}`destroyed`"), HTML, [f"{PAGE}:6", "no notebook tells 'destroyed'"]),
    ("unknown-evidence", write("{evidence}`it says <000/at-most-nine>`"), HTML,
     [f"{PAGE}:6", "called '000/at-most-nine'"]),
    ("broken-link", write("[words](#nowhere)"), HTML, [f"{PAGE}:6", "nowhere"]),
    ("several-faults-at-once", write(MANY), HTML,
     [f"{PAGE}:6", "'000/at-most-nine'", "undefined label: 'nowhere'",
      f"{PAGE}:8", "'unsaid' is computed by no notebook"]),
    ("missing-contents-file", change("_toc.yml", "chapters/small", "chapters/absent"), HTML,
     ["chapters/absent"]),
    ("stale-outputs", change(ANNOTATIONS, r"\Z", "# edited\n"), PLAIN, [STALE]),
    ("a-byte-of-a-seed", change(SEED, "Kyiv", "Kiiv"), HTML, [SEED, "SHA-256"]),
    ("a-byte-of-a-seed-plain", change(SEED, "Kyiv", "Kiiv"), PLAIN, [SEED, "SHA-256"]),
]  # fmt: skip


class TestGates:
    """Stand in a class of its own, so that workers share the file."""

    @pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate[0])
    def test_build_stops_and_names_the_place(
        self, gate: tuple[str, Change, list[str], list[str]], copy: Path
    ) -> None:
        _, apply, command, named = gate
        apply(copy)
        before = hashes(copy / "chapters")
        status, said = run(copy, command)
        assert status != 0, said
        assert [words for words in named if words not in said] == [], said
        assert hashes(copy / "chapters") == before


@pytest.mark.parametrize(
    "apply",
    [
        edit_code,
        change(ANNOTATIONS, r"\Z", "# edited\n"),
        change(SEED, "Kyiv", "Kiiv"),
        change("lib/retold/provenance.py", r"\Z", "# edited\n"),
        change("requirements.txt", r"\Z", "# edited\n"),
    ],
    ids=["code", "annotation", "seed", "library", "packages"],
)
def test_outputs_are_stale_once_an_input_changes(apply: Change, copy: Path) -> None:
    current_notebook(copy, copy / NOTEBOOK, inputs_hash(copy))
    apply(copy)
    with pytest.raises(BuildError, match=re.escape(STALE)):
        current_notebook(copy, copy / NOTEBOOK, inputs_hash(copy))


def test_plain_build_of_a_clean_clone_shows_the_stored_outputs(copy: Path) -> None:
    shutil.rmtree(copy / "_build")
    before = hashes(copy / "chapters")
    status, said = run(copy, PLAIN)
    assert status == 0, said
    assert "Nine" in (copy / "_build/html/chapters/page.html").read_text(encoding="utf-8")
    assert hashes(copy / "chapters") == before


# What rests on one annotation

VALUE = r"(id: at-least-nine\b(?!-).*?\bvalue: )9"
SOURCE = r"(id: refineries\b(?!-).*?\bsource: )ft\b"
RESTING = ("000/refineries", "000/at-least-nine", "000/claim.nine-of-32")


def other_source() -> dict[str, Any]:
    sources = yaml.safe_load((ROOT / "annotations/sources.yaml").read_text(encoding="utf-8"))["sources"]
    return next(dict(each) for each in sources if each["kind"] == "institution")


def resting_on_it(root: Path) -> list[str]:
    """Return the told values and the rows of tables that rest on the words about refineries."""
    found = []
    for path in find_notebooks(root):
        notebook = load_notebook(path)
        told = dict(records(notebook))
        keys = [key for key, ids in told.items() if key.endswith(".evidence") and _rests(ids)]
        found += [f"{key}: {told[key.removesuffix('.evidence')]}" for key in keys]
        data = [output.get("data", {}) for each in notebook["cells"] for output in each.get("outputs", ())]
        tables = [json.loads("".join(each[MIME])) for each in data if MIME in each]
        rows = [json.dumps(row, ensure_ascii=False) for each in tables for row in each["rows"]]
        found += [row for row in rows if _rests(row)]
    return found


def _rests(words: str) -> bool:
    return any(re.search(rf"{re.escape(each)}(?![\w-])", words) for each in RESTING)


def change_source(root: Path) -> None:
    change(ANNOTATIONS, SOURCE, rf"\g<1>{other_source()['id']}")(root)


def test_value_that_the_words_do_not_print_is_refused(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    value = re.search(VALUE, text := (root / ANNOTATIONS).read_text(encoding="utf-8"), re.DOTALL)
    assert value
    place = f"{ANNOTATIONS}:{text.count(chr(10), 0, value.end()) + 1}: "
    assert place not in run(root, CHECK)[1]
    change(ANNOTATIONS, VALUE, r"\g<1>8")(root)
    status, said = run(root, CHECK)
    assert status == 1
    faults = [line for line in said.splitlines() if line.startswith(place)]
    assert len(faults) == 1, said
    assert "the value 8.0 is not in the words; record the number that 'at least nine' prints" in faults[0]


def test_changed_source_changes_every_value_and_table_that_rests_on_it(copy: Path) -> None:
    change_source(copy)
    status, said = run(copy, ACCEPT)
    assert status == 0, said
    other = other_source()["id"]
    assert f"who_says_nine: 'outlet-000 > ft' → 'outlet-000 > {other}'" in said
    assert "said_by_ft: 1 → 0" in said
    assert f"tab-chains, outlet-000 > ft, chain: 'outlet-000 > ft' → 'outlet-000 > {other}'" in said
    assert "3 changes" in said
    rows = resting_on_it(copy)
    assert any(f"outlet-000 > {other}" in row for row in rows)
    assert not any("outlet-000 > ft" in row for row in rows)


def test_changed_source_stops_the_build_where_a_finding_rests_on_it(copy: Path) -> None:
    add_cells("(ft-says-nine)=\n## The paper says so", ['holds("ft-says-nine", "ft" in who)'])(copy)
    change_source(copy)
    status, said = run(copy, HTML)
    assert status == 1
    assert f"{NOTEBOOK}: “The paper says so” no longer holds (check 'ft-says-nine')" in said


def test_changed_source_is_seen_in_the_real_book(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    for path in find_notebooks(root):
        if path.stem not in ("who_says_so", "how_much", "ledger", "behind"):
            path.unlink()
    status, said = run(root, ACCEPT)
    assert status == 0, said
    before = resting_on_it(root)
    change_source(root)
    status, said = run(root, ACCEPT)
    assert status == 0, said
    assert before
    assert resting_on_it(root) != before, said
