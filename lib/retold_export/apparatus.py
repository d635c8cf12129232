"""Write a corpus as a critical apparatus in TEI P5: a claim an entry, an article a witness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree

from retold.corpus import Corpus
from retold.registers import Claim, Variant

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LICENCE = "CC BY 4.0, except the words quoted from the articles, which are their publishers'."
_READ_ME = (
    "One entry a claim, one reading a witness. An empty reading means that the article does not carry the "
    "claim; words that stand apart are joined by an ellipsis between spaces. Notes say how readings "
    "differ: type is the kind of difference, subtype its severity."
)


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Return a new child; characters that XML 1.0 cannot carry become U+FFFD, empty attributes go."""
    kept = {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items() if value}
    child = ElementTree.SubElement(parent, tag, kept)
    child.text = _NOT_XML.sub("\ufffd", text) or None
    return child


def _sigil(article: str) -> str:
    """Return an XML name for an article: unlike ids for unlike articles, whatever characters they have.

    >>> _sigil("101"), _sigil("a b")
    ('w-101', 'w-a·20b')
    """
    return "w-" + quote(article, safe="").replace("~", "%7E").replace("%", "·")


def to_apparatus(corpus: Corpus) -> Iterator[str]:
    """Yield a corpus as a TEI P5 document (chapter Critical Apparatus, parallel segmentation).

    Every entry has exactly one reading a witness, in the order of the register; those that it sums
    up as ``others`` have none.
    """
    root = ElementTree.Element("TEI", {"xmlns": "http://www.tei-c.org/ns/1.0"})
    _add_header(root, corpus)
    body = _add(_add(root, "text"), "body")
    _add(body, "p", _READ_ME)
    before, _, after = _to_xml(root).rpartition("\n  </body>")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{before}'
    for claim in corpus.claims.values():
        yield f"\n   {_to_xml(_division(corpus, claim), depth=3)}"
    yield f"\n  </body>{after}\n"


def _to_xml(element: ElementTree.Element, *, depth: int = 0) -> str:
    ElementTree.indent(element, " ", depth)
    return ElementTree.tostring(element, encoding="unicode")


def _add_header(root: ElementTree.Element, corpus: Corpus) -> None:
    header = _add(root, "teiHeader")
    description = _add(header, "fileDesc")
    title = f"{len(corpus.articles)} articles collated claim by claim"
    _add(_add(description, "titleStmt"), "title", title)
    _add(_add(description, "publicationStmt"), "p", _LICENCE)
    witnesses = _add(_add(description, "sourceDesc"), "listWit")
    for article in corpus.articles.values():
        witness = _add(witnesses, "witness", **{"xml:id": _sigil(article.id)}, n=article.id)
        if words := article.words(article.zones["title"]):
            _add(witness, "title", words)
        _add(witness, "idno", article.file, type="file")
        _add(witness, "idno", article.sha256, type="sha256")
    encoding = _add(header, "encodingDesc")
    _add(encoding, "variantEncoding", method="parallel-segmentation", location="internal")


def _division(corpus: Corpus, claim: Claim) -> ElementTree.Element:
    division = _add(ElementTree.Element("body"), "div", type="claim", subtype=claim.kind)
    _add(division, "head", claim.statement)
    entry = _add(_add(division, "p"), "app", **{"xml:id": f"c-{claim.id}"}, n=claim.id)
    listed = [article for article in claim.readings if article in corpus.articles]
    for article in listed:
        passage = corpus.passages.get(f"{article}/claim.{claim.id}")
        words, kind = (corpus.words(passage.id), "") if passage else ("", "not-carried")
        _add(entry, "rdg", words, wit=f"#{_sigil(article)}", type=kind)
    for variant in claim.variants:
        _add_variant(entry, listed, variant)
    return division


def _add_variant(entry: ElementTree.Element, listed: list[str], variant: Variant) -> None:
    having = " ".join(f"#{_sigil(article)}" for article in listed if article in variant.readings)
    severity = f"severity-{variant.severity}"
    _add(entry, "note", variant.explanation, n=variant.id, type=variant.kind, subtype=severity, target=having)
