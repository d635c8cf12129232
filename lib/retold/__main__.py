"""Check a corpus, export it, or write the JSON Schemas of its files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pydantic import BaseModel
from retold_export.export import export

from retold.loading import CorpusError, load_corpus
from retold.model import ArticleFile
from retold.registers import REGISTERS
from retold.validate import find_problems

_SCHEMAS: dict[str, type[BaseModel]] = {"article": ArticleFile, **REGISTERS}


def _check(arguments: argparse.Namespace) -> int:
    problems = find_problems(arguments.corpus)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems) or 'no'} {'problem' if len(problems) == 1 else 'problems'}")
    return 1 if problems else 0


def _export(arguments: argparse.Namespace) -> int:
    try:
        if problems := find_problems(arguments.corpus):
            raise CorpusError(problems)
        names = export(load_corpus(arguments.corpus), arguments.out)
    except (CorpusError, OSError) as error:
        print(f"nothing exported: {error}", file=sys.stderr)
        return 1
    print(f"{arguments.out}: {', '.join(names)}")
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, model in _SCHEMAS.items():
            schema = json.dumps(model.model_json_schema(), indent=1)
            (arguments.out / f"{name}.schema.json").write_text(schema + "\n", encoding="utf-8")
    except OSError as error:
        print(f"no schemas written: {error}", file=sys.stderr)
        return 1
    print(f"{arguments.out}: {len(_SCHEMAS)} schemas")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 if all is well, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m retold", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="list every problem of the corpus: file, line, fault, remedy")
    check.set_defaults(run=_check)
    exporting = commands.add_parser("export", help="write the corpus as CSV with a Data Package into OUT")
    exporting.add_argument("out", type=Path, metavar="OUT", help="a new folder, or an earlier export")
    exporting.set_defaults(run=_export)
    schema = commands.add_parser("schema", help="write a JSON Schema for each kind of file into OUT")
    schema.add_argument("out", type=Path, metavar="OUT", help="a folder, such as annotations")
    schema.set_defaults(run=_schema)
    for command in (check, exporting):
        command.add_argument(
            "--corpus", type=Path, default=Path(), metavar="DIR", help="where seeds/ and annotations/ are"
        )
    parsed = parser.parse_args(arguments)
    status: int = parsed.run(parsed)
    return status


if __name__ == "__main__":
    sys.exit(main())
