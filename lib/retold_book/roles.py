"""Give prose its roles and directives: told values, quotations, evidence, facts, judgements and tables."""

from __future__ import annotations

import json
import re
from itertools import chain, count
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from retold_excerpt.wanted import resolve_quotation
from retold_report.tables import fact_words
from retold_run.told import ToldError
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective, SphinxRole

from retold_book.book import Book, open_book
from retold_book.nodes import judgement, pdf_link
from retold_book.rows import RowsDomain, row_anchor

_MARKS = '“”"'
_WITH_IDS = re.compile(r"^(?P<words>.+?)\s*<(?P<ids>[^<>]+)>$", re.DOTALL)


class _EvidenceRole(SphinxRole):
    """Turn a role's text into evidence; what cannot be resolved is an error at its line."""

    @property
    def book(self) -> Book:
        """Return the book that is being built."""
        return open_book(Path(self.env.app.srcdir))

    def make(self) -> nodes.Node:
        """Return the node for the role's text."""
        raise NotImplementedError

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the node, or an error message that stops the build."""
        try:
            return [self.make()], []
        except (KeyError, ToldError) as error:
            message = str(error.args[0] if error.args else error)
            report = self.inliner.reporter.error(f"{{{self.name}}}: {message}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, report)], [report]


class ToldRole(_EvidenceRole):
    """Show a told value with its evidence: ``key``, ``key:word``, ``key:Word`` or ``key:FORMAT``."""

    def make(self) -> nodes.Node:
        """Return the shown value as evidence, or as a link to the table it stands in."""
        key, words = self.text.partition(":")[0], self.book.told.show(self.text)
        identifiers = self.book.told.rests_on(key)
        if not identifiers:
            return nodes.Text(words)
        if len(identifiers) == 1 and identifiers[0].startswith("table/"):
            return self._lead(words, identifiers[0].replace("table/", "tab-"))
        node = self.book.evidence(words, identifiers, key=key)
        node["request"] = self.text
        return node

    def _lead(self, words: str, label: str) -> nodes.inline:
        target = {"refdomain": "std", "reftype": "ref", "reftarget": label, "refdoc": self.env.docname}
        link = pending_xref("", nodes.inline("", words), refexplicit=True, refwarn=True, **target)
        return nodes.inline("", "", link, classes=["told"])


class QuoteRole(_EvidenceRole):
    """Quote the words of a passage: ``101/nine-boats``, or a part of it: ``101/lead.cue``."""

    def make(self) -> nodes.Node:
        """Return the words between quotation marks as evidence."""
        passage, spans = resolve_quotation(self.book.corpus, self.text)
        words = self.book.shown.articles[passage.article].words(spans)
        return self.book.evidence(f"“{words.strip(_MARKS)}”", [passage.id])


class EvidenceRole(_EvidenceRole):
    """Rest words on passages or outside facts: ``words <101/nine-boats fact/tides>``."""

    def make(self) -> nodes.Node:
        """Return the words as evidence."""
        match = _WITH_IDS.match(self.text)
        if not match:
            raise KeyError(f"write `words <ids>`, not {self.text!r}")
        return self.book.evidence(match["words"], match["ids"].replace(",", " ").split())


class FactRole(_EvidenceRole):
    """Cite an outside fact by its key: shows publisher and date, opens what the fact says."""

    def make(self) -> nodes.Node:
        """Return publisher and date as evidence."""
        fact = self.book.corpus.facts.get(self.text)
        if fact is None:
            raise KeyError(f"no outside fact is called {self.text!r}")
        return self.book.evidence(fact_words(fact), [f"fact/{fact.key}"])


class EditionRole(_EvidenceRole):
    """Show a part of the edition: ``version``, ``date``, ``commit``, ``short_hash``, ``kind``, ``texts``."""

    def make(self) -> nodes.Node:
        """Return the part as plain words."""
        if not hasattr(self.book.edition, self.text):
            raise KeyError(f"the edition has no {self.text!r}")
        return nodes.Text(str(getattr(self.book.edition, self.text)))


class JudgementDirective(SphinxDirective):
    """Set a key judgement; its argument is the check it rests on, ``proof`` the section that shows it."""

    required_arguments = 1
    has_content = True
    option_spec = {"proof": directives.unchanged_required}  # noqa: RUF012 - docutils' own form

    def run(self) -> list[nodes.Node]:
        """Return the judgement, or an error if its check is unknown or does not hold."""
        check = self.arguments[0]
        told = open_book(Path(self.env.app.srcdir)).told
        if not told.findings.get(check) or "proof" not in self.options:
            fault = "is computed by no notebook" if check not in told.findings else "does not hold"
            fault = fault if "proof" in self.options else "names no :proof: section"
            return [self.state.document.reporter.error(f"judgement {check!r} {fault}", line=self.lineno)]
        if not self.content:
            return [self.state.document.reporter.error(f"judgement {check!r} is empty", line=self.lineno)]
        node = judgement(ids=[f"judgement-{check}"], proof=self.options["proof"].lower())
        self.state.document.note_explicit_target(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        link = StringList([f"{{ref}}`Proof <{self.options['proof']}>`."], source=str(self.env.docname))
        proof = nodes.Element()
        self.state.nested_parse(link, self.content_offset, proof)
        last = node.children[-1]
        assert isinstance(last, nodes.Element)
        last.extend([nodes.Text(" "), *proof.children[0].children])
        return [node]


class TableDirective(SphinxDirective):
    """Set the table whose data, as JSON, is the directive's content."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return a table whose cells carry their evidence, or an error if its data cannot be used."""
        try:
            return [self._table(json.loads("\n".join(self.content)))]
        except (KeyError, ValueError) as error:
            message = str(error.args[0]) if isinstance(error, KeyError) else f"the table is not JSON: {error}"
            return [self.state.document.reporter.error(message, line=self.lineno)]

    def _table(self, data: Any) -> nodes.table:
        book = open_book(Path(self.env.app.srcdir))
        widths = [_width(data, at) for at in range(len(data["columns"]))]
        group = nodes.tgroup(cols=len(widths))
        stub = int(_tells_apart([row[0] for row in data["rows"]]))
        group += [nodes.colspec(colwidth=each, stub=stub * (not at)) for at, each in enumerate(widths)]
        head = [[{"text": words, "evidence": []}] for words in data["columns"]]
        group += nodes.thead("", _row(book, head))
        rows = [_row(book, row) for row in data["rows"]]
        self._address(data, rows)
        group += nodes.tbody("", *rows)
        table = nodes.table("", nodes.title(data["caption"], data["caption"]), group)
        table["classes"] += ["evidence-table", "colwidths-auto"]
        if max(widths) > _STACKED or sum(widths) > 2 * _STACKED:
            table["classes"].append("stacks")
            for entry in group[-1].findall(nodes.entry):
                entry["label"] = data["columns"][entry.parent.index(entry)]
        table["names"].append(f"tab-{data['name']}")
        self.state.document.note_explicit_target(table)
        self.state.document.set_id(table)
        return table

    def _address(self, data: Any, rows: list[nodes.row]) -> None:
        """Give each row an id that no other node of the document has, and let the search find it."""
        taken = self.state.document.ids
        for cells, row in zip(data["rows"], rows, strict=True):
            wanted = row_anchor(data["name"], cells)
            later = (f"{wanted}-{number}" for number in count(2))
            name = next(each for each in chain([wanted], later) if each not in taken)
            row["ids"].append(name)
            taken[name] = row
        names = [cells[0][0]["text"].rstrip(".") for cells in data["rows"]]
        domain = self.env.get_domain("rows")
        assert isinstance(domain, RowsDomain)
        domain.note(names, [row["ids"][0] for row in rows])


def _marked(words: str, marks: Any) -> list[nodes.Node]:
    """Return words as nodes, strong between each start and end of ``marks``."""
    found: list[nodes.Node] = []
    at = 0
    for start, end in marks:
        found += [nodes.Text(words[at:start]), nodes.strong("", words[start:end])]
        at = end
    return [*found, nodes.Text(words[at:])]


def _tells_apart(cells: Any) -> bool:
    """Return whether a column names its rows: no two cells say the same, and none says nothing."""
    words = ["; ".join(part["text"] for part in parts) for parts in cells]
    return len(set(words)) == len(words) and not set(words) & {"–", "-", "—", ""}


def _width(data: Any, at: int) -> int:
    cells = [row[at] for row in data["rows"]]
    longest = max([len(data["columns"][at]), *(len(part["text"]) for parts in cells for part in parts)])
    return min(longest, 60)


_STACKED = 40  # characters of a cell, or of half a row, above which a narrow screen has cells below cells
_LONG = 24  # characters of a part from which each part of a cell has a line of its own


def _row(book: Book, cells: Any) -> nodes.row:
    row = nodes.row()
    for parts in cells:
        long = any(len(part["text"]) > _LONG for part in parts)
        paragraphs = [nodes.paragraph()]
        for number, part in enumerate(parts):
            if number and long:
                paragraphs.append(nodes.paragraph())
            elif number:
                paragraphs[-1] += nodes.Text("; ")
            marked = _marked(part["text"], part.get("marks", ()))
            ids = part["evidence"]
            paragraphs[-1] += [book.evidence(part["text"], ids, children=marked)] if ids else marked
        row += nodes.entry("", *paragraphs)
    return row


class PdfRole(_EvidenceRole):
    """Lead to the PDF."""

    def make(self) -> nodes.Node:
        """Return the words, to be linked in HTML."""
        return pdf_link(self.text, self.text)


ROLES = {
    "told": ToldRole,
    "quote": QuoteRole,
    "evidence": EvidenceRole,
    "fact": FactRole,
    "edition": EditionRole,
    "pdf": PdfRole,
}
