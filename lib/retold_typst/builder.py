"""Build the book as one PDF: a Sphinx builder that joins the documents and compiles them with Typst."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import typst
from docutils import nodes
from retold_book.book import open_book
from sphinx.addnodes import start_of_file, toctree
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging

from retold_typst.glyphs import replace_lost
from retold_typst.subjects import indexed_subjects, indexes, name_marks
from retold_typst.text import string, strings, words
from retold_typst.writer import END_OF_COLUMNS, Writer

logger = logging.getLogger(__name__)

TEMPLATE = "template.typ"
STANDARDS = ["ua-1", "a-2a"]
LISTED = "In bold, where an entry itself stands; other pages rest on words of it."
FOLDED = "The program cells of each notebook, in the order in which they run."
UNPRINTED = frozenset({"html-only", "footnotes"})  # the latter is the rule above a web page's notes
MIME = ("image/svg+xml", "image/png", "text/markdown", "text/plain")


class TypstBuilder(Builder):
    """Join all documents of the contents and write them as one tagged, archival PDF."""

    name = "typst"
    format = "typst"
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012 - Sphinx's own shape
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        """Return that all documents are written each time, for they make one file."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return an address that `Writer` recognises as lying within the book."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the same address from wherever the link stands."""
        return self.get_target_uri(to, typ)

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Sequence[str],
        method: str = "update",
    ) -> None:
        """Write the Typst file and its pictures, then compile it.

        Raises:
            SphinxError: Typst refuses the file; the message is Typst's.
        """
        assert self.env is not None
        root = str(self.config.root_doc)
        tree = self.env.get_doctree(root)
        lists = [each for each in tree.findall(toctree) if each.get("caption") and each["includefiles"]]
        parts = {each["includefiles"][0]: each["caption"] for each in lists}
        _inline(self.env, tree)
        _leave_out(tree)
        self.env.resolve_references(tree, root, self)
        self.post_process_images(tree)
        corpus = open_book(Path(self.srcdir)).shown
        listed = indexes(corpus)
        writer = Writer(self, tree, parts=parts, subjects=indexed_subjects(corpus), names=name_marks(corpus))
        body = _with_back(writer.write(), writer, listed)
        target = Path(self.outdir, f"{self.config.typst_filename}.typ")
        text = replace_lost(self._head(writer.hook) + body, STANDARDS)
        target.write_text(text, encoding="utf-8")
        shutil.copyfile(Path(__file__).with_name(TEMPLATE), target.with_name(TEMPLATE))
        target.with_name("images").mkdir(exist_ok=True)
        for source, name in self.images.items():
            shutil.copyfile(Path(self.srcdir, source), target.with_name("images") / name)
        self._compile(target)

    def _time(self) -> datetime:
        """Return the book's date: of the environment, else of the title page, else the epoch."""
        if stamp := os.environ.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(stamp), UTC)
        try:
            return datetime.fromisoformat(self.config.typst_title_page["date"]).replace(tzinfo=UTC)
        except (KeyError, TypeError, ValueError):
            return datetime.fromtimestamp(0, UTC)

    def _head(self, hook: str) -> str:
        page = {"title": self.config.project, **self.config.typst_title_page}
        values = "".join(strings(map(str, pair)) + "," for pair in page.items())
        day = self._time()
        date = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
        language, _, region = str(self.config.language or "en").replace("-", "_").partition("_")
        return (
            f'#import "{TEMPLATE}": *\n#let values = ({values}).to-dict()\n'
            f"#show: book.with(values, {date}, {string(language)}, {string(region.lower() or 'gb')})\n"
            f"#title-page(values, {string(hook)})\n#lists\n#show: main-matter\n\n"
        )

    def _compile(self, source: Path) -> None:
        """Compile with the fonts of the wheel alone, so that every machine makes the same bytes."""
        compiler = typst.Compiler(source, root=self.outdir, ignore_system_fonts=True)
        options: dict[str, Any] = {"pdf_standards": STANDARDS, "timestamp": int(self._time().timestamp())}
        try:
            pdf, warnings = compiler.compile_with_warnings(format="pdf", **options)
        except typst.TypstError as error:
            raise SphinxError(f"typst: {error.diagnostic}") from error
        for warning in warnings:
            logger.warning("typst: %s", warning.message)
        assert isinstance(pdf, bytes)
        source.with_suffix(".pdf").write_bytes(pdf)


def _inline(env: BuildEnvironment, tree: nodes.document) -> None:
    """Put the documents that a tree's contents name in their place, theirs in them; none is copied."""
    for contents in list(tree.findall(toctree)):
        parts = []
        for docname in map(str, contents["includefiles"]):
            inner = env.get_doctree(docname)
            _inline(env, inner)
            parts.append(start_of_file("", *inner.children, docname=docname))
            for section in parts[-1].findall(nodes.section):
                section.setdefault("docname", docname)
        contents.parent.replace(contents, parts)


def _leave_out(tree: nodes.document) -> None:
    """Remove what is for the screen alone, so that no table makes room for it."""
    for node in [each for each in tree.findall(nodes.Element) if UNPRINTED & set(each.get("classes", ()))]:
        node.parent.remove(node)


def _with_back(body: str, writer: Writer, listed: Mapping[str, Mapping[str, str]]) -> str:
    """Return the body with its code and indexes, which go on in the columns that it may end in."""
    back = _code(writer) + "".join(_index(title, entries, writer) for title, entries in listed.items())
    back += _index("Index", writer.terms, writer)
    columns = "" if body.endswith(END_OF_COLUMNS) else "#columns-below(false)["
    return body.removesuffix(END_OF_COLUMNS) + columns + back + END_OF_COLUMNS


def _code(writer: Writer) -> str:
    """Return the appendix that lists the cells left out of the body, by chapter."""
    parts = [f'#section(1, "", (), flows: true)[Code];\n\n{words(FOLDED)}\n\n'] if writer.code else []
    for docname, cells in writer.code.items():
        parts.append(f'#section(2, "", (), flows: true)[{words(writer.titles[docname])}];\n\n')
        parts += [f"#code({string(source)});\n\n" for source in cells]
    return "".join(parts)


def _index(title: str, words_of: Mapping[str, str], writer: Writer) -> str:
    """Return an index in alphabetical order, "" if it would be empty; ``words_of`` holds entries by mark."""
    listed = sorted((_alphabetical(words_of[mark]), mark) for mark in words_of if mark in writer.marked)
    entries = "".join(f"({string(words_of[mark].removesuffix('.'))}, {string(mark)})," for _, mark in listed)
    return (
        f'#section(1, "", (), flows: true)[{words(title)}];\n\n{words(LISTED)}\n\n#book-index({entries});\n'
        if entries
        else ""
    )


def _alphabetical(entry: str) -> str:
    """Return what an entry is sorted by: its letters without accents, and without a leading article."""
    plain = re.sub(r"^(?:an?|the) |[^\w\s]", "", normalize("NFKD", entry).casefold())
    return f"{plain} {entry}"


def _add_priorities(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB which outputs this builder prints; it knows none for a builder of ours."""
    if "nb_mime_priority_overrides" in config:
        ours = [(TypstBuilder.name, mime, 10 * rank) for rank, mime in enumerate(MIME, 1)]
        config.nb_mime_priority_overrides = [*ours, *config.nb_mime_priority_overrides]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and its values; return what Sphinx wants to know of an extension."""
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_filename", "book", "", (str,))
    app.add_config_value("typst_title_page", {}, "", (dict,))
    app.connect("config-inited", _add_priorities)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
