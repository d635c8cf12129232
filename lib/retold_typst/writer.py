"""Turn one joined document tree into the body of a Typst file: documents, sections, paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, starmap, zip_longest

from docutils import nodes
from retold_book.nodes import anchor, passage
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging

from retold_typst.blocks import BlockWriter
from retold_typst.layouts import lead_height
from retold_typst.settings import APPENDIX, CHAPTER, COLUMN, fits_columns, is_main
from retold_typst.subjects import SOURCE
from retold_typst.text import string, strings
from retold_typst.widths import find_locators

logger = logging.getLogger(__name__)

END_OF_COLUMNS = "];\n\n"


class Writer(BlockWriter):
    """Write one joined tree as the body of a Typst file; ``code`` then holds the cells left out of it."""

    def __init__(
        self,
        builder: Builder,
        tree: nodes.document,
        *,
        parts: Mapping[str, str],
        subjects: Mapping[str, Sequence[str]],
        names: Mapping[str, str],
    ) -> None:
        """Prepare to write ``tree``.

        ``parts`` names the book's parts by the document each begins with; ``subjects`` are the marks by
        which the indexes list each passage, ``names`` the words of the marks.
        """
        super().__init__(builder, tree, subjects, names)
        self.parts = parts
        self.depth = self.files = 0
        self.titles: dict[str, str] = {}
        self.keyed: set[str] = set()

    def write(self) -> str:
        """Return the Typst of the whole tree; a link without a target and an unknown node warn."""
        body = self.render(self.tree)
        for target in sorted(self.links.keys() - self.labels):
            logger.warning("typst: no target %r for this link", target, location=self.links[target])
        return body

    def _put_compound(self, node: nodes.compound) -> str:
        """Write documents, those that follow one another and fit columns in columns together."""
        kept, body = self.setting, ""
        for in_columns, run in groupby(node.children, lambda child: fits_columns(self.env, child)):
            documents = list(run)
            self.setting = COLUMN if in_columns else kept
            part = "".join(map(self.render, documents))
            body += self._columns(documents[0], part) if in_columns and kept != COLUMN else part
        self.setting = kept
        return body

    def _columns(self, first: nodes.Node, part: str) -> str:
        """Return documents in columns, those with notes on pages of their own."""
        new_page = isinstance(first, addnodes.start_of_file) and first["docname"] in self.parts
        call = "#columns-alone" if "#note(" in part else f"#columns-below({str(new_page).lower()})"
        return f"{call}[{part}{END_OF_COLUMNS}"

    def _put_start_of_file(self, node: addnodes.start_of_file) -> str:
        """Write one document, its headings counted from its place in the contents."""
        kept = self.docname, self.depth, self.setting
        self.docname, self.depth, self.files = node["docname"], self.files, self.files + 1
        small = self.setting == CHAPTER and not is_main(self.env, node)
        self.setting = APPENDIX if small else self.setting
        body = self.children(node)
        (self.docname, self.depth, self.setting), self.files = kept, self.files - 1
        return f"#appendix[{body}];\n\n" if small else body

    def _put_section(self, node: nodes.section) -> str:
        self.depth += 1
        numbers = self.env.toc_secnumbers.get(self.docname, {})
        found = [numbers.get(f"#{name}") for name in node["ids"]]
        ids, title, part = self.ids(node), next(iter(node.findall(nodes.title)), nodes.title()), ""
        if self.docname not in self.titles:
            self.titles[self.docname] = title.astext()
            ids.append(f"{self.docname}:")
            self.labels.add(ids[-1])
            found.append(numbers.get(""))
            part = self.parts.get(self.docname, "")
        number = ".".join(map(str, next(filter(None, found), ())))
        flows = str(self.setting == COLUMN).lower()
        values = f"{self.depth}, {string(number)}, {strings(ids)}, part: {string(part)}, flows: {flows}"
        heading = f"#section({values})[{self.quietly(title)}];\n\n"
        body = "".join(starmap(self._kept, zip_longest(node.children, node.children[1:])))
        self.depth -= 1
        return heading + body

    def _kept(self, node: nodes.Node, following: nodes.Node | None) -> str:
        """Return a block; a paragraph is kept with the table it leads to, unless it has notes.

        Typst sets a page anew once it knows of a note on it; what then moves on would leave its notes behind.
        """
        part, table = self.render(node), _table_in(following)
        if not table or not isinstance(node, nodes.paragraph) or "#note(" in part:
            return part
        height = lead_height(node, self.layout_of(table))
        return f"#lead({height:.0f}pt)[{part.strip()}];\n\n"

    def _put_paragraph(self, node: nodes.paragraph) -> str:
        """Write a paragraph; marked passages get room for their marks, and the first a key to them."""
        if self.in_table and (locators := find_locators(node)):
            return self.locators(locators)
        body, key = self.sentences(node), ""
        annotated = "article-line" in node["classes"] or any(True for _ in node.findall(passage))
        if self.in_table or not annotated:
            return f"{body}\n\n"
        if self.docname not in self.keyed:
            self.keyed.add(self.docname)
            layers = {layer for mark in node.parent.findall(passage) for layer in mark["layers"]}
            key = f"#mark-key({strings(sorted(layers))});\n\n"
        return f"{key}#annotated({self._beside(node)})[{body}];\n\n"

    def _beside(self, node: nodes.paragraph) -> str:
        """Return the names of those who are cited in a paragraph, and the marks of the claims it is read for.

        A reading may go on in another paragraph, so that those cited in it need not be in this one.
        """
        places = [(mark["ids"], each) for mark in node.findall(passage) for each in mark["passages"]]
        starting = [self.subjects.get(each, ()) for ids, each in places if anchor(each) in ids]
        claims = dict.fromkeys(mark for marks in starting for mark in marks if not mark.startswith(SOURCE))
        sources = [marks for marks in starting if marks and not claims.keys() & {*marks}]
        names = dict.fromkeys(self.names[marks[-1]] for marks in sources)
        return f"{strings(names)}, {strings(claims)}"


def _table_in(node: nodes.Node | None) -> nodes.table | None:
    """Return the first table of what may follow a paragraph, if it has one."""
    return next(node.findall(nodes.table), None) if isinstance(node, nodes.container | nodes.table) else None
