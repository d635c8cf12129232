"""Store new outputs in the chapters, and list every value that they show differently."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from retold_export.whole import write_whole
from retold_report.tables import MIME

from retold_run.execution import current_notebook, execute, find_notebooks, inputs_hash, to_text
from retold_run.told import Notebook, load_notebook, records


def accept(root: Path) -> None:
    """Execute what changed, print each value that is no longer the same, old → new, and store the outputs.

    Raises:
        BuildError: as ``execute``; then nothing is stored.
        OSError: a notebook cannot be written; then all are what they were.
    """
    execute(root)
    inputs, changed = inputs_hash(root), 0
    new = {path: current_notebook(root, path, inputs) for path in find_notebooks(root)}
    for path, notebook in new.items():
        name = path.relative_to(root / "chapters").as_posix()
        for line in changes(name, dict(values(load_notebook(path))), dict(values(notebook))):
            print(line)
            changed += 1
    write_whole({path: to_text(notebook) for path, notebook in new.items()})
    print(f"{changed} value{'' if changed == 1 else 's'} changed; outputs stored in chapters/")


def values(notebook: Notebook) -> Iterator[tuple[str, Any]]:
    """Yield the told values of a notebook, and its tables cell by cell, each with a key."""
    yield from records(notebook)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                yield from _cells(table_data(output["data"][MIME]))


def table_data(stored: Any) -> Any:
    """Return a table's data from a notebook's output, in which it may be stored as text or in lines."""
    text = "".join(stored) if isinstance(stored, list) else stored
    return json.loads(text) if isinstance(text, str) else text


def _cells(data: Any) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(data["rows"], start=1):
        for column, parts in zip(data["columns"], row, strict=True):
            yield f"tab-{data['name']} row {number}, {column}", _shown(parts)


def _shown(parts: Any) -> str:
    """Return a cell's words; an earlier version of the library may have stored cells in another form."""
    try:
        return "; ".join(part["text"] for part in parts)
    except TypeError:
        return str(parts)


def changes(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each key whose value is not the same in both, old → new."""
    for key in dict.fromkeys([*old, *new]):
        if repr(old.get(key, "nothing")) != repr(new.get(key, "nothing")):
            yield f"{name} {key}: {old.get(key, 'nothing')!r} → {new.get(key, 'nothing')!r}"
