"""Join the book's parts to Sphinx: what is read, what is outdated, what stops the build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docutils.nodes
from docutils.parsers.rst import Directive
from retold.problems import DocumentError
from retold_report.tables import MIME
from retold_run.acceptance import table_data
from retold_run.execution import BuildError, current_notebook, inputs_hash
from retold_run.findings import find_faults
from retold_run.told import ToldError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform

from retold_book import cards, contest, downloads, nodes, page
from retold_book.article_page import ArticleDirective, FactsDirective
from retold_book.book import open_book
from retold_book.compare import CompareDirective
from retold_book.labels import label_entries
from retold_book.numbering import NumberedDomain, keep_numbers, letter_appendices
from retold_book.roles import ROLES, JudgementDirective, TableDirective
from retold_book.rows import RowsDomain
from retold_book.worded import in_words


def check_book(app: Sphinx) -> None:
    """Open the book before anything is read.

    Raises:
        ExtensionError: the annotations have problems, or stored outputs are stale.
    """
    open_book.cache_clear()
    try:
        edition = open_book(Path(app.srcdir)).edition
    except (DocumentError, BuildError, ToldError) as error:
        raise ExtensionError(f"the book cannot be built:\n{error}") from None
    if "typst_title_page" in app.config:
        app.config.typst_title_page |= {
            "edition": f"{edition.version}, {edition.kind}",
            "date": edition.date,
            "commit": edition.commit,
            "evidence": edition.hash,
            "cite": f"{app.config.author}, {app.config.project}, version {edition.version}, {edition.date}.",
            "texts": edition.texts,
        }


def read_notebook(app: Sphinx, docname: str, content: list[str]) -> None:
    """Replace a notebook's source by the one with current outputs, tables in the book's own form.

    Raises:
        ExtensionError: an output must stop the build: an error, a word on stderr, a finding that fails.
    """
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".ipynb":
        return
    root = Path(app.srcdir)
    notebook = current_notebook(root, path, inputs_hash(root))
    if faults := find_faults(path.relative_to(root).as_posix(), notebook):
        raise ExtensionError("\n".join(faults))
    book = open_book(root)
    if excerpt := book.excerpt:
        notebook = {**notebook, "cells": [excerpt.cut_outputs(cell) for cell in notebook["cells"]]}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                table = in_words(table_data(output["data"][MIME]), book.prose)
                data = json.dumps(table).replace("`", "\\u0060")
                output["data"] = {"text/markdown": f"```{{evidence-table}}\n{data}\n```\n"}
    content[0] = json.dumps(notebook)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return every document if what is told, or the evidence, is not what it was at the last build."""
    book = open_book(Path(app.srcdir))
    shown = book.excerpt.shown if book.excerpt else None
    root = Path(app.srcdir)
    state = hashlib.sha256(
        repr((book.told, inputs_hash(root), book.edition, shown, contest.load_changes(root))).encode()
    ).hexdigest()
    before, env.retold_state = getattr(env, "retold_state", ""), state  # type: ignore[attr-defined]
    if before == state:
        return []
    env.retold_contest = contest.load_contest(root)  # type: ignore[attr-defined]
    return sorted(env.found_docs)


def find_unwritten(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return every document that was read since this builder wrote it, and those with entries of an index.

    Sphinx writes again what it has just read; what it read for the PDF, it would leave as it is on the pages.
    From an earlier index of the search it takes over all but the entries.
    """
    written = getattr(env, "retold_written", {})
    before, written[app.builder.name] = written.get(app.builder.name, {}), dict(env.all_docs)
    env.retold_written = written  # type: ignore[attr-defined]
    entries = env.get_domain("index").data["entries"]
    return [name for name, read in env.all_docs.items() if before.get(name) != read or entries.get(name)]


def cut_tree(app: Sphinx, tree: docutils.nodes.document, docname: str) -> None:
    """Cut a document as it is written, with what its references and citations have brought in."""
    if excerpt := open_book(Path(app.srcdir)).excerpt:
        excerpt.cut_tree(tree)


class CutTransform(SphinxTransform):
    """Cut a document as it is read, before its titles and labels are taken from it."""

    default_priority = 840

    def apply(self, **options: Any) -> None:
        """Cut the document."""
        cut_tree(self.app, self.document, self.env.docname)


_DIRECTIVES: Mapping[str, type[Directive]] = {
    "judgement": JudgementDirective,
    "evidence-table": TableDirective,
    "article": ArticleDirective,
    "facts": FactsDirective,
    "compare": CompareDirective,
    "downloads": downloads.DownloadsDirective,
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register nodes, roles, directives and events with Sphinx; return the extension's metadata."""
    app.add_node(nodes.evidence, html=(cards.visit_evidence, cards.depart_evidence))
    app.add_node(nodes.passage, html=(cards.visit_passage, cards.depart_passage))
    app.add_node(nodes.judgement, html=(cards.visit_judgement, cards.depart_judgement))
    app.add_node(nodes.pdf_link, html=(cards.visit_pdf_link, cards.depart_pdf_link))
    app.add_node(nodes.unsearched, html=(cards.visit_unsearched, cards.depart_unsearched))
    app.add_node(docutils.nodes.image, override=True, html=(page.visit_image, None))
    app.add_node(docutils.nodes.entry, override=True, html=(page.visit_entry, None))
    for name, role in ROLES.items():
        app.add_role(name, role())
    app.add_domain(RowsDomain)
    app.add_domain(NumberedDomain, override=True)
    for name, directive in _DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("builder-inited", check_book)
    app.connect("source-read", read_notebook)
    app.connect("env-get-outdated", find_outdated)
    app.connect("env-get-updated", keep_numbers, priority=400)  # Sphinx counts at 500
    app.connect("env-get-updated", letter_appendices, priority=600)
    app.connect("env-updated", find_unwritten)
    app.connect("doctree-resolved", contest.add_switches)
    app.add_transform(CutTransform)
    app.connect("doctree-resolved", cut_tree)
    app.connect("doctree-resolved", label_entries)
    app.connect("html-page-context", cards.add_cards)
    app.connect("html-page-context", page.complete_page)
    app.connect("build-finished", downloads.add_exports)
    app.connect("build-finished", page.finish_site)
    return {"version": "1", "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
