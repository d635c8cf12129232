"""Write a small book that shows all of a story, with the pages, roles and directives of the real one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from inspect import signature
from pathlib import Path
from typing import Any

from hostile.attacks import SECRET
from retold import Corpus, load_corpus
from retold_book.supposed import Change, supposed_table, suppositions
from retold_report import audit, collated, compared, dated, judged, standard
from retold_report.figures import Range, plot_ranges
from retold_report.tables import Table
from retold_run.execution import executed_copy, inputs_hash, outputs_key, write_notebook
from retold_run.told import RECORD

HOME = Path(__file__).parents[2]
EVIDENCE = """\
# {told}`name` and {quote}`101/gazette` say so

{told}`people` say {quote}`101/dusk`, {evidence}`as do others <102/officials 103/claim.crews fact/undated>`.
{quote}`102/officials.source` and {fact}`tide-table` belong to {term}`the root`; see {pdf}`the PDF`.

(holds)=
## It is told by {told}`name`

```{judgement} holds
:proof: holds

{told}`name` tells it.

Confidence: high.
```
"""
ARTICLES = {
    f"chapters/articles/{id_}.md": f"# {id_}\n\n```{{article}} {id_}\n```\n" for id_ in ("101", "102", "103")
}
PAGES = {
    "chapters/index.md": "# The book\n\nA word of {quote}`101/dusk`.\n",
    "chapters/compare.md": "# Compared\n\n```{compare}\n```\n",
    "chapters/outside_facts.md": "# Facts\n\n```{facts}\n```\n",
    "chapters/data.md": "# Data\n\n```{downloads}\n```\n",
    "chapters/glossary.md": "# Terms\n\n```{glossary}\nthe root\n: Who says {quote}`101/gazette`.\n```\n",
    **ARTICLES,
}
MODULES = (standard, judged, collated, compared, dated, audit)
GIVEN: Mapping[str, Callable[[Corpus], Any]] = {
    "sources": lambda corpus: list(corpus.sources),
    "claims": lambda corpus: list(corpus.claims),
    "facts": lambda corpus: list(corpus.facts),
    "events": lambda corpus: list(corpus.events),
    "attributions": lambda corpus: [each.id for each in corpus.find_passages("attribution")],
    "passages": lambda corpus: [each.id for each in corpus.find_passages("quantity")],
    "cues": lambda corpus: ["say"],
    "claim": lambda corpus: "no-sailing",
    "actor": lambda corpus: "company",
    "issues": lambda corpus: list(corpus.issues),
    "severity": lambda corpus: 2,
}
"""What tables are made of, by the name of their parameter."""

CITATION = 'version: "1.2.3"\ndate-released: "2024-01-02"\n'
CONTENTS = """\
format: jb-book
root: chapters/index
parts:
  - caption: Report
    numbered: true
    chapters: [{file: chapters/evidence}, {file: chapters/tables}]
  - caption: Rest
    chapters:
"""
GLUED = "application/papermill.record/"
ALT = {"mystnb": {"image": {"alt": "Two dots."}, "figure": {"caption": "Two dots.", "name": "fig-dots"}}}


def write_book(root: Path) -> None:
    """Write configuration, pages and executed notebooks beside a story; with a copy of the library."""
    shutil.copytree(HOME / "lib", root / "lib", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(HOME / "_config.yml", root)
    others = {"CITATION.cff": CITATION, "chapters/references.bib": "", "secret.txt": SECRET}
    for name, text in {**PAGES, **others}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    rest = "".join(f"      - file: {name.removesuffix('.md')}\n" for name in PAGES if "index" not in name)
    (root / "_toc.yml").write_text(CONTENTS + rest, encoding="utf-8")
    corpus = load_corpus(root)
    books = {
        "evidence": _notebook(EVIDENCE, [*_told(corpus), _figure(corpus)]),
        "tables": _notebook("# Tables\n", [_cell(made._repr_mimebundle_()) for made in tables(corpus)]),
    }
    for name, made in books.items():
        write_notebook(root / f"chapters/{name}.ipynb", made)
    inputs = inputs_hash(root)
    for name, made in books.items():
        made["metadata"]["retold"] = {"key": outputs_key(made, inputs)}
        write_notebook(executed_copy(root, root / f"chapters/{name}.ipynb"), made)


def tables(corpus: Corpus) -> Iterator[Table]:
    """Yield every table that needs no more than a story, one captioned by its words, and what is supposed."""
    named = corpus.sources["harbour-post"].name
    for module in MODULES:
        for function in (each for name, each in vars(module).items() if name.endswith(("_table", "_matrix"))):
            wanted = list(signature(function).parameters)[3:]
            if function.__module__ == module.__name__ and set(wanted) <= GIVEN.keys():
                name = function.__name__.replace("_", "-")
                caption = named if name == "citation-table" else name
                yield function(corpus, name, caption, **{each: GIVEN[each](corpus) for each in wanted})
    changes = [Change("name", named, f"{named} too", finding=False)]
    yield supposed_table("supposed", "Supposed", [(each, changes) for each in suppositions(corpus)], changes)


def _told(corpus: Corpus) -> Iterator[dict[str, Any]]:
    values = {
        "name": corpus.sources["harbour-post"].name,
        "name.evidence": "101/chairwoman",
        "people": len(corpus.find_passages("attribution")),
        "people.evidence": "102/officials fact/tide-table",
        "holds.holds": True,
    }
    for key, value in values.items():
        yield _cell({RECORD: repr(value)}, stored=key)


def _figure(corpus: Corpus) -> dict[str, Any]:
    """Return a cell with a figure that draws a source's name, as far as the type has its characters."""
    name = "".join(filter(str.isprintable, corpus.sources["harbour-post"].name))
    rows = [Range(name[at : at + 40], 1, 2, name[at : at + 40]) for at in range(0, len(name), 40)]
    figure = plot_ranges(rows, title="Name", subtitle=name[:40], foot="x", limits=(0, 3), axis="x")
    return _cell({"image/svg+xml": figure.svg}) | {"metadata": ALT}


def _cell(bundle: Any, *, stored: str = "") -> dict[str, Any]:
    metadata = {"scrapbook": {"name": stored, "mime_prefix": GLUED}} if stored else {}
    output = {"output_type": "display_data", "data": bundle, "metadata": metadata}
    return {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [output], "execution_count": 1}


def _notebook(prose: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    told = {"cell_type": "markdown", "metadata": {}, "source": prose}
    made = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate([told, *cells])]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
