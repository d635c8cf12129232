"""Write strings and evidence notes as inert Typst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from docutils import nodes
from retold_book.nodes import anchor, line_anchor

MANY = 3  # paragraphs, above which a note groups them by article
MOST = 8  # paragraphs, above which it gives each article's pages once, and a run of paragraphs by its ends
_LINE_END = re.compile(r"[\r\x85\u2028\u2029]")
_SPACE = re.compile(r"[ \t\r\n\x85\u2028\u2029]+")
LOCATOR = re.compile(r"(?P<article>\S+)\s(?P<marks>¶\d+(?:, ¶\d+)*)")
_PLACE = re.compile(rf"(?P<head>{LOCATOR.pattern})(?:, (?P<chain>.+))?", re.DOTALL)
_UNIT = re.compile(r"(?:(?<=\d)|^) (?=%|¶|per ?cent\b|square\b|cubic\b|[kMGT]?(?:Wh?|V|[mgt][²³]?)(?!\w))")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def elements(node: nodes.Node) -> list[nodes.Element]:
    """Return the children of a node that are not mere text."""
    return [child for child in node.children if isinstance(child, nodes.Element)]


def is_near(node: nodes.Node, name: str) -> bool:
    """Return whether the element with an id stands in the section of a node, and in none within it."""
    home = _section_of(node)
    found = (each for each in home.findall(nodes.Element) if name in each["ids"]) if home else ()
    return any(_section_of(each) is home for each in found)


def _section_of(node: nodes.Node | None) -> nodes.Node | None:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node


def string(text: str) -> str:
    """Return ``text`` as a Typst string literal, in which nothing is markup or code."""
    clean = _CONTROL.sub("", _LINE_END.sub("\n", text)).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + clean.replace("\n", "\\n").replace("\t", "\\t") + '"'


def words(text: str) -> str:
    """Return Typst markup that prints ``text`` and nothing else, white space run together.

    No line ends between a number and its unit, nor where a text begins with the unit of a number before it.
    """
    kept = _UNIT.sub("\u00a0", _SPACE.sub(" ", text))
    return f"#{string(kept)};" if text else ""


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
    does not, as that of an outside fact, is left out. The paragraphs of an article are one entry where
    there are very many: ``¶2–¶5, ¶8``.
    """
    found: dict[str, dict[int, list[str]]] = {}
    for passage, locator in locators.items():
        if place := _PLACE.match(locator):
            paragraphs = found.setdefault(place["article"], {})
            for number, label in _labels(passage, place).items():
                paragraphs.setdefault(number, []).append(label)
    many = sum(map(len, found.values())) > MOST
    articles = ""
    for article, paragraphs in found.items():
        parts = [(f"¶{number}", paragraphs[number]) for number in sorted(paragraphs)]
        if many:
            parts = [(_ranges(sorted(paragraphs)), [each for _, ids in parts for each in ids])]
        marks = "".join(f"({string(mark)}, {strings(ids)})," for mark, ids in parts)
        articles += f"({string(article)}, ({marks})),"
    return f"({articles})"


def _labels(passage: str, place: re.Match[str]) -> dict[int, str]:
    """Return a label in each paragraph of a passage: its own where it begins, then those of the lines."""
    first, *rest = map(int, re.findall(r"\d+", place["marks"]))
    return {first: anchor(passage)} | {number: line_anchor(place["article"], number) for number in rest}


def _ranges(numbers: Sequence[int]) -> str:
    """Return paragraphs, three or more that follow one another by the first and the last: ``¶2–¶5, ¶8``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [[f"¶{run[0]}–¶{run[-1]}"] if len(run) > 2 else [f"¶{each}" for each in run] for run in runs]
    return ", ".join(chain.from_iterable(parts))


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

    @property
    def told(self) -> tuple[str, ...]:
        """Return what the note will say: that two passages stand in one place is the same note twice."""
        return tuple(dict.fromkeys([*self.locators.values(), *self.addresses]))

    def flush(self) -> str:
        """Return the note as Typst markup, "" if there is nothing to note, and start anew."""
        webs = [f"#web({string(address)}, {string(address)});" for address in self.addresses]
        body = "; ".join([*_noted(self.locators), *webs])
        self.locators, self.addresses = {}, {}
        return body


def _noted(locators: Mapping[str, str]) -> list[str]:
    """Return the parts of a note: a paragraph each, but of more than three those of articles in one."""
    inside = {passage: place for passage, each in locators.items() if (place := _PLACE.match(each))}
    paragraphs = len({(place["article"], each) for place in inside.values() for each in _labels("", place)})
    chains: dict[str, dict[str, None]] = {}
    groups: dict[str, list[str]] = {}
    for passage, locator in locators.items():
        place = inside.get(passage)
        if place and paragraphs > MANY:
            continue
        head = place["head"] if place else locator
        groups.setdefault(head, []).extend(_labels(passage, place).values() if place else [anchor(passage)])
        told = place["chain"].split("; ") if place and place["chain"] else ()
        chains.setdefault(head, {}).update(dict.fromkeys(told))
    parts = [
        f"#locator({string(', '.join(filter(None, (head, ' and '.join(chains[head])))))}, {strings(ids)});"
        for head, ids in groups.items()
    ]
    return [_counted(inside, paragraphs, locators), *parts] if paragraphs > MANY else parts


def _counted(inside: Mapping[str, re.Match[str]], paragraphs: int, locators: Mapping[str, str]) -> str:
    """Return the part of a note that says how many passages there are, and lists all their paragraphs."""
    count = f"{len(inside)} passages" + (f" in {paragraphs} paragraphs" if paragraphs < len(inside) else "")
    chains = {place["chain"] or "" for place in inside.values()}
    shared = chains.pop() if len(chains) == 1 else ""
    return f"#passages-noted({string(count)}, {places(locators)}, {string(shared)});"
