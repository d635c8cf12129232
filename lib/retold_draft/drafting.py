"""Draft an article's annotation file, with the sources and events that it needs registered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from textwrap import shorten
from typing import Any, NamedTuple

from retold.model import Span
from retold.quantities import find_numbers
from retold.registers import Source
from retold.text import find_words, merge, paragraphs, sentence_at

from retold_draft.attributing import Attributed, attributed
from retold_draft.layers import Layer
from retold_draft.naming import Sources, fresh, slug
from retold_draft.numbers import find_amounts, is_inside
from retold_draft.selecting import to_selector
from retold_draft.times import Time, find_times

Data = dict[str, Any]
_CLAUSE = re.compile(r"[,;:.!?](?=[\s”\"]|$)|[()“”\"—–]|(?:^|\s)[-*•]\s")
_DRAFT, _NOTE = {"certainty": "draft"}, {"note": "Drafted by rule."}
_WORDS = re.compile(r"[^\s,;:.](?:.*[^\s,;:])?")
_OUTLET = {"kind": "outlet", "side": "third", "named": True}
_HOW = "Drafted: say how it is known."
_UNKNOWN = {"outlet_certainty": "draft", "outlet_evidence": _HOW}


class Draft(NamedTuple):
    """Hold the data of an annotation file, and of the sources and events to register for it."""

    record: Data
    sources: list[Data]
    events: list[Data]


def draft(article: str, text: str, registered: Iterable[Source], *, published: str = "unresolved") -> Draft:
    """Return a draft of everything that rules can find in an article, each entry of certainty ``draft``.

    Every character is covered, every number read, every quotation accounted for; positions and claims are
    left to a person.

    Args:
        article: the article's id.
        text: the article.
        registered: the sources known so far; whoever is meant again gets no second entry.
        published: EDTF of when it appeared, from which relative time expressions are dated.
    """
    first = Sources(registered)
    attributed(text, first)
    # A second reading knows from the start who is named in full only later.
    sources, outlet = Sources(first.known.values()), f"outlet-{article}"
    if outlet not in sources.known:
        sources.add(outlet, {"name": f"Drafted: outlet of {article}", **_OUTLET})
    found = attributed(text, sources)
    cited = {outlet, *(layer.source for layer in found.layers)}
    times = [each for each in find_times(text, published) if not is_inside(each.span, found.paratext)]
    entries = _Entries(article, text, sources.unnamed)
    record = {"article": _head(text, found, published) | {"outlet": outlet}, **entries.all(found, times)}
    labels = [_label(each, text, time) for each, time in zip(record["events"], times, strict=True)]
    added = [each | _NOTE for each in (*first.added, *sources.added) if each["id"] in cited]
    return Draft({name: part for name, part in record.items() if part}, added, labels)


def _head(text: str, found: Attributed, published: str) -> Data:
    title = paragraphs(text)[0]
    known = {"published": published, "published_evidence": _HOW, **_UNKNOWN}
    return known | ({"title": to_selector(text, title)} if title in found.headings else {})


def _label(event: Data, text: str, time: Time) -> Data:
    """Return an event's entry in the register, labelled by the words round the time."""
    (first, last), (start, end) = sentence_at(text, time.span), time.span
    before, rest = _CLAUSE.split(text[first:start])[-1].split()[-8:], text[end:last]
    # In "Last autumn, boats sank" what follows tells more than the clause.
    after = _CLAUSE.split(rest)[0].split()[:3] or ([] if before else rest.strip(",;:.!? ").split()[:8])
    words = " ".join([*before, text[start:end], *after])
    return {"id": event["event"], "label": f"Drafted: {shorten(words, 100)}"}


def _own_voice(found: Attributed) -> list[Span]:
    """Return the stretches of each paragraph that no attribution, heading or paratext covers."""
    text, layers = found.text, [span for layer in found.layers for span in layer.around]
    covered, own = merge([*found.headings, *found.paratext, *layers]), []
    for line in paragraphs(text):
        inside = [span for span in covered if span.start < line.end and line.start < span.end]
        ends = [line.start, *(end for span in inside for end in span), line.end]
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            words = _WORDS.search(text, start, end)
            if words and re.search(r"\w", words.group()):
                own.append(Span(*words.span()))
    return own


class _Entries:
    """Write the entries of one article, each with an identifier of its own."""

    def __init__(self, article: str, text: str, unnamed: Collection[str]) -> None:
        self.article, self.text, self.unnamed = article, text, unnamed
        self.taken: set[str] = set()

    def all(self, found: Attributed, times: Sequence[Time]) -> Data:
        amounts = find_amounts(self.text, [*found.paratext, *(each.span for each in times)])
        nothing = [span for span, _ in find_numbers(self.text) if is_inside(span, found.paratext)]
        nothing += [each.span for each in amounts if not each.fields]
        layers, unspoken = found.layers, found.unspoken
        names = [self.name(f"{each.source} {self.gist(each.content[0])}") for each in layers]
        return {
            "headings": [self.at(span) for span in found.headings],
            "own_voice": [self.at(span) for span in _own_voice(found)],
            "paratext": [self.at(span) for span in found.paratext],
            "not_speech": [self.excluded(span, "no cue says who speaks", kind) for span, kind in unspoken],
            "not_quantities": [self.excluded(span, "it counts nothing") for span in nothing],
            "attributions": [self.attribution(*each, names) for each in zip(names, layers, strict=True)],
            "quantities": [self.quantity(each.span, each.fields) for each in amounts if each.fields],
            "events": [self.event(each) for each in times],
        }

    def at(self, span: Span) -> str | Data:
        return to_selector(self.text, span)

    def name(self, words: str) -> str:
        """Return an identifier of the words that the article does not have yet."""
        identifier = fresh(slug(words) or "entry", self.taken)
        self.taken.add(identifier)
        return identifier

    def gist(self, span: Span) -> str:
        """Return the longest words of a stretch, in its order, by which a person can recognise it."""
        tokens = [word.token for word in find_words(self.text[slice(*span)])]
        longest = sorted(tokens, key=len, reverse=True)[:2]
        return " ".join(token for token in dict.fromkeys(tokens) if token in longest)

    def excluded(self, span: Span, reason: str, kind: str = "") -> Data:
        kinds = {"kind": kind} if kind else {}
        return {"words": self.at(span), **kinds, "reason": f"Drafted by rule: {reason}."}

    def attribution(self, name: str, layer: Layer, names: Sequence[str]) -> Data:
        outer = {} if layer.within is None else {"within": names[layer.within]}
        words = {"source_text": self.at(layer.words)} if layer.words else {}
        cue = {"cue": [self.at(span) for span in layer.cue]} if layer.cue else {}
        content = {"content": [self.at(span) for span in layer.content], "polarity": layer.polarity}
        form = {"form": layer.form, **({"quote_mark": layer.quote_mark} if layer.quote_mark else {})}
        parts = {**words, **cue, **content, **form, **_DRAFT}
        if layer.words and layer.source in self.unnamed:
            parts["descriptor"] = {"role": f"Drafted: {self.text[slice(*layer.words)]}"}
        return {"id": name, **outer, "source": layer.source, **parts}

    def quantity(self, span: Span, fields: Data) -> Data:
        parts = {"surface": self.at(span), **fields, "base": "Drafted: of what?", **_DRAFT}
        return {"id": self.name(self.text[slice(*span)]), **parts}

    def event(self, time: Time) -> Data:
        identifier = self.name(f"event {self.text[slice(*time.span)]}")
        words = {"surface": self.at(sentence_at(self.text, time.span)), "time": self.at(time.span)}
        stated = {"stated": time.edtf} if time.edtf != "unresolved" else {}
        dated = {"status": time.status, **stated, "reconciled": time.edtf, "reason": time.reason}
        return {"id": identifier, "event": f"{self.article}-{identifier}", **words, **dated, **_DRAFT}
