"""Write strings and evidence notes as inert Typst."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from docutils import nodes
from retold_book.nodes import anchor

MANY = 3  # passages, above which a note groups them by article
_SPACE = re.compile(r"[ \t\r\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")


def elements(node: nodes.Node) -> list[nodes.Element]:
    """Return the children of a node that are not mere text."""
    return [child for child in node.children if isinstance(child, nodes.Element)]


def string(text: str) -> str:
    """Return ``text`` as a Typst string literal, in which nothing is markup or code."""
    clean = _CONTROL.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + clean.replace("\n", "\\n").replace("\t", "\\t") + '"'


def words(text: str) -> str:
    """Return Typst markup that prints ``text`` and nothing else, white space run together."""
    return f"#{string(_SPACE.sub(' ', text))};" if text else ""


def strings(texts: Iterable[str]) -> str:
    """Return an array of string literals."""
    return "(" + "".join(string(text) + "," for text in texts) + ")"


def first_sentence(text: str) -> str:
    """Return the first sentence of a caption without its full stop, for the list of figures."""
    sentence = re.split(r"(?<=[.?!])\s+(?=[A-Z“‘\"])|\n", text.strip())[0]
    return sentence.removesuffix(".")


@dataclass
class Notes:
    """Gather what the current sentence rests on, to be printed as one note at its end."""

    parts: dict[str, str] = field(default_factory=dict)

    def add_evidence(self, passages: list[str], locators: list[str]) -> None:
        """Add the locators of one told value; more than three are grouped by article."""
        if len(passages) > MANY:
            groups = _grouped(passages, locators)
            self.parts.setdefault(groups, f"#passages-noted({len(passages)}, {groups});")
            return
        for passage, locator in zip(passages, locators, strict=True):
            self.parts.setdefault(locator, f"#locator({string(locator)}, {string(anchor(passage))});")

    def add_address(self, address: str) -> None:
        """Add the address a link leads to, for those who read on paper."""
        self.parts.setdefault(address, f"#web({string(address)}, {string(address)});")

    def flush(self, *, inline: bool = False) -> str:
        """Return the note as Typst markup, "" if there is nothing to note, and start anew.

        With ``inline`` the note stands in brackets in the text, as it must within a footnote.
        """
        body = "; ".join(self.parts.values())
        self.parts = {}
        if not body:
            return ""
        return f'#" (";{body}#")";' if inline else f"#note[{body}];"


def _grouped(passages: list[str], locators: list[str]) -> str:
    """Return ``(("000 ¶3, ¶8", "p-000-…"), …)``: per article its paragraphs, and where the first is."""
    first: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for passage, locator in zip(passages, locators, strict=True):
        article, mark, paragraph = locator.split(",")[0].partition(" ¶")
        first.setdefault(article, anchor(passage))
        found.setdefault(article, set()).update({paragraph} if mark else ())
    pairs = []
    for article, target in first.items():
        marks = [f"¶{number}" for number in sorted(found[article], key=lambda each: (len(each), each))]
        place = f"{article} {', '.join(marks)}".strip()
        pairs.append(f"({string(place)}, {string(target)}),")
    return f"({''.join(pairs)})"
