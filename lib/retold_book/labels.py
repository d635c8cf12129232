"""Label the entries of a bibliography by author and year, as the text cites them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain


def label_entries(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put author and year in place of the letters and digits by which entries are otherwise called."""
    found = {name: entry for entry in doctree.findall(nodes.citation) for name in entry["ids"]}
    if not found:
        return
    domain = app.env.get_domain("cite")
    assert isinstance(domain, BibtexDomain)
    for each in domain.citations:
        if entry := found.get(each.citation_id):
            next(iter(entry.findall(nodes.label)))[:] = [nodes.Text(author_year(each.entry))]


def author_year(entry: Any) -> str:
    """Return ``Miller, 2024``, ``Miller and Bevz, 2024`` or ``Miller et al., 2024``.

    ``entry`` is one of pybtex; without authors it is known by its editors, without either by its title.
    """
    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    names = [" ".join((*person.prelast_names, *person.last_names)) for person in persons]
    if len(names) > 2:
        names = [f"{names[0]} et al."]
    return ", ".join(filter(None, (" and ".join(names) or entry.fields["title"], entry.fields.get("year"))))
