"""Start a story, add articles to it, check it, and write it as reports, open data or JSON Schemas."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import fill

from pydantic import BaseModel
from retold.corpus import Corpus
from retold.loading import FOLDER, CorpusError
from retold.model import ArticleFile
from retold.problems import DocumentError, Problem
from retold.registers import REGISTERS
from retold.validate import check_corpus
from retold_draft.adding import add_article
from retold_draft.skeleton import write_skeleton
from retold_export.export import export
from retold_export.whole import write_whole

_TEXTS = "What is written holds nearly all words of the articles, which remain their publishers'."
_SCHEMAS: dict[str, type[BaseModel]] = {"article": ArticleFile, **REGISTERS}


def _check(arguments: argparse.Namespace) -> int:
    corpus, problems = check_corpus(arguments.corpus)
    for problem in problems:
        print(problem, file=sys.stderr)
    more = "; others may show once these are mended"
    if corpus:
        more = "" if corpus.articles else "; the story has no article yet"
    print(f"{len(problems) or 'no'} {'problem' if len(problems) == 1 else 'problems'}{more}")
    return 1 if problems else 0


def _told(folder: Path, write: Callable[[], list[str]], failure: str, *, note: str = "") -> int:
    """Write files, say which, with a note on them, or say why there are none."""
    try:
        names = write()
    except (DocumentError, OSError) as error:
        print(f"{failure}: {error}", file=sys.stderr)
        return 1
    print(
        fill(f"{folder}: {', '.join(names)}", 100, break_long_words=False, break_on_hyphens=False),
        *filter(None, [note]),
        sep="\n",
    )
    return 0


def _sound(root: Path) -> Corpus:
    corpus, problems = check_corpus(root)
    if problems or corpus is None:
        raise CorpusError(problems)
    if not corpus.articles:
        raise CorpusError([Problem("seeds", 0, "", "holds no article", "add one with `add`")])
    return corpus


def _export(arguments: argparse.Namespace) -> int:
    corpus, out = arguments.corpus, arguments.out
    return _told(out, lambda: export(_sound(corpus), out), "nothing exported", note=_TEXTS)


def _report(arguments: argparse.Namespace) -> int:
    from retold_report.report import write_report  # a second of figures that no other command draws

    corpus, out = arguments.corpus, arguments.out
    note = f"open {out / 'report.html'}\n{_TEXTS}"
    return _told(out, lambda: write_report(_sound(corpus), out), "nothing reported", note=note)


def _new(arguments: argparse.Namespace) -> int:
    return _told(arguments.root, lambda: write_skeleton(arguments.root), "no story made")


def _add(arguments: argparse.Namespace) -> int:
    path, root = arguments.article, arguments.corpus
    return _told(root, lambda: add_article(path, root, published=arguments.published), "nothing added")


def _schema(arguments: argparse.Namespace) -> int:
    return _told(arguments.out, lambda: _write_schemas(arguments.out), "no schemas written")


def _write_schemas(folder: Path) -> list[str]:
    schemas = {name: json.dumps(model.model_json_schema(), indent=1) for name, model in _SCHEMAS.items()}
    write_whole({folder / f"{name}.schema.json": f"{schema}\n" for name, schema in schemas.items()})
    return [f"{len(_SCHEMAS)} schemas"]


_TOLD = {
    "new": "make the skeleton of a story in DIR, a new folder or an empty one",
    "add": "add an article with a draft of its annotations to correct",
    "check": "list every problem of the corpus: file, line, fault, remedy",
    "export": "write the corpus as open data into OUT",
    "report": "write its standard tables, figures and open data into OUT",
    "schema": "write a JSON Schema for each kind of file into OUT",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m retold", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    parsers = [commands.add_parser(name, help=words, description=words) for name, words in _TOLD.items()]
    new, add, check, exporting, reporting, schema = parsers
    new.add_argument("root", type=Path, metavar="DIR", help="where seeds/, annotations/ and chapters/ go")
    named = "plain text, named ID.txt or ID_anything.txt; ID: at most 20 of a-z, 0-9, -"
    add.add_argument("article", type=Path, metavar="ARTICLE.txt", help=named)
    when = "EDTF of when it appeared, by which words such as 'last autumn' are dated"
    add.add_argument("--published", default="unresolved", metavar="DATE", help=when)
    schema.add_argument("out", type=Path, metavar="OUT", help="a folder, such as annotations")
    for command in (exporting, reporting):
        command.epilog = _TEXTS
        command.add_argument("out", type=Path, metavar="OUT", help="a new folder, or an earlier one of these")
    for command in (check, add, exporting, reporting):
        writes, where = command is add, "where the story's seeds/ and annotations/ are"
        command.add_argument(
            "--corpus", type=Path, default=Path(), required=writes, metavar="DIR", help=where
        )
    runs = {new: _new, add: _add, check: _check, exporting: _export, reporting: _report, schema: _schema}
    for command, run in runs.items():
        command.set_defaults(run=run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 if all is well, 1 if not, 2 for a wrong call."""
    parsed = _parser().parse_args(arguments)
    if "corpus" in parsed and not (parsed.corpus / FOLDER).is_dir():
        right = "give --corpus DIR, or start a story with `new`"
        print(f"{parsed.corpus.resolve()} holds no story, that is, no {FOLDER}/; {right}", file=sys.stderr)
        return 1
    status: int = parsed.run(parsed)
    return status
