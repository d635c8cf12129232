"""Put the definitions of a page's glossary terms into cards."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.environment import BuildEnvironment


def term_cards(env: BuildEnvironment, doctree: nodes.document) -> str:
    """Return a card for every glossary term that a page refers to, as HTML; its id is the term's anchor."""
    targets = {
        reference["refuri"].rpartition("#")[2]: reference["refuri"]
        for reference in doctree.findall(nodes.reference)
        if "refuri" in reference
        and any("std-term" in each["classes"] for each in reference.findall(nodes.inline))
    }
    pages = {
        docname
        for (kind, _), (docname, target) in env.get_domain("std").data["objects"].items()
        if kind == "term" and target in targets
    }
    terms = [term for page in sorted(pages) for term in env.get_doctree(page).findall(nodes.term)]
    return "".join(
        _card(term, targets[each]) for term in terms for each in term["ids"][:1] if each in targets
    )


def _card(term: nodes.term, address: str) -> str:
    definition = term.next_node(nodes.definition, ascend=True, siblings=True, descend=False)
    assert definition is not None
    words = "".join(f"<p>{escape(each.astext())}</p>" for each in definition.findall(nodes.paragraph))
    opening = f'<div class="evidence-card" data-card="{escape(term["ids"][0], quote=True)}">'
    link = f'<a href="{escape(address, quote=True)}">Glossary: {escape(term.astext())}</a>'
    return f'{opening}<p class="card-place">{link}</p>{words}</div>'
