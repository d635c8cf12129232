"""Store new outputs in the chapters, and list every value, row and figure that they show differently."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from retold_export.whole import write_whole
from retold_report.tables import MIME

from retold_run.execution import current_notebook, execute, find_notebooks, inputs_hash, to_text
from retold_run.told import Notebook, load_notebook, records

_SVG = "image/svg+xml"
Row = tuple[tuple[str, str], ...]
"""The cells of a row, each with its column."""


def accept(root: Path) -> None:
    """Execute what changed, print what is no longer the same, old → new, and where, and store the outputs.

    Raises:
        BuildError: as ``execute``; then nothing is stored.
        OSError: a notebook cannot be written; then all are what they were.
    """
    execute(root)
    inputs, changed = inputs_hash(root), list[str]()
    new = {path: current_notebook(root, path, inputs) for path in find_notebooks(root)}
    for path, notebook in new.items():
        name = path.relative_to(root / "chapters").as_posix()
        for line in changes(name, load_notebook(path), notebook):
            print(line)
            changed.append(name)
    write_whole({path: to_text(notebook) for path, notebook in new.items()})
    places = f" in {', '.join(dict.fromkeys(changed))}" if changed else ""
    print(f"{len(changed)} change{'' if len(changed) == 1 else 's'}{places}; outputs stored in chapters/")


def changes(name: str, old: Notebook, new: Notebook) -> Iterator[str]:
    """Yield a line for each told value, table row or cell, and figure that is not the same in both.

    Rows are matched by what they show, so that one more row does not change all that follow it.
    """
    was, now = _shown(old), _shown(new)
    for key, before, after in _pairs(was.told, now.told, "nothing"):
        if repr(before) != repr(after) or (key in was.told) != (key in now.told):
            ids = key.endswith(".evidence")
            yield f"{name} {key}: {_apart(before, after, ' ') if ids else f'{before!r} → {after!r}'}"
    for key, one, other in _pairs(was.tables, now.tables, ()):
        yield from (f"{name} tab-{key}{line}" for line in _row_changes(one, other))
    for key, before, after in _pairs(was.figures, now.figures, ""):
        if before != after:
            yield f"{name} {key}: drawn otherwise"


class _Shown(NamedTuple):
    told: dict[str, Any]
    tables: dict[str, list[Row]]
    figures: dict[str, str]


def _shown(notebook: Notebook) -> _Shown:
    """Return a notebook's told values, its tables' rows, and its figures, each by key."""
    tables = {data["name"]: _rows(data) for data in find_tables(notebook)}
    figures: dict[str, str] = {}
    for cell, svg in _outputs(notebook, _SVG):
        figure = cell["metadata"].get("mystnb", {}).get("figure", {})
        figures[figure.get("name", f"figure {len(figures) + 1}, without a name")] = "".join(svg)
    return _Shown(dict(records(notebook)), tables, figures)


def find_tables(notebook: Notebook) -> list[Any]:
    """Return the data of every table that a notebook shows."""
    return [table_data(stored) for _, stored in _outputs(notebook, MIME)]


def _outputs(notebook: Notebook, kind: str) -> Iterator[tuple[Any, Any]]:
    """Yield what cells show of a kind, each after its cell."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if kind in output.get("data", {}):
                yield cell, output["data"][kind]


def table_data(stored: Any) -> Any:
    """Return a table's data from a notebook's output, in which it may be stored as text or in lines."""
    text = "".join(stored) if isinstance(stored, list) else stored
    return json.loads(text) if isinstance(text, str) else text


def _rows(data: Any) -> list[Row]:
    return [tuple(zip(data["columns"], map(_words, row), strict=True)) for row in data["rows"]]


def _words(parts: Any) -> str:
    """Return a cell's words; an earlier version of the library may have stored cells in another form."""
    try:
        return "; ".join(part["text"] for part in parts)
    except TypeError:
        return str(parts)


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any], absent: Any) -> Iterator[tuple[str, Any, Any]]:
    for key in dict.fromkeys([*old, *new]):
        yield key, old.get(key, absent), new.get(key, absent)


def _row_changes(old: Sequence[Row], new: Sequence[Row]) -> Iterator[str]:
    gone, added, changed = Counter[Row](), Counter[Row](), Counter[str]()
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left = list(new[new_start:new_end]) if tag != "equal" else []
        for row in old[start:end] if tag != "equal" else ():
            same = next((each for each in left if _alike(row, each)), None)
            if same is None:
                gone[row] += 1
                continue
            left.remove(same)
            changed.update(f", {row[0][1]}, {line}" for line in _cell_changes(row, same))
        added.update(left)
    yield from (f"{line} ({rows} rows)" if rows > 1 else line for line, rows in changed.items())
    moved = gone & added
    for what, rows in (("moved", moved), ("gone", gone - moved), ("added", added - moved)):
        yield from (f", row {what}: {_line(row)}" for row in rows.elements())


def _alike(old: Row, new: Row) -> bool:
    """Tell whether two rows show one thing: the same first cell, or half of all cells the same."""
    return old[0] == new[0] or 2 * len(set(old) & set(new)) >= len(old)


def _cell_changes(old: Row, new: Row) -> Iterator[str]:
    for column, before, after in _pairs(dict(old), dict(new), "nothing"):
        if before != after:
            yield f"{column}: {_apart(before, after, '; ')}"


def _apart(before: str, after: str, sign: str) -> str:
    """Return old → new of the parts of a text that are no longer the same; a sign stands between parts."""
    old, new = before.split(sign), after.split(sign)
    if sorted(old) == sorted(new):
        return "in another order"
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = ((sign.join(old[a:b]), sign.join(new[c:d])) for tag, a, b, c, d in steps if tag != "equal")
    return ", ".join(f"'{was or 'nothing'}' → '{now or 'nothing'}'" for was, now in changed)


def _line(row: Row) -> str:
    return " | ".join(words for _, words in row)
