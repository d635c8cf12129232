"""Write strings and evidence notes as inert Typst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docutils import nodes
from retold_book.nodes import anchor

MANY = 3  # places, above which a note groups them by article
_SPACE = re.compile(r"[ \t\r\n]+")
_PLACE = re.compile(r"(?P<article>\S+)\s(?P<mark>¶(?P<number>\d+))(?:, (?P<chain>.+))?", re.DOTALL)
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


def places(locators: Mapping[str, str]) -> str:
    """Return ``(("000", (("¶2", ("p-000-a",)),)),)``: by article and paragraph, in order.

    ``locators`` maps a passage to its locator, which begins with the article and the paragraph; one that
    does not, as that of an outside fact, is left out.
    """
    found: dict[str, dict[tuple[int, str], list[str]]] = {}
    for passage, locator in locators.items():
        if place := _PLACE.match(locator):
            paragraph = (int(place["number"]), place["mark"])
            found.setdefault(place["article"], {}).setdefault(paragraph, []).append(anchor(passage))
    articles = ""
    for article, paragraphs in found.items():
        marks = "".join(f"({string(mark)}, {strings(ids)})," for (_, mark), ids in sorted(paragraphs.items()))
        articles += f"({string(article)}, ({marks})),"
    return f"({articles})"


@dataclass
class Notes:
    """Gather what the current sentence rests on, to be printed as one note at its end."""

    locators: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether there is anything to note."""
        return bool(self.locators or self.addresses)

    def add_evidence(self, passages: list[str], locators: list[str]) -> None:
        """Add what one told value rests on; what the sentence rests on already is not noted twice."""
        self.locators |= zip(passages, locators, strict=True)

    def add_address(self, address: str) -> None:
        """Add the address a link leads to, for those who read on paper."""
        self.addresses[address] = None

    def flush(self, *, inline: bool = False) -> str:
        """Return the note as Typst markup, "" if there is nothing to note, and start anew.

        With ``inline`` the note stands in brackets in the text, as it must within a footnote.
        """
        webs = [f"#web({string(address)}, {string(address)});" for address in self.addresses]
        body = "; ".join([*_noted(self.locators), *webs])
        self.locators, self.addresses = {}, {}
        if not body:
            return ""
        return f'#" (";{body}#")";' if inline else f"#note[{body}];"


def _noted(locators: Mapping[str, str]) -> list[str]:
    """Return the parts of a note: a locator each, but of more than three those of articles in one."""
    inside = {passage: place for passage, each in locators.items() if (place := _PLACE.match(each))}
    many = len({place.string for place in inside.values()}) > MANY
    groups: dict[str, list[str]] = {}
    for passage, locator in locators.items():
        if not (many and passage in inside):
            groups.setdefault(locator, []).append(anchor(passage))
    parts = [f"#locator({string(locator)}, {strings(ids)});" for locator, ids in groups.items()]
    if not many:
        return parts
    chains = {place["chain"] or "" for place in inside.values()}
    shared = chains.pop() if len(chains) == 1 else ""
    return [f"#passages-noted({len(inside)}, {places(locators)}, {string(shared)});", *parts]
