"""Name the document-tree nodes that the book adds to docutils'."""

from __future__ import annotations

from docutils import nodes


class evidence(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names node classes in lower case
    """Hold told words and the passages they rest on.

    ``passages`` is a list of annotation ids (``101/nine-boats``); ``locators`` is a parallel list
    of printed locators (``101 ¶2, outlet > Gazette``); ``key`` is the told key, or "" for a quotation;
    with a key comes ``request``, which also says how the value is shown (``refineries_hit:word``).
    The first passage's anchor is where the words link to.
    """


class passage(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Hold a stretch of an article's text that one or more annotations cover.

    ``layers`` lists the layers of the annotations (``attribution``, ``quantity``, …), ``passages``
    their ids; ``names`` is unused and ``ids`` holds the anchors of the annotations that begin here.
    """


class judgement(nodes.Admonition, nodes.Element):  # noqa: N801
    """Hold one key judgement: paragraphs, the last of which states the confidence.

    ``proof`` is the label of the section that shows it.
    """


class unsearched(nodes.Inline, nodes.Element):  # noqa: N801
    """Hold the HTML in ``html``, which neither the search nor a title takes in."""


def heard(words: str) -> nodes.inline:
    """Return words that a web page has for the ear alone."""
    return nodes.inline("", words, classes=["html-only", "visually-hidden"])


def anchor(passage_id: str) -> str:
    """Return an annotation's HTML id and PDF label: ``101/nine-boats`` becomes ``p-101-nine-boats``."""
    return "p-" + passage_id.replace("/", "-")


def line_anchor(article: str, number: int) -> str:
    """Return the HTML id and PDF label of an article's line: ``a-101-3``."""
    return f"a-{article}-{number}"


class pdf_link(nodes.inline):  # noqa: N801
    """Hold words that lead to the PDF, where it lies beside the HTML."""
