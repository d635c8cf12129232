"""Complete a web page: what describes it, what it offers, the edition, and only the scripts it uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from retold_run.execution import current_notebook, find_notebooks, inputs_hash
from sphinx.application import Sphinx
from sphinx.search import js_index
from sphinx.writers.html5 import HTML5Translator

from retold_book.book import open_book
from retold_book.cards import built_pdf

DATA_PAGE = "chapters/data"
NOTEBOOKS = "notebooks"
_NEEDED_FOR = {
    "evidence.js": 'data-card="',
    "tables.js": 'class="evidence-table',
    "layers.js": 'class="layer-key',
    "compare.js": 'class="comparison',
    "contest.js": 'class="contest',
    "copybutton.js": "highlight",
    "clipboard.min.js": "highlight",
    "design-tabs.js": "sd-tab-set",
    "sphinx-design.min.css": "sd-",
}
"""Scripts and styles that a page loads only where its body holds a mark of what they are for."""

_PLAIN = {"pagetitle", "root_title"}
"""Titles that the theme gives its templates as plain text, and they show as HTML."""


def complete_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a template the page's metadata, offers and edition, and only the scripts that the page uses."""
    book = open_book(Path(app.srcdir))
    edition = book.edition
    for name in _PLAIN & context.keys():
        context[name] = escape(context[name])
    body = context.get("body", "")
    for kind in ("script_files", "css_files"):
        context[kind] = [each for each in context[kind] if is_needed(str(each), body)]
    context["metatags"] = context.get("metatags", "") + "".join(_metadata(app, context, doctree))
    words = (
        f"Version {edition.version} of {edition.date}, {edition.kind} edition, evidence {edition.short_hash}"
    )
    context["theme_extra_footer"] = f"<p>{escape(words)}</p>"
    if doctree is not None:
        # The role that docutils gives an entry is deprecated, and a list may not hold it.
        body = body.replace('role="doc-biblioentry"', 'role="listitem"')
        # The name that MyST-NB gives a fold hides the words on it.
        context["body"] = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
        context["offers"] = list(_offers(app, page, context))


def is_needed(file: str, body: str) -> bool:
    """Return whether a page with this body uses a script or style."""
    return all(mark in body for name, mark in _NEEDED_FOR.items() if f"/{name}" in file)


def _metadata(app: Sphinx, context: dict[str, Any], doctree: nodes.document | None) -> Iterator[str]:
    """Yield description, Open Graph and citation entries."""
    edition = open_book(Path(app.srcdir)).edition
    first = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    words = " ".join(first.astext().split()) if first else app.config.project
    description = words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + " …"
    title = unescape(re.sub("<[^>]+>", "", context.get("title", "")))
    named = {
        "description": description,
        "citation_title": app.config.project,
        "citation_author": app.config.author,
        "citation_publication_date": edition.date.replace("-", "/"),
    }
    graph = {"title": title, "description": description, "type": "article", "site_name": app.config.project}
    for name, value in named.items():
        yield f'<meta name="{name}" content="{escape(value, quote=True)}" />\n'
    for name, value in graph.items():
        yield f'<meta property="og:{name}" content="{escape(value, quote=True)}" />\n'


def _offers(app: Sphinx, page: str, context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the words and address of what a chapter offers: notebook, data and PDF."""
    if app.env.doc2path(page).endswith(".ipynb"):
        yield "notebook", context["pathto"](f"{NOTEBOOKS}/{Path(page).name}.ipynb", 1)
    if DATA_PAGE in app.env.found_docs:
        yield "data", context["pathto"](DATA_PAGE)
    if built_pdf(app).exists():
        yield "PDF", context["pathto"](built_pdf(app).name, 1)


def visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """Show an image, and over it a link to its own file, in which it can be read at any size."""
    name = self.builder.images.get(node["uri"])
    if not name or isinstance(node.parent, nodes.reference):
        HTML5Translator.visit_image(self, node)
        return
    numbers = self.builder.fignumbers.get("figure", {})
    found = [numbers[each] for each in node.parent["ids"] if each in numbers]
    figure = f"Fig. {'.'.join(map(str, found[0]))}" if found else "the picture"
    words = f"Enlarge {figure} ({Path(name).suffix[1:].upper()})"
    self.body.append('<span class="figure-frame">')
    HTML5Translator.visit_image(self, node)
    link = f'<a class="figure-link" href="{self.builder.imgpath}/{name}">'
    self.body.append(f'{link}<span class="visually-hidden">{words}</span></a></span>')


def visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Show a cell with its label, which stands before it on a narrow screen; a header says of what it is."""
    HTML5Translator.visit_entry(self, node)
    scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
    self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)
    if "label" in node:
        label = escape(node["label"], quote=True)
        self.body[-1] = f'{self.body[-1][:3]} data-label="{label}"{self.body[-1][3:]}'


def escape_titles(path: Path) -> None:
    """Escape the titles of sections in the search's index, which its script shows as HTML.

    Words that no page has any more are dropped, so that an index is the same however often it was written.
    """
    if path.exists():
        index = js_index.loads(path.read_text(encoding="utf-8"))
        titles = index["alltitles"]
        # The next build reads the index again, so that what is escaped must stay as it is.
        index["alltitles"] = {title.replace("<", "&lt;"): places for title, places in titles.items()}
        for kind in index.keys() & {"terms", "titleterms"}:
            index[kind] = {word: pages for word, pages in index[kind].items() if pages != []}
        path.write_text(js_index.dumps(index), encoding="utf-8")


def finish_site(app: Sphinx, error: Exception | None) -> None:
    """Put the notebooks beside the pages, and take away what the theme brings and no page loads."""
    if error is not None or app.builder.name != "html":
        return
    out, root = Path(app.outdir), Path(app.srcdir)
    (out / NOTEBOOKS).mkdir(exist_ok=True)
    inputs, excerpt = inputs_hash(root), open_book(root).excerpt
    for path in find_notebooks(root):
        notebook = current_notebook(root, path, inputs)
        shown = excerpt.cut_notebook(notebook) if excerpt else notebook
        text = json.dumps(shown, ensure_ascii=False, indent=1)
        (out / NOTEBOOKS / path.name).write_text(text, encoding="utf-8")
    escape_titles(out / "searchindex.js")
    for unused in (*out.glob("_static/**/*.map"), *out.glob("_static/**/fontawesome.js*")):
        unused.unlink(missing_ok=True)
