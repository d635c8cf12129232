"""Write what stands between paragraphs: lists, figures, tables, cells of code, boxes, entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from retold_book.nodes import judgement
from sphinx.locale import admonitionlabels
from sphinx.util import logging

from retold_typst.layouts import Layout, Room, layout
from retold_typst.lettering import find_lettering, lettering
from retold_typst.tables import render_table
from retold_typst.text import elements, first_sentence, string, strings, words
from retold_typst.words import WordWriter

logger = logging.getLogger(__name__)

RUST = frozenset({"warning", "caution", "danger", "error", "attention"})


class BlockWriter(WordWriter):
    """Write blocks; ``code`` then holds the cells left out, ``hook`` the first key judgement."""

    def __init__(self, *arguments: Any) -> None:
        """Prepare to write; the arguments are those of `WordWriter`."""
        super().__init__(*arguments)
        self.judgements, self.hook = 0, ""
        self.code: dict[str, list[str]] = {}
        self.layouts: dict[nodes.table, Layout] = {}

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
        table = self.layout_of(node)
        call = render_table(self, table, name=f"{self._kind('table')} {number}" if number else "")
        return self._captioned("table", "table", node, title, call, table.room)

    def layout_of(self, node: nodes.table) -> Layout:
        """Return the layout of a table, estimated once for what leads to it and for the table itself."""
        if node not in self.layouts:
            self.layouts[node] = layout(node, self.setting)
        return self.layouts[node]

    def _captioned(
        self,
        kind: str,
        figtype: str,
        node: nodes.Element,
        caption: nodes.Element | None,
        body: str,
        room: Room | None = None,
    ) -> str:
        number = self._number(figtype, node)
        if caption is None and not number:
            return f"{self.anchors(node)}{body.strip()}\n\n"
        name = self._kind(figtype)
        short = first_sentence(caption.astext()) if caption else ""
        long = f"[{self.sentences(caption)}]" if caption else "none"
        values = f"{string(name)}, {string(number)}, {strings(self.ids(node))}, {string(short)}, {long}"
        values += f", least: {room.height:.0f}pt, whole: {str(room.whole).lower()}" if room else ""
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
        tag = words(next(iter(node.findall(nodes.label))).astext())
        back = f"cited {node.get('docname', self.docname)}:{node['ids'][0]}"
        self.in_citation = True
        body = " ".join(self.render(child).strip() for child in node.children)
        self.in_citation = False
        return f"#entry([{tag}], {string(back)})[{body}];\n\n"
