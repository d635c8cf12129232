"""Turn one joined document tree into the body of a Typst file: sections, lists, figures, cells, boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, zip_longest
from pathlib import Path
from typing import cast

from docutils import nodes
from retold_book.nodes import anchor, judgement, passage
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import admonitionlabels
from sphinx.util import logging

from retold_typst.labels import author_years
from retold_typst.lettering import find_lettering, lettering
from retold_typst.settings import APPENDIX, CHAPTER, COLUMN, fits_columns, is_main
from retold_typst.subjects import SOURCE
from retold_typst.tables import render_table
from retold_typst.text import elements, first_sentence, string, strings, words
from retold_typst.widths import find_locators
from retold_typst.words import WordWriter

logger = logging.getLogger(__name__)

RUST = frozenset({"warning", "caution", "danger", "error", "attention"})


class Writer(WordWriter):
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
        self.depth = self.files = self.judgements = 0
        self.turned = False
        self.hook = ""
        self.code: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self.keyed: set[str] = set()
        self.author_years = author_years(self.env)

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
            if in_columns and kept != COLUMN:
                new_page = str(cast(nodes.Element, documents[0])["docname"] in self.parts).lower()
                part = f"#in-columns({new_page})[{part}];\n\n"
            body += part
        self.setting = kept
        return body

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
        body = self._with_turned(f"#section({values})[{self.quietly(title)}];\n\n", node)
        self.depth -= 1
        return body

    def _with_turned(self, heading: str, node: nodes.section) -> str:
        """Return a section; what leads to a table on turned pages, but no chapter's title, stands there."""
        body, before = (heading, "") if self.depth == 1 else ("", heading)
        for child, following in zip_longest(node.children, node.children[1:]):
            self.turned = False
            part = self.render(child)
            if isinstance(child, nodes.paragraph) and _holds_table(following):
                part = f"#lead[{part.strip()}];\n\n"
            if self.turned:
                part = f"#turned[{before.strip()}][{part.strip()}]\n\n"
            elif not part.strip() or isinstance(child, nodes.paragraph):
                before += part
                continue
            else:
                part = before + part
            body, before = body + part, ""
        self.turned = False
        return body + before

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
        """Return the names of those who speak in a paragraph, and the marks of the claims it is read for."""
        places = [(mark["ids"], each) for mark in node.findall(passage) for each in mark["passages"]]
        starting = [self.subjects.get(each, ()) for ids, each in places if anchor(each) in ids]
        sources = [[mark for mark in marks if mark.startswith(SOURCE)] for marks in starting]
        claims = dict.fromkeys(mark for marks in starting for mark in marks if not mark.startswith(SOURCE))
        names = dict.fromkeys(self.names[marks[-1]] for marks in sources if marks)
        return f"{strings(names)}, {strings(claims)}"

    def _put_bullet_list(self, node: nodes.Element) -> str:
        later = [each for item in node.children for each in item.children[1:]]
        tight = not any(isinstance(each, nodes.paragraph) for each in later)
        items = "".join(f"[{self.render(item).strip()}]," for item in node.children)
        call = "#list(" if isinstance(node, nodes.bullet_list) else f"#enum(start: {node.get('start', 1)}, "
        return f"{call}tight: {str(tight).lower()}, {items});\n\n"

    _put_enumerated_list = _put_bullet_list

    def _put_definition_list(self, node: nodes.Element) -> str:
        items = ""
        for item in node.children:
            *heads, body = [self.render(child).strip() for child in item.children]
            items += f"terms.item([{'#linebreak();'.join(heads)}], [{body}]),"
        return f"#terms(tight: false, {items});\n\n"

    _put_field_list = _put_definition_list

    def _put_image(self, node: nodes.image) -> str:
        uri, alt = node["uri"], node.get("alt", "")
        if not alt or alt == uri:
            logger.warning("typst: no alternative text for %r", uri, location=node)
        name = self.builder.images.get(uri)
        if not name:
            return ""
        found = find_lettering(Path(self.builder.srcdir, uri)) if uri.endswith(".svg") else []
        return f"#picture({string(f'images/{name}')}, {string(alt or 'Picture')}, {lettering(found)});\n\n"

    def _put_figure(self, node: nodes.figure) -> str:
        caption = next(iter(node.findall(nodes.caption)), None)
        body = "".join(self.render(child) for child in node.children if child is not caption)
        pictures = next(iter(node.findall(nodes.image)), None)
        return self._captioned("image" if pictures else "table", "figure", node, caption, body)

    def _put_table(self, node: nodes.table) -> str:
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        number = self._number("table", node)
        table = render_table(self, node, name=f"{self._kind('table')} {number}" if number else "")
        self.turned |= table.turned
        return self._captioned("table", "table", node, title, table.call)

    def _captioned(
        self, kind: str, figtype: str, node: nodes.Element, caption: nodes.Element | None, body: str
    ) -> str:
        number = self._number(figtype, node)
        if caption is None and not number:
            return f"{self.anchors(node)}{body.strip()}\n\n"
        name = self._kind(figtype)
        short = first_sentence(caption.astext()) if caption else ""
        long = f"[{self.sentences(caption)}]" if caption else "none"
        values = f"{string(name)}, {string(number)}, {strings(self.ids(node))}, {string(short)}, {long}"
        return f"#captioned({kind}, {values})[{body.strip()}];\n\n"

    def _number(self, figtype: str, node: nodes.Element) -> str:
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get(figtype, {})
        return next((".".join(map(str, numbers[each])) for each in node["ids"] if each in numbers), "")

    def _kind(self, figtype: str) -> str:
        return str(self.builder.config.numfig_format[figtype].replace("%s", "").strip())

    def _put_literal_block(self, node: nodes.literal_block) -> str:
        return f"#code({string(node.astext())});\n\n"

    _put_doctest_block = _put_literal_block

    def _put_container(self, node: nodes.container) -> str:
        part = node.get("design_component", "")
        if node.get("nb_element") == "cell_code_source":
            self.code.setdefault(self.docname, []).append(node.astext())
            return ""
        if "comparison" in node["classes"]:
            return f"#compared[{self.children(node).strip()}];\n\n"
        if part == "grid-row" and len(node.children) > 1:
            return f"#side-by-side({''.join(f'[{self.render(child)}],' for child in node.children)});\n\n"
        if part in ("card", "card-title"):
            call = {"card": "framed", "card-title": "sub-head"}[part]
            return f"#{call}[{self.children(node).strip()}];\n\n"
        if part == "dropdown" and node["has_title"]:
            head, *rest = elements(node)
            body = "".join(map(self.render, rest)).strip()
            return f"{self.anchors(head)}#boxed([{self.quietly(head)}], [{body}], colour: grey);\n\n"
        return self.children(node)

    def _put_Admonition(self, node: nodes.Element) -> str:  # noqa: N802 - named after the docutils class
        own = next((child for child in node.children if isinstance(child, nodes.title)), None)
        title = self.quietly(own) if own else words(str(admonitionlabels.get(node.tagname, node.tagname)))
        colour = "rust" if RUST & {node.tagname, *node["classes"]} else "blue"
        return f"#boxed([{title}], [{self.children(node).strip()}], colour: {colour});\n\n"

    _put_sidebar = _put_topic = _put_Admonition

    def _put_judgement(self, node: judgement) -> str:
        """Write a numbered key judgement, its last paragraph the confidence."""
        self.judgements += 1
        self.hook = self.hook or f"{first_sentence(node.children[0].astext())}."
        *body, confidence = [self.render(child).strip() for child in node.children]
        return f"#judgement({self.judgements}, [{confidence}])[{'#parbreak();'.join(body)}];\n\n"

    def _put_citation(self, node: nodes.citation) -> str:
        tag = words(self.author_years[node["ids"][0]])
        back = f"cited {node.get('docname', self.docname)}:{node['ids'][0]}"
        self.in_citation = True
        body = " ".join(self.render(child).strip() for child in node.children)
        self.in_citation = False
        return f"#entry([{tag}], {string(back)})[{body}];\n\n"


def _holds_table(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.container | nodes.table) and any(True for _ in node.findall(nodes.table))
