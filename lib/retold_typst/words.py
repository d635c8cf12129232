"""Write the words of a book: text, links, notes, evidence, and the targets links lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from docutils import nodes
from retold_book.nodes import anchor, evidence, passage
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging

from retold_typst.settings import CHAPTER
from retold_typst.text import LOCATOR, Notes, elements, is_near, places, string, strings, words

logger = logging.getLogger(__name__)

WRAPPED = {  # what stands before and after the children of a node
    **dict.fromkeys(
        ("document", "glossary", "PassthroughTextElement", "problematic", "abbreviation", "term",
         "download_reference", "definition", "list_item", "field_name", "field_body", "target"), ("", ""),
    ),
    **dict.fromkeys(("emphasis", "title_reference", "literal_emphasis"), ("#emph[", "];")),
    **dict.fromkeys(("strong", "literal_strong"), ("#strong[", "];")),
    **dict.fromkeys(("rubric", "caption"), ("#sub-head[", "]\n\n")),
    "subscript": ("#sub[", "];"), "superscript": ("#super[", "];"), "classifier": ('#" : ";', ""),
    "attribution": ("#align(right)[", "]\n\n"), "legend": ("", "\n\n"), "block_quote": ("#quote[", "]\n\n"),
    "line_block": ("#block[", "]\n\n"), "line": ("", "#linebreak();"),
    "transition": ("#align(center, line(length: 30mm, stroke: pale));", "\n\n"),
}  # fmt: skip
SKIPPED = frozenset({
    "raw", "comment", "substitution_definition", "system_message", "docinfo", "meta", "footnote", "label",
    "toctree", "tabular_col_spec", "highlightlang", "pending", "title",
})  # fmt: skip
SENTENCES = frozenset({"rubric", "caption", "term", "attribution", "line", "field_name"})
SUMMED = 12  # passages, of which a sum over more tells nothing in particular
NEAR = 4  # marks, within which a note like another is that note's mark once more
OWN_IDS = frozenset({"section", "figure", "table", "row"})


class WordWriter:
    """Write what stands within a line, every text as a string literal, every target as a label."""

    def __init__(
        self,
        builder: Builder,
        tree: nodes.document,
        subjects: Mapping[str, Sequence[str]],
        names: Mapping[str, str],
    ) -> None:
        """Prepare to write ``tree`` for ``builder``, whose environment holds the numbers.

        ``subjects`` are the marks by which the indexes list each passage; ``names`` the words of the marks.
        """
        assert builder.env is not None
        self.builder, self.env, self.tree = builder, builder.env, tree
        self.subjects, self.names = subjects, names
        self.rows = {words_of: mark for mark, words_of in names.items()}
        self.mains: set[tuple[str, str]] = set()
        self.numbered = 0
        self.noted_at: dict[tuple[str, ...], int] = {}
        self.docname = str(builder.config.root_doc)
        self.in_table = self.quiet = self.held = 0
        self.in_footnote = self.in_citation = False
        self.notes, self.setting = Notes(), CHAPTER
        self.labels: set[str] = set()
        self.links: dict[str, nodes.Node] = {}
        self.terms: dict[str, str] = {}
        self.marked: set[str] = set()
        self.footnotes = dict(self._labelled(nodes.footnote))
        self.citations = dict(self._labelled(nodes.citation))
        self.noted: set[str] = set()

    def render(self, node: nodes.Node) -> str:
        """Return the Typst of one node; an unknown one warns and prints nothing."""
        if not isinstance(node, nodes.Element):
            return self._text(node.astext())
        for kind in type(node).__mro__:
            name = kind.__name__
            if name in SKIPPED:
                return ""
            if name in WRAPPED or hasattr(self, f"_put_{name}"):
                before, after = WRAPPED.get(name, ("", ""))
                put = getattr(self, f"_put_{name}", self.sentences if name in SENTENCES else self.children)
                return ("" if name in OWN_IDS else self.anchors(node)) + before + str(put(node)) + after
        logger.warning("typst: no way to print the node %r", type(node).__name__, location=node)
        return ""

    def children(self, node: nodes.Node) -> str:
        """Return the Typst of a node's children, one after the other."""
        return "".join(self.render(child) for child in node.children)

    def sentences(self, node: nodes.Node) -> str:
        """Return running text, with a note after each sentence that rests on evidence."""
        return (self.children(node) + self._note()).strip()

    def quietly(self, node: nodes.Node) -> str:
        """Return the Typst of a heading's text: no notes, no targets, no page numbers."""
        self.quiet += 1
        body = self.children(node).strip()
        self.quiet -= 1
        return body

    def anchors(self, node: nodes.Element) -> str:
        """Return labels for a node's ids, so that links land on it."""
        ids = self.ids(node)
        return f"#anchors(..{strings(ids)});" if ids else ""

    def ids(self, node: nodes.Element) -> list[str]:
        """Return a node's ids as labels, each once; those of passages and lines are unique as they are."""
        if self.quiet:
            return []
        ids = [f"{self.docname}:{name}" for name in node["ids"]]
        unique = "article-line" in node["classes"]
        ids += [name for name in node["ids"] if unique or name.startswith(anchor(""))]
        fresh = [name for name in dict.fromkeys(ids) if name not in self.labels]
        self.labels.update(fresh)
        return fresh

    def row_anchors(self, row: nodes.Element) -> str:
        """Return labels for a table's row, one more if it is a document's first on what an index lists."""
        mark = self.rows.get(row.children[0].astext().strip(), "")
        if not mark or (self.docname, mark) in self.mains:
            return self.anchors(row)
        self.mains.add((self.docname, mark))
        return f"{self.anchors(row)}#anchors({string(f'main {mark}')});"

    def _note(self) -> str:
        """Return the note of the sentence that ends here, or the mark of one like it just before."""
        told = (self.docname, *self.notes.told)
        body = "" if self.held or self.in_table or self.quiet else self.notes.flush()
        if not body or self.in_footnote:
            return body and f'#" (";{body}#")";'
        self.numbered += 1
        at = self.noted_at.get(told)
        if at and self.numbered - at <= NEAR:
            return f"#note-again({string(f'note {at}')});"
        self.noted_at[told] = self.numbered
        return f"#note({string(f'note {self.numbered}')})[{body}];"

    def _text(self, text: str) -> str:
        """Return a text; at a line end, where a sentence ends, its note stands before the space."""
        line, end, rest = text.partition("\n")
        if not end or not self.notes:
            return words(text)
        return words(line.rstrip()) + self._note() + words(" " + rest.lstrip())

    def _put_inline(self, node: nodes.inline) -> str:
        body = self.children(node)
        return f"#minor[{body}];" if {"line-number", "located"} & set(node["classes"]) else body

    def _put_literal(self, node: nodes.literal) -> str:
        return f"#raw({string(node.astext())});"

    def _put_evidence(self, node: evidence) -> str:
        """Write told words; the sentence's note, or in a table the page, says what they rest on."""
        body = self.children(node)
        if self.quiet or not node["passages"]:
            return body
        if self.in_table and LOCATOR.fullmatch(node.astext()):
            return self.locators([node])
        body = self._listed(node["passages"]) + body
        if not self.in_table:
            self.notes.add_evidence(node["passages"], node["locators"])
        return body if self.held else f"#go({string(anchor(node['passages'][0]))}, [{body}]);"

    def locators(self, found: Iterable[evidence]) -> str:
        """Return the locators of a table's cell, merged, each with the pages it leads to."""
        merged: dict[str, str] = {}
        for node in found:
            merged |= zip(node["passages"], node["locators"], strict=True)
        return f"{self._listed(merged)}#cell-locators({places(merged)});"

    def _listed(self, passages: Collection[str]) -> str:
        """Return marks that make the index list this place under what the passages are about.

        The index lists chapters and the articles themselves, neither appendices, which repeat all, nor sums.
        """
        is_main = self.docname == self.builder.config.root_doc or self.env.toc_secnumbers.get(self.docname)
        return self._marks(passages) if is_main and len(passages) <= SUMMED else ""

    def _marks(self, passages: Iterable[str]) -> str:
        marks = dict.fromkeys(mark for each in passages for mark in self.subjects.get(each, ()))
        self.marked.update(marks)
        return f"#anchors(..{strings(marks)});" if marks else ""

    def _put_passage(self, node: passage) -> str:
        listed = self._marks(node["passages"]) if node["ids"] else ""
        return f"{listed}#marked({strings(node['layers'])}, [{self.children(node)}]);"

    def _put_reference(self, node: nodes.reference) -> str:
        self.held += 1
        body = self.children(node)
        self.held -= 1
        address = node.get("refuri", "")
        if self.quiet or not (address or node.get("refid")):
            return body
        if address and not address.startswith("%"):
            if not (self.in_table or self.in_footnote or self.in_citation or node.astext() in address):
                self.notes.add_address(address)
            return f"#web({string(address)}, [{body}]);"
        docname, _, name = address[1:].partition("#") if address else (self.docname, "", node["refid"])
        target = f"{docname}:{name}"
        self.links.setdefault(target, node)
        if target in self.citations:
            return f"#anchors({string(f'cited {target}')});#go({string(target)}, [{body}], fill: blue);"
        classes = {name for each in (node.parent, *elements(node)) for name in each["classes"]}
        if classes & {"std-term", "told"} or self.in_table or self.in_footnote or self.held:
            return f"#go({string(target)}, [{body}]);"
        if docname == self.docname and is_near(node, name):
            return f"#go({string(target)}, [{body}], fill: link-blue);"
        before = "".join(each.astext() for each in node.parent.children[: node.parent.index(node)])
        within = str(before.count("(") > before.count(")")).lower()
        return f"#xref({string(target)}, [{body}], within: {within});"

    def _put_footnote_reference(self, node: nodes.footnote_reference) -> str:
        """Write a footnote where it is first referred to; later references repeat its mark."""
        label = f"{self.docname}:{node['refid']}"
        if self.quiet:
            return ""
        if label in self.noted:
            return f"#note-again({string(label)});"
        self.noted.add(label)
        kept, self.notes, self.in_footnote = self.notes, Notes(), True
        body = " ".join(self.render(child).strip() for child in self.footnotes[label].children)
        self.notes, self.in_footnote = kept, False
        return f"#note({string(label)})[{body}];"

    def _put_index(self, node: addnodes.index) -> str:
        """Mark a place that the index lists; the glossary's own terms are left out."""
        if self.quiet or isinstance(node.parent, nodes.term):
            return ""
        terms = []
        for kind, value, *_ in node["entries"]:
            parts = [part.strip() for part in value.split(";")]
            terms += [", ".join(term) for term in ([parts, parts[::-1]] if kind == "pair" else [parts])]
        marks = [f"index {term}" for term in terms]
        self.terms.update(zip(marks, terms, strict=True))
        self.marked.update(marks)
        return f"#anchors(..{strings(marks)});"

    def _labelled(self, kind: type[nodes.Element]) -> Iterator[tuple[str, nodes.Element]]:
        """Yield every node of a kind in the joined tree with its labels."""
        for node in self.tree.findall(kind):
            holder: nodes.Element = node
            while holder.parent is not None and not isinstance(holder, addnodes.start_of_file):
                holder = holder.parent
            docname = node.get("docname", holder.get("docname", self.docname))
            yield from ((f"{docname}:{name}", node) for name in node["ids"])
