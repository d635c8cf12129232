"""Write a corpus as open data: CSV tables with a Data Package, and shared formats; whole or not at all."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from retold.corpus import Corpus

from retold_export.apparatus import to_apparatus
from retold_export.columns import COLUMNS, TABLES, Row
from retold_export.derivation import to_prov
from retold_export.linked import to_annotations, to_claims
from retold_export.whole import whole_folder

FORMATS: Mapping[str, Callable[[Corpus], Iterator[str]]] = {
    "prov.json": to_prov,
    "annotations.jsonld": to_annotations,
    "collation.xml": to_apparatus,
    "claims.jsonld": to_claims,
}
"""The exported files that are not tables, each a function from corpus to pieces of text."""

_NAME = "retold"
_PACKAGE = "datapackage.json"
_RUNS = re.compile(r"^(?:[=+@\t\r]|-(?! ))")
_ESCAPE_NOTE = (
    "A cell that a spreadsheet would run as a formula (beginning with =, +, @, tab, carriage return, or - "
    "without a space after it) is written with an apostrophe before it."
)
_TITLES: Mapping[str, str] = {
    "id": "Id of the annotation, after that of its article",
    "article": "Article id, the file name up to the first underscore",
    "file": "Where the story keeps its text",
    "title": "Title as printed; empty where none was received",
    "outlet": "Name of the outlet",
    "outlet_certainty": "How sure the outlet is: high or probable",
    "source": "Source id",
    "name": "Name of the source, or words for one that is not named",
    "sources.kind": "Kind of source, as the codebook has it",
    "quantities.kind": "Kind of quantity, as the codebook has it",
    "claims.kind": "Kind of claim, as the codebook has it",
    "variants.kind": "Kind of difference, as the codebook has it",
    "readings.kind": "Kind of the variant; empty without one",
    "side": "Side that the source speaks from; third is no party to the matter, unknown is not told",
    "named": "Whether the source is named",
    "content": "Words attributed",
    "source_text": "Words that name or describe the source; empty where it is implied",
    "cue_text": "Words that attribute; empty where none do",
    "form": "How the words are given: direct, indirect, mixed or document",
    "within": "Id, in the same article, of the attribution around it; empty where there is none",
    "certainty": "Whether the words give it: explicit, carried-over or inferred",
    "polarity": "Whether the source asserts, denies or declines",
    "surface": "Words as printed",
    "hedge": "How the number is hedged; exact where it is not",
    "base": "What it is a share or count of; empty where the article does not say",
    "state": "What is the case with it; empty where the article does not say",
    "period": "When or since when; empty where the article does not say",
    "quote": "Words that give the position",
    "actor": "Actor id",
    "issue": "Issue id",
    "stance": "Stance on the issue: for, against, conditional or unstated",
    "move": "What is done with it, such as demand, offer or warning",
    "condition": "The act that is waited for, by whom, and for what; empty where there is none",
    "event": "Event id",
    "status": "How the article tells it: actual, planned, hypothetical or negated",
    "time": "Time expression as printed; empty where there is none",
    "claim": "Claim id",
    "quantities.claim": "Id of the claim that the quantity is part of; empty where there is none",
    "statement": "What all readings share, or each way of having it, joined by or",
    "articles": "Articles that carry the claim, joined by semicolons",
    "variant": "Variant id",
    "readings.variant": "Variant id; empty where the article is in none of the claim's",
    "explanation": "What the difference does to the meaning",
    "readings.explanation": "Explanation of the variant; empty without one",
    "reading": "Words that carry the claim; empty where the article does not",
    "start": "First code point of the span in the stored text, from 0; parts joined by semicolons",
    "end": "Code point after the span; parts joined by semicolons",
    "readings.start": "First code point of the reading, from 0; empty where there is none",
    "readings.end": "Code point after the reading; empty where there is none",
    "chain": "Source ids from the article's outlet to the deepest speaker, joined by ' > '",
    "low": "Least value that the words admit, rounding read into their last digit; empty if they set none",
    "high": "Greatest value that the words admit, likewise; empty if they set none",
    "unit": "Unit of low and high; shares are in percent",
    "sha256": "SHA-256 of the stored text",
    "published": "When the article appeared, in EDTF",
    "edtf_stated": "EDTF of the words alone; empty where they give no date",
    "edtf_reconciled": "EDTF of what we take the date to be, or unresolved",
    "severity": "1 other words; 2 another source, precision, cause or strength; 3 another side, number, year "
    "or speaker, or contradicted",
    "readings.severity": "Severity of the variant; empty without one",
    "newsroom_roots_min": "Separate newsrooms behind the claim, at least",
    "newsroom_roots_max": "Separate newsrooms behind the claim, at most",
    "human_sources_min": "People said to stand behind the claim, at least",
    "human_sources_max": "People said to stand behind the claim, at most; empty where open",
    "words": "Number of words",
    "has": "What the article has there, in a few words",
}
_COUNTS = {"newsroom_roots_min", "newsroom_roots_max", "human_sources_min", "human_sources_max"}
_INTEGERS = {"words", "severity", *_COUNTS}
_NUMBERS = {"low", "high"}
_BOOLEANS = {"named"}


def to_cell(value: Any) -> str:
    """Return a value as a CSV cell that no spreadsheet runs.

    >>> to_cell("=1+1"), to_cell("-5"), to_cell("- As said"), to_cell(True)
    ("'=1+1", "'-5", '- As said', 'true')
    """
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if _RUNS.match(text) else text


def export(corpus: Corpus, out: str | Path, *, note: str = "") -> list[str]:
    """Write every table, its description and every other format into ``out`` and return the file names.

    The files are made in a folder beside ``out`` and moved in whole; an export that fails or is killed leaves
    what was there. A note on the texts goes into the description of the tables.

    Raises:
        FileExistsError: ``out`` holds something that is not an earlier export.
    """
    target = Path(out).resolve()
    if target.exists() and not _is_replaceable(target):
        raise FileExistsError(f"{out} holds other files; name a new folder or an earlier export")
    with whole_folder(target) as made:
        for name, rows in TABLES.items():
            _write_csv(made / f"{name}.csv", COLUMNS[name], rows(corpus))
        for name, to_text in FORMATS.items():
            with (made / name).open("w", encoding="utf-8") as file:
                file.writelines(to_text(corpus))
        package = json.dumps(to_datapackage(note=note), ensure_ascii=False, indent=1)
        (made / _PACKAGE).write_text(package + "\n", encoding="utf-8")
    return sorted(path.name for path in target.iterdir())


def _is_replaceable(target: Path) -> bool:
    """Return whether a path is an empty folder, or an earlier export and nothing else."""
    if not target.is_dir():
        return False
    names = {path.name for path in target.iterdir()}
    if not names <= {_PACKAGE, *FORMATS, *(f"{name}.csv" for name in TABLES)}:
        return False
    try:
        return not names or bool(json.loads((target / _PACKAGE).read_bytes())["name"] == _NAME)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _write_csv(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        # The writer quotes cells that hold a character of its line end: a return alone would end a row.
        lines: Any = SimpleNamespace(write=lambda line: file.write(line.removesuffix("\r\n") + "\n"))
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([to_cell(row[column]) for column in columns] for row in rows)


def to_datapackage(*, note: str = "") -> dict[str, Any]:
    """Return a Data Package descriptor (Table Schema) of the tables, with a note in its description."""
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": _NAME,
        "description": f"{_ESCAPE_NOTE} {note}".strip(),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "CC BY 4.0, except the words quoted from the articles, which are their publishers'",
            }
        ],
        "resources": [_resource(name, columns) for name, columns in COLUMNS.items()],
    }


def _resource(name: str, columns: Iterable[str]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": {"fields": [_field(name, column) for column in columns]},
    }


def _field(table: str, column: str) -> dict[str, str]:
    kinds = {**dict.fromkeys(_INTEGERS, "integer"), **dict.fromkeys(_NUMBERS, "number")}
    kind = "boolean" if column in _BOOLEANS else kinds.get(column, "string")
    return {"name": column, "type": kind, "title": _TITLES.get(f"{table}.{column}") or _TITLES[column]}
