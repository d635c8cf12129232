"""Cut what an edition for publication does not show of the articles, and say instead where it stands."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby, pairwise
from typing import Any

from docutils import nodes
from retold.corpus import Article, Corpus, Passage
from retold.model import Record, Span
from retold.text import find_words, paragraph_number, tokens
from retold_report.tables import MIME
from retold_run.acceptance import table_data
from retold_run.told import Notebook

from retold_excerpt.allowance import NGRAM, Place, WordIndex, ngrams

_PICTURE = "image/svg+xml"  # its letters are outlines
_SHOWN_ATTRIBUTES = {"alt", "title", "locators"}
_LOCATOR = re.compile(r"(\[[^\s\[]+ ¶\d+, \d+–\d+, [0-9a-f]{8}\])")


@dataclass(frozen=True)
class CutArticle(Article):
    """Hold an article of which words show ``shown`` alone, and a locator for each gap."""

    shown: tuple[Span, ...]
    cut: Callable[[Sequence[str], Sequence[str]], list[str]]

    def words(self, spans: tuple[Span, ...]) -> str:
        """Return the text at the spans as this edition shows it, parts joined by `` … ``.

        Joined parts are cut once more, for together they may be words that stand elsewhere.
        """
        parts = ("".join(words for _, words, _ in self.pieces(span)) for span in spans)
        return self.cut([" … ".join(parts)], [self.id])[0]

    def pieces(self, span: Span) -> list[tuple[Span, str, bool]]:
        """Return a span cut where the edition begins or ends to show: each part, its words, whether shown."""
        points = {span.start, span.end}
        points |= {point for each in self.shown for point in each if span.start < point < span.end}
        return [self._piece(Span(*pair)) for pair in pairwise(sorted(points))]

    def _piece(self, part: Span) -> tuple[Span, str, bool]:
        words = self.text[part.start : part.end]
        is_shown = any(each.start <= part.start and part.end <= each.end for each in self.shown)
        if find_words(words) and not is_shown:
            bare = words.strip()
            start = part.start + words.index(bare)
            located = self.locator(Span(start, start + len(bare)))
            return part, words.replace(bare, located), False
        return part, words, True

    def locator(self, span: Span) -> str:
        """Return where a stretch stands: article, paragraph, offsets, start of the SHA-256 of its words."""
        digest = hashlib.sha256(self.text[span.start : span.end].encode()).hexdigest()[:8]
        number = paragraph_number(self.text, span.start)
        return f"[{self.id} ¶{number}, {span.start}–{span.end}, {digest}]"


class Excerpt:
    """Cut texts, notebooks and document trees to what an edition shows of the articles."""

    def __init__(self, corpus: Corpus, index: WordIndex, shown: Mapping[str, Sequence[Span]]) -> None:
        """Prepare to show the stretches of each article that ``allowance`` returned."""
        self.index, self.shown = index, shown
        articles = corpus.articles.values()
        self.articles = {
            each.id: CutArticle(**_values(each), shown=tuple(shown[each.id]), cut=self.cut_all)
            for each in articles
        }
        self.free = {
            ngram
            for article, spans in shown.items()
            for span in spans
            for ngram in ngrams([index.words[article][at].token for at in index.within(article, span)])
        }
        self.barred = index.places.keys() - self.free
        registers = {name: each for name, each in _values(corpus).items() if name != "articles"}
        self.corpus = Corpus(**self.cut(registers), articles=self.articles)

    def cut(self, value: Any) -> Any:
        """Return plain data, records or passages with every text in them cut.

        A list of texts is one text in lines; a table's cell that is cut loses the marks on its words.
        """
        match value:
            case str():
                return self.cut_all([value])[0] if len(value.split()) > 1 else value
            case Passage():
                return replace(value, record=self.cut(value.record))
            case Record():
                changed = {name: self.cut(getattr(value, name)) for name in type(value).model_fields}
                return value.model_copy(update=changed)
            case [str(), *_] if all(isinstance(each, str) for each in value):
                return type(value)(self.cut_all(value)) if len(" ".join(value).split()) > 1 else value
            case [*_] if type(value) in (list, tuple):
                return type(value)(map(self.cut, value))
            case {"text": str(text), "evidence": [*passages]}:
                words = self.cut_all([text], [each.partition("/")[0] for each in passages])[0]
                kept = [name for name in value if name != "marks" or words == text]
                return {name: words if name == "text" else self.cut(value[name]) for name in kept}
            case {**entries}:
                return {key: self.cut(each) for key, each in entries.items()}
        return value

    def cut_all(self, texts: Sequence[str], articles: Sequence[str] = ()) -> list[str]:
        """Return texts that stand one after the other, each run of an article's words made a locator.

        A run is ``NGRAM`` words or more, and stays where the edition shows all of it in some article. Of
        several that have it, one of ``articles`` is named, whose words the texts are, if it is among them.
        """
        if self.barred.isdisjoint(ngrams(tokens(" ".join(texts)))):
            return list(texts)
        words = [(number, word) for number, text in enumerate(texts) for word in find_words(text)]
        hidden = self._hidden([word.token for _, word in words], articles)
        cuts: list[list[tuple[Span, str]]] = [[] for _ in texts]
        for first, last in _stretches(hidden):
            (article, start), (_, end) = hidden[first], hidden[last]
            located = self.articles[article].locator(self.index.span(article, start, end))
            for number, group in groupby(words[first : last + 1], key=lambda pair: pair[0]):
                spans = [word.span for _, word in group]
                cuts[number].append((Span(spans[0].start, spans[-1].end), located))
                located = ""
        return [_replaced(text, found) for text, found in zip(texts, cuts, strict=True)]

    def _hidden(self, words: Sequence[str], articles: Sequence[str]) -> dict[int, Place]:
        """Return, by its number, where each word stands that must not be shown."""
        free: set[int] = set()
        barred: dict[int, list[Place]] = {}
        for at, ngram in enumerate(ngrams(words)):
            if ngram in self.free:
                free.update(range(at, at + NGRAM))
            elif ngram in self.barred:
                barred[at] = sorted(self.index.places[ngram], key=lambda place: place[0] not in articles)
        hidden: dict[int, Place] = {}
        for at, places in barred.items():
            article, start = hidden[at] if hidden.get(at) in places else places[0]
            run = range(at, at + NGRAM)
            for each in [each for each in run if each not in free] or run:
                hidden.setdefault(each, (article, start + each - at))
        return dict(sorted(hidden.items()))

    def cut_tree(self, tree: nodes.Element) -> None:
        """Cut every text of a document tree in place, and the attributes that are shown.

        Locators become nodes of the class ``located``, so that they can be set apart from words.
        """
        texts = list(tree.findall(nodes.Text))
        for old, new in zip(texts, self.cut_all([str(each) for each in texts]), strict=True):
            bare = isinstance(old.parent, nodes.FixedTextElement) or "located" in old.parent["classes"]
            old.parent.replace(old, nodes.Text(new) if bare else _set_apart(new))
        for node in tree.findall(nodes.Element):
            for name in _SHOWN_ATTRIBUTES & node.attributes.keys():
                node[name] = self.cut(node[name])

    def cut_notebook(self, notebook: Notebook) -> Notebook:
        """Return a notebook with its prose, code and outputs cut."""
        cells = [self.cut_outputs(cell) | {"source": self.cut(cell["source"])} for cell in notebook["cells"]]
        return {**notebook, "cells": cells}

    def cut_outputs(self, cell: dict[str, Any]) -> dict[str, Any]:
        """Return a notebook's cell with its outputs cut, tables cell by cell; pictures stay as they are."""
        outputs = [self._cut_output(output) for output in cell.get("outputs", ())]
        return cell | {"outputs": outputs} if outputs else cell

    def _cut_output(self, output: Mapping[str, Any]) -> dict[str, Any]:
        data = dict(output.get("data", {}))
        if MIME in data:
            data[MIME] = json.dumps(self.cut(table_data(data[MIME])), ensure_ascii=False)
        data |= {kind: self.cut(each) for kind, each in data.items() if kind not in (MIME, _PICTURE)}
        return {**output, "data": data} if data else self.cut(output)


def _set_apart(text: str) -> list[nodes.Node]:
    parts = enumerate(_LOCATOR.split(text))
    return [nodes.inline("", part, classes=["located"]) if at % 2 else nodes.Text(part) for at, part in parts]


def find_pictures(notebook: Notebook) -> list[str]:
    """Return the pictures of a notebook's outputs, as SVG."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", ()))
    return ["".join(data[_PICTURE]) for output in outputs if _PICTURE in (data := output.get("data", {}))]


def _values(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _stretches(hidden: Mapping[int, Place]) -> list[tuple[int, int]]:
    """Return the first and last number of words that stand one after the other here and in an article."""
    found: list[tuple[int, int]] = []
    for at, (article, number) in hidden.items():
        if found and found[-1][1] == at - 1 and hidden[at - 1] == (article, number - 1):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def _replaced(text: str, cuts: Sequence[tuple[Span, str]]) -> str:
    for span, words in reversed(cuts):
        text = text[: span.start] + words + text[span.end :]
    return text
