"""Draft who says what in an article: from cues, and from quotation marks that no cue accounts for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retold.coverage import find_quoted
from retold.model import Span
from retold.provenance import NEWSROOM_KINDS
from retold.text import length, overlap
from retold.vocabulary import NotSpeech

from retold_draft.cues import Said, find_said
from retold_draft.layers import Layer, formed, nested, with_newsroom
from retold_draft.lexicon import any_of
from retold_draft.naming import Sources
from retold_draft.speech import is_heading, is_paratext, masked, units, with_marks

_NAMED_AT_END = re.compile(r"(?P<content>.+?)\s+[-–—|]\s+(?P<source>(?:[A-Z][\w.’']*\s?){1,4})$")
_SCARE = 3
_RESUMED = re.compile(r"[-–—] .+?[.!?,] [-–—] (?P<rest>\S.*)")
_NOBODY = "Drafted: speaker not found"


@dataclass
class Attributed:
    """Hold what a draft makes of a text: layers, headings, paratext, and quoted words nobody speaks."""

    text: str
    layers: list[Layer] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)
    paratext: list[Span] = field(default_factory=list)
    unspoken: list[tuple[Span, NotSpeech]] = field(default_factory=list)


def attributed(text: str, sources: Sources) -> Attributed:
    """Return the drafted attributions of a text; who is cited is registered in ``sources``."""
    found, paragraphs, hidden, before = Attributed(text), units(text), masked(text), None
    for paragraph in paragraphs:
        line, first = Span(paragraph[0].start, paragraph[-1].end), len(found.layers)
        words = text[slice(*line)]
        if is_paratext(words):
            found.paratext.append(line)
            _give_quotations(found, line, first, sources)
            continue
        if is_heading(words) and len(paragraphs) > 1:
            found.headings.append(line)
            if match := _NAMED_AT_END.fullmatch(hidden, *line):
                source, content = Span(*match.span("source")), Span(*match.span("content"))
                found.layers.append(Layer(sources.find(match["source"]), source, (), (content,)))
        for sentence in paragraph:
            for said in find_said(hidden, sentence, before):
                found.layers += _layers(text, said, found.layers, sources)
            before = sentence
        _give_resumed(found, line, first)
        _give_quotations(found, line, first, sources)
    found.layers = nested(found.layers)
    newsrooms = {each.source for each in found.layers if sources.known[each.source].kind in NEWSROOM_KINDS}
    if len(newsrooms) == 1:
        newsroom = newsrooms.pop()
        named = min(each.words.start for each in found.layers if each.source == newsroom and each.words)
        known = [line for paragraph in paragraphs if named < paragraph[-1].end for line in paragraph]
        found.layers = with_newsroom(found.layers, newsroom, sources.unnamed, known)
    return replace(found, layers=formed(text, found.layers))


def _layers(text: str, said: Said, before: Sequence[Layer], sources: Sources) -> list[Layer]:
    """Return the layer of an attribution, after that of the newsroom the source spoke to, if it did."""
    source = sources.find(text[slice(*said.source)])
    layer = Layer(source, said.source, said.cue, (said.content,), said.polarity)
    if said.host:
        hosts = [at for at, each in enumerate(before) if said.host in each.cue]
        return [replace(layer, within=hosts[0], cited=True)]
    hearer = text[slice(*said.outer)] if said.outer else ""
    if said.outer and re.search(rf"(?:\b[A-Z]\S*|{any_of('paper')})$", hearer):
        outer = sources.find(hearer)
        if sources.known[outer].kind in NEWSROOM_KINDS:
            return [Layer(outer, said.outer, (), (said.content,)), replace(layer, within=len(before))]
    return [layer]


def _give_resumed(found: Attributed, line: Span, first: int) -> None:
    """Give what follows a second dash in a paragraph that a dash opens to its only speaker."""
    match = _RESUMED.fullmatch(found.text, *line)
    if match and len(found.layers) == first + 1:
        layer = found.layers[first]
        found.layers[first] = replace(layer, content=(*layer.content, Span(*match.span("rest"))))


def _give_quotations(found: Attributed, line: Span, first: int, sources: Sources) -> None:
    """Give quotations of a paragraph that no cue accounts for to its last speaker, or else to nobody."""
    heading = found.headings[-1:] == [line]
    for start, end in find_quoted(found.text[line.start : line.end]):
        span = Span(line.start + start, line.start + end)
        near = [at for at in range(first, len(found.layers)) if not found.layers[at].cited]
        if any(overlap([span], found.layers[at].content) == length([span]) for at in near):
            continue
        words = found.text[slice(*span)]
        scare = len(words.split()) <= _SCARE and words[-1] not in ".,!?"
        if heading or scare or line in found.paratext[-1:]:
            found.unspoken.append((span, "heading" if heading else "scare"))
        elif near:
            layer = found.layers[near[-1]]
            content = tuple(sorted([*layer.content, with_marks(span)]))
            found.layers[near[-1]] = replace(layer, content=content)
        else:
            found.layers.append(Layer(sources.find(_NOBODY), None, (), (with_marks(span),)))
