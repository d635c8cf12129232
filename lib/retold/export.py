"""Write a corpus as open data: CSV tables described by a Data Package, whole or not at all."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from retold.columns import TABLES, Row
from retold.corpus import Corpus

_RUNS = re.compile(r"^(?:[=+@\t\r]|-(?! ))")
_ESCAPE_NOTE = (
    "A cell that a spreadsheet would run as a formula (beginning with =, +, @, tab, carriage return, or - "
    "without a space after it) is written with an apostrophe before it."
)
_TITLES: Mapping[str, str] = {
    "article": "Article id, the file name up to the first underscore",
    "start": "First code point of the span in the stored text; parts joined by semicolons",
    "end": "Code point after the span; parts joined by semicolons",
    "chain": "Source ids from the article's outlet to the deepest speaker, joined by ' > '",
    "low": "Least value the words admit; empty where open",
    "high": "Greatest value the words admit; empty where open",
    "unit": "Unit of low and high; shares are in percent",
    "sha256": "SHA-256 of the stored text",
    "published": "EDTF interval",
    "edtf_stated": "EDTF of the words alone",
    "edtf_reconciled": "EDTF as reconciled, or 'unresolved'",
    "severity": "1 same thing in other words, 2 another source, precision or cause, 3 contradicted",
    "newsroom_roots_min": "Separate newsrooms behind the claim, at least",
    "newsroom_roots_max": "Separate newsrooms behind the claim, at most",
    "human_sources_min": "People said to stand behind the claim, at least",
    "human_sources_max": "People said to stand behind the claim, at most; empty where open",
    "words": "Number of tokens",
    "has": "What the article has there, in a few words",
}
_INTEGERS = {"words", "newsroom_roots_min", "newsroom_roots_max", "human_sources_min", "human_sources_max"}
_NUMBERS = {"low", "high"}
_BOOLEANS = {"named"}


def to_cell(value: Any) -> str:
    """Return a value as a CSV cell that no spreadsheet runs.

    >>> to_cell("=1+1"), to_cell("-5"), to_cell("- As said"), to_cell(True)
    ("'=1+1", "'-5", '- As said', 'true')
    """
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if _RUNS.match(text) else text


def export(corpus: Corpus, out: str | Path) -> list[str]:
    """Write every table and its description into the folder ``out`` and return the file names.

    The files are made in a temporary folder beside ``out`` and moved in whole; an export that fails leaves
    what was there.

    Raises:
        FileExistsError: ``out`` holds something that is not an earlier export.
    """
    target = Path(out)
    if target.exists() and not (target / "datapackage.json").exists() and any(target.iterdir()):
        raise FileExistsError(f"{target} holds other files; name a new folder or an earlier export")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as folder:
        made = Path(folder) / "export"
        made.mkdir()
        for name, rows in TABLES.items():
            _write_csv(made / f"{name}.csv", rows(corpus))
        package = json.dumps(to_datapackage(corpus), ensure_ascii=False, indent=1)
        (made / "datapackage.json").write_text(package + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return sorted(path.name for path in target.iterdir())


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = None
        for row in rows:
            if writer is None:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(row)
            writer.writerow([to_cell(value) for value in row.values()])


def to_datapackage(corpus: Corpus) -> dict[str, Any]:
    """Return a Data Package descriptor (Table Schema) of the tables that have rows."""
    resources = [_resource(name, next(iter(rows(corpus)), None)) for name, rows in TABLES.items()]
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": "retold",
        "description": _ESCAPE_NOTE,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "CC BY 4.0, except the words quoted from the articles, which are their publishers'",
            }
        ],
        "resources": [resource for resource in resources if resource],
    }


def _resource(name: str, first: Row | None) -> dict[str, Any] | None:
    if first is None:
        return None
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": {"fields": [_field(column) for column in first]},
    }


def _field(column: str) -> dict[str, str]:
    kinds = {**dict.fromkeys(_INTEGERS, "integer"), **dict.fromkeys(_NUMBERS, "number")}
    kind = "boolean" if column in _BOOLEANS else kinds.get(column, "string")
    return {"name": column, "type": kind, "title": _TITLES.get(column, column.replace("_", " ").capitalize())}
