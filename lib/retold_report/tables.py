"""Make tables that are native in Jupyter, in HTML and in the PDF, with the evidence of every row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from edtf.parser.edtf_exceptions import EDTFParseException
from retold.chronology import Bounds, bounds
from retold.corpus import Corpus, Passage
from retold.provenance import is_worded, layers
from retold.registers import Fact

MIME = "application/vnd.retold.table+json"
NONE_PRINTED, NOT_SAID = "none printed", "not said"


@dataclass(frozen=True)
class Cell:
    """Hold words of a cell, the ids of the passages or facts they rest on, and which words are marked.

    ``marks`` are half-open offsets into the words, in order and apart.
    """

    text: str
    evidence: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return plain data: text, evidence, and marks if there are any."""
        marked = {"marks": [list(mark) for mark in self.marks]} if self.marks else {}
        return {"text": self.text, "evidence": list(self.evidence), **marked}

    def to_markdown(self) -> str:
        """Return the words escaped, marked ones strong."""
        parts, at = "", 0
        for start, end in self.marks:
            parts += f"{_escape(self.text[at:start])}**{_escape(self.text[start:end])}**"
            at = end
        return parts + _escape(self.text[at:])


@dataclass(frozen=True)
class Table:
    """Hold a captioned table; ``name`` is its label in the book.

    Jupyter shows it as Markdown; the book reads the bundle's own entry, which keeps the evidence.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, ...], ...], ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data: name, caption, columns, rows of cells, each a list of parts."""
        rows = [[[part.to_data() for part in parts] for parts in row] for row in self.rows]
        return {"name": self.name, "caption": self.caption, "columns": list(self.columns), "rows": rows}

    def to_markdown(self) -> str:
        """Return the table as a Markdown table, every cell's words escaped, without evidence."""
        lines = [tuple(map(_escape, self.columns)), ("---",) * len(self.columns)]
        for row in self.rows:
            lines.append(tuple("; ".join(part.to_markdown() for part in parts) for parts in row))
        body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
        return f"*{_escape(self.caption)}*\n\n{body}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        data = json.dumps(self.to_data(), ensure_ascii=False)
        return {"text/plain": self.to_markdown(), "text/markdown": self.to_markdown(), MIME: data}


Content = str | int | float | Cell | tuple[Cell, ...]


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|$~&])", r"\\\1", " ".join(text.splitlines()))


def table(name: str, caption: str, columns: Sequence[str], rows: Iterable[Sequence[Content]]) -> Table:
    """Return a table of plain values and cells.

    Args:
        name: its label, readable words joined by hyphens.
        caption: what it shows; a finding if it states one.
        columns: the headers, none empty.
        rows: for each column a value, a ``Cell``, or several cells, which are shown with semicolons between.

    Raises:
        ValueError: a header is empty, or a row has more or fewer cells than there are columns.
    """
    if not all(columns):
        raise ValueError(f"{name}: every column needs a header")
    made = [tuple(map(_parts, row)) for row in rows]
    for row in made:
        if len(row) != len(columns):
            raise ValueError(f"{name}: a row has {len(row)} cells for {len(columns)} columns: {row}")
    return Table(name, caption, tuple(columns), tuple(made))


def _parts(content: Content) -> tuple[Cell, ...]:
    if isinstance(content, Cell):
        return (content,)
    return tuple(content) if isinstance(content, tuple) else (Cell(str(content)),)


def held(columns: Sequence[str], rows: Sequence[Sequence[Content]]) -> tuple[list[str], list[list[Content]]]:
    """Return the columns, and the rows' cells in them, that say something in any row."""
    kept = [at for at in range(len(columns)) if any(row[at] not in (NONE_PRINTED, NOT_SAID) for row in rows)]
    return [columns[at] for at in kept], [[row[at] for at in kept] for row in rows]


def where(corpus: Corpus, evidence: Sequence[str]) -> tuple[Cell, ...]:
    """Return the locator cells of a row: ``003 ¶7`` for each passage, in order, repeats merged."""
    places: dict[str, list[str]] = {}
    for each in evidence:
        places.setdefault(short_locator(corpus, each), []).append(each)
    return tuple(Cell(place, tuple(passages)) for place, passages in places.items())


def short_locator(corpus: Corpus, identifier: str) -> str:
    """Return where a passage stands (``003 ¶7``, ``000 ¶2, ¶6``), or who publishes an outside fact.

    Raises:
        KeyError: neither a passage nor a fact has the id.
    """
    if identifier.startswith("fact/"):
        return corpus.facts[identifier.removeprefix("fact/")].publisher
    passage = corpus.passages[identifier]
    article = corpus.articles[passage.article]
    paragraphs = dict.fromkeys(article.paragraph((span,)) for span in passage.spans)
    return f"{article.id}\u00a0{', '.join(f'¶{number}' for number in paragraphs)}"


def locator(corpus: Corpus, identifier: str) -> str:
    """Return where a passage stands and by what chain: ``003 ¶7, outlet > Gazette > officials``."""
    if identifier.startswith("fact/"):
        fact = corpus.facts[identifier.removeprefix("fact/")]
        return fact_words(fact)
    return f"{short_locator(corpus, identifier)}, {chain_words(corpus, corpus.passages[identifier])}"


def fact_words(fact: Fact) -> str:
    """Return who published an outside fact, and when: ``Harbour Board, 11 June 2024``."""
    return f"{fact.publisher}, {date_words(fact.date)}" if fact.date else fact.publisher


def date_words(edtf: str) -> str:
    """Return a date in words, probable where EDTF has it uncertain; what is open or no EDTF as it stands.

    >>> date_words("2024-06-11"), date_words("2024-06"), date_words("2024-06-11/.."), date_words("2024-06?")
    ('11 June 2024', 'June 2024', '11 June 2024 or later', 'probably June 2024')
    """
    if edtf.endswith("?"):
        return f"probably {date_words(edtf.removesuffix('?'))}"
    if edtf.endswith("/.."):
        return f"{date_words(edtf.removesuffix('/..'))} or later"
    try:
        return edtf if edtf == "unresolved" else time_words(edtf)
    except (EDTFParseException, ValueError):
        return edtf


def time_words(edtf: str) -> str:
    """Return a date in words, by its strict bounds: ``October 2024, approximately`` for ``2024-10~``."""
    words = bounds_words(bounds(edtf))
    return f"{words}, approximately" if "~" in edtf else words


def bounds_words(given: Bounds) -> str:
    """Return bounds in words, in whole years or months where they are: ``June 2024 to August 2024``."""
    first, last = given
    starts = [day for day in (first, last and last + timedelta(1)) if day]
    if first and last and all(day.day == day.month == 1 for day in starts):
        ends = [f"{day.year}" for day in (first, last)]
    elif all(day.day == 1 for day in starts):
        ends = [f"{day:%B %Y}" if day else "" for day in given]
    else:
        ends = [day_words(day) if day else "" for day in given]
    match ends:
        case ["", ""]:
            return "not dated"
        case ["", end]:
            return f"until {end}"
        case [start, ""]:
            return f"from {start}"
    return " to ".join(dict.fromkeys(ends))


def day_words(day: date) -> str:
    """Return a day in words: ``11 June 2024``."""
    return f"{day.day} {day:%B %Y}"


UNWORDED = {"explicit": "", "carried-over": "carried over", "inferred": "implied", "draft": "drafted"}
"""What a layer that no words name is called, by how surely it is there."""


def chain_words(corpus: Corpus, passage: Passage) -> str:
    """Return a passage's chain in names, from ``outlet`` to the deepest speaker, joined by `` > ``.

    A reading whose parts have different chains has each of them, with semicolons between.
    """
    parts = [passage]
    if passage.layer == "claim":
        parts = [
            replace(passage, id=f"{passage.id}#{at}", parts={passage.main: (span,)})
            for at, span in enumerate(passage.spans)
        ]
    chains = (["outlet", *(_layer_words(corpus, layer) for layer in layers(corpus, part))] for part in parts)
    return "; ".join(dict.fromkeys(" > ".join(chain) for chain in chains))


def _layer_words(corpus: Corpus, layer: Passage) -> str:
    mark = "" if is_worded(layer) else UNWORDED[layer.record.certainty]
    return corpus.sources[layer.record.source].name + (f" ({mark})" if mark else "")
