"""Execute copies of the notebooks whose inputs changed, and know which outputs are current."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from retold_export.whole import write_whole

from retold_run.findings import find_faults
from retold_run.told import Notebook, Told, find_judgements, load_notebook

EXECUTED = Path("_build/executed")
_INPUTS = (
    "lib/retold/**/*.py",
    "lib/retold_draft/**/*",
    "lib/retold_report/**/*",
    "lib/retold_run/telling.py",
    "lib/retold_run/told.py",
    "lib/retold_book/supposed.py",
    "annotations/**/*",
    "seeds/*",
    "requirements.txt",
)
_PARALLEL = 2


class BuildError(Exception):
    """Say what stops the build, where, and what to do."""


def find_notebooks(root: Path) -> list[Path]:
    """Return the notebooks under ``chapters/``, in the order of their names."""
    found = sorted((root / "chapters").rglob("*.ipynb"))
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def inputs_hash(root: Path) -> str:
    """Return a hash of what outputs depend on: library, annotations, seeds, lock, and parts of notebooks.

    A notebook may run the code of others, and ask which checks their key judgements rest on, so a change of
    either in one makes all outputs stale; nothing else of prose does.
    """
    digest = hashlib.sha256()
    for pattern in _INPUTS:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".schema.json"):
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for path in find_notebooks(root):
        notebook = load_notebook(path)
        digest.update(_code(notebook) + "\0".join(find_judgements(notebook)).encode() + b"\0")
    return digest.hexdigest()


def _code(notebook: Notebook) -> bytes:
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    return b"".join("".join(cell["source"]).encode() + b"\0" for cell in cells)


def outputs_key(notebook: Notebook, inputs: str) -> str:
    """Return the key that a notebook's outputs must carry to be current."""
    return hashlib.sha256(inputs.encode() + _code(notebook)).hexdigest()


def recorded_key(notebook: Notebook) -> str:
    """Return the key recorded when the notebook was executed, or nothing."""
    return str(notebook.get("metadata", {}).get("retold", {}).get("key", ""))


def current_notebook(root: Path, path: Path, inputs: str) -> Notebook:
    """Return a notebook with outputs that match its inputs: the executed copy, else the committed one.

    Only outputs come from the copy; prose is always that of ``chapters/``.

    Raises:
        BuildError: neither carries the key of the present inputs.
    """
    committed = load_notebook(path)
    wanted = outputs_key(committed, inputs)
    if _is_executed(root, path, wanted):
        return _with_outputs(committed, load_notebook(executed_copy(root, path)))
    if recorded_key(committed) != wanted:
        name = path.relative_to(root).as_posix()
        raise BuildError(f"{name}: its outputs do not match the inputs; run `make book` or `make accept`")
    return committed


def _with_outputs(prose: Notebook, executed: Notebook) -> Notebook:
    ran = iter([cell for cell in executed["cells"] if cell["cell_type"] == "code"])
    cells = []
    for cell in prose["cells"]:
        if cell["cell_type"] == "code":
            twin = next(ran)
            cell = {**cell, "outputs": twin["outputs"], "execution_count": twin["execution_count"]}
        cells.append(cell)
    return {**prose, "cells": cells, "metadata": executed["metadata"]}


async def _execute(path: Path, key: str, gate: asyncio.Semaphore) -> Notebook:
    async with gate:
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            timeout=300,
            record_timing=False,
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
        await client.async_execute()
    notebook.metadata["retold"] = {"key": key}
    notebook.metadata.pop("language_info", None)
    print(f"  executed {path.name}", flush=True)
    return dict(json.loads(nbformat.writes(notebook)))


def execute(root: Path) -> None:
    """Execute copies of the notebooks under ``root`` whose inputs changed.

    Copies go to ``_build/executed``; ``chapters/`` is never written.

    Raises:
        BuildError: a cell fails, writes to stderr, or computes that a stated finding does not hold.
        ToldError: a key is told twice.
    """
    inputs = inputs_hash(root)
    paths = find_notebooks(root)
    if not paths:
        raise BuildError("there is no notebook under chapters/; run this in the folder of the book")
    book = {path: load_notebook(path) for path in paths}
    keys = {path: outputs_key(notebook, inputs) for path, notebook in book.items()}
    stale = [path for path in paths if not _is_executed(root, path, keys[path])]
    print(f"{len(stale)} of {len(paths)} notebooks to execute", flush=True)
    done = asyncio.run(_execute_all({path: keys[path] for path in stale}))
    named = {path.relative_to(root).as_posix(): notebook for path, notebook in done.items()}
    faults = [
        fault for name, notebook in named.items() for fault in find_faults(name, notebook, book.values())
    ]
    if faults:
        raise BuildError("\n".join(faults))
    for path, notebook in done.items():
        write_notebook(executed_copy(root, path), notebook)
    load_told(root)


def executed_copy(root: Path, path: Path) -> Path:
    """Return where the executed copy of a notebook lies."""
    return root / EXECUTED / path.relative_to(root / "chapters")


def _is_executed(root: Path, path: Path, key: str) -> bool:
    copy = executed_copy(root, path)
    return copy.exists() and recorded_key(load_notebook(copy)) == key


async def _execute_all(keys: Mapping[Path, str]) -> dict[Path, Notebook]:
    gate = asyncio.Semaphore(_PARALLEL)
    tasks = {path: asyncio.create_task(_execute(path, key, gate)) for path, key in keys.items()}
    results = await asyncio.gather(*tasks.values(), return_exceptions=True)
    faults, done = [], {}
    for path, result in zip(tasks, results, strict=True):
        if isinstance(result, CellControlSignal | DeadKernelError):
            faults.append(f"{path}: a cell fails: {without_colours(str(result))}")
        elif isinstance(result, BaseException):
            raise result
        else:
            done[path] = result
    if faults:
        raise BuildError("\n".join(faults))
    return done


def without_colours(text: str) -> str:
    """Return text without a terminal's colour codes."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def to_text(notebook: Notebook) -> str:
    """Return a notebook as its file holds it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_notebook(path: Path, notebook: Notebook) -> None:
    """Write a notebook whole or not at all."""
    write_whole({path: to_text(notebook)})


def load_told(root: Path) -> Told:
    """Return what the current notebooks tell.

    Raises:
        BuildError: outputs are stale.
        ToldError: a key is told twice.
    """
    told, inputs = Told(), inputs_hash(root)
    for path in find_notebooks(root):
        told.add(path.relative_to(root).as_posix(), current_notebook(root, path, inputs))
    return told
