"""Lay out a witness as text with annotations."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, cast

from retold.model import Span

from .growth import HEDGES, TIMES, Family, Kind, Telling, Witness

Entry = dict[str, Any]

LISTS = ("attributions", "quantities", "positions", "events")
_STANCES = {"will": "for", "may": "conditional", "must": "against", "would": "unstated"}
_MOVES = {"will": "offer", "may": "prospect", "must": "demand", "would": "refusal"}


def name_of(identifier: str) -> str:
    """Return the made-up name of an outlet or a newsroom."""
    random = Random(identifier)
    return "".join(random.choice("bdgklmprt") + random.choice("aeiou") for _ in range(4)).capitalize()


def source_of(credit: str) -> str:
    """Return the id of the newsroom that a credit names: an original, or a witness's outlet taken for one."""
    return f"outlet-{credit}" if credit.isdigit() else credit


class Page:
    """Lay out one witness's text and annotations; every span in ``lists`` is of that text."""

    def __init__(self, family: Family, witness: Witness) -> None:
        """Lay out the witness, whose claims are those of the family."""
        self.family = family
        self.witness = witness
        self.text = ""
        self.lists: dict[str, list[Entry]] = {name: [] for name in LISTS}
        self.readings: dict[str, Span] = {}
        self.title = self._put(" ".join(witness.title).capitalize())
        self._put("\n\n")
        tellings = list(witness.tellings.items())
        self.own: list[Span] = []
        for at in range(max(len(tellings), len(witness.background))):
            for claim, telling in tellings[at : at + 1]:
                self._tell(claim, telling)
            for sentence in witness.background[at : at + 1]:
                self.own.append(self._put(" ".join(sentence).capitalize() + "."))
                self._put("\n")

    def _put(self, words: str) -> Span:
        self.text += words
        return Span(len(self.text) - len(words), len(self.text))

    def _tell(self, claim: str, telling: Telling) -> None:
        short = claim.partition("-")[2]
        outer: Entry = {"id": f"{short}-newsroom"}
        if telling.credit:
            outer |= {"source": source_of(telling.credit), "source_text": self._put(name_of(telling.credit))}
            self._put(" ")
            outer["cue"] = self._put("reported that")
            self._put(" ")
        places = self._content(telling, quoted=self.family.claims[claim] == "talks")
        inner: Entry = {"id": f"{short}-speaker", "source": self._speaker(telling)}
        inner |= {"source_text": places["attribution"], "cue": places["cue"], "content": places["content"]}
        if self.family.claims[claim] == "talks":
            inner |= {"form": "direct", "quote_mark": "straight"}
        if telling.credit:
            content = Span(places["content"].start, places["cue"].end)
            self.lists["attributions"].append(outer | {"content": content})
            inner["within"] = outer["id"]
        self.lists["attributions"].append(inner)
        self.readings[claim] = places["content"]
        self._annotate(claim, telling, places)

    def _content(self, telling: Telling, *, quoted: bool) -> dict[str, Span]:
        """Put the content, its speaker and the cue, and return their spans with those of all places."""
        start, places = len(self.text), {}
        self._put('"' if quoted else "")
        for at, word in enumerate(telling.wording):
            kind = word.strip("{}")
            words = telling.slots.get(cast(Kind, kind), "") if word[0] == "{" else word
            self._put(" " if at and words else "")
            places[kind] = self._put(words if at or telling.credit else words.capitalize())
        places["content"] = Span(start, self._put(',"' if quoted else "").end)
        self._put(" " if quoted else ", ")
        places["attribution"] = self._put(telling.slots["attribution"])
        self._put(" ")
        places["cue"] = self._put("said")
        self._put(".\n")
        return places

    def _speaker(self, telling: Telling) -> str:
        return f"{self.family.id}-{telling.slots['attribution'].lower()}"

    def _annotate(self, claim: str, telling: Telling, places: Mapping[str, Span]) -> None:
        kind, slots, short = self.family.claims[claim], telling.slots, claim.partition("-")[2]
        if kind == "quantity":
            surface = Span(places["hedge"].start, places["value"].end)
            entry: Entry = {"id": f"{short}-amount", "surface": surface}
            entry |= {"value": int(slots["value"]), "unit": "item", "hedge": HEDGES[slots["hedge"]]}
            self.lists["quantities"].append(entry | {"kind": "count", "base": slots["scope"], "claim": claim})
        elif kind == "event":
            date = TIMES[slots["time"]]
            entry = {"id": f"{short}-event", "event": claim, "surface": places["content"]}
            entry |= {"time": places["time"], "stated": date, "reconciled": date}
            self.lists["events"].append(entry | {"order": self._order(claim)})
        elif kind == "stance":
            entry = {"id": f"{short}-position", "quote": places["content"], "issue": claim}
            entry |= {"actor": f"{self.family.id}-{slots['actor'].lower()}"}
            entry |= {"stance": _STANCES[slots["modality"]], "move": _MOVES[slots["modality"]]}
            if entry["stance"] == "conditional":
                entry["condition"] = self._condition(slots)
            self.lists["positions"].append(entry)

    def _order(self, claim: str) -> list[Entry]:
        """Put an event before the next one of its family that this text has."""
        events = [each for each in self.witness.tellings if self.family.claims[each] == "event"]
        following = events[events.index(claim) + 1 :][:1]
        return [{"relation": "before", "event": each, "source": "text"} for each in following]

    def _condition(self, slots: Mapping[Kind, str]) -> Entry:
        actors = self.family.actors
        other = actors[actors.index(slots["actor"]) - 1].lower()
        by, wanted = f"{self.family.id}-{other}", f"{self.family.id}-accord"
        return {"act": slots["scope"], "by": by, "object": wanted}

    def entries(self) -> Entry:
        """Return the article's annotations, every span as a selector."""
        day = int(self.witness.id) % 28 + 1
        head = {
            "title": self.title,
            "outlet": f"outlet-{self.witness.id}",
            "outlet_certainty": "high",
            "outlet_evidence": "made up",
            "published": f"2021-03-{day:02}" + ("/.." if day % 2 else ""),
            "published_evidence": "made up",
        }
        found = {"article": head, "headings": [self.title], "own_voice": self.own, **self.lists}
        selected: Entry = self._selected(found)
        return selected

    def selector(self, span: Span) -> str | Entry:
        """Return the words of a span, with as much before and after them as makes them unlike all others."""
        exact, around = self.text[slice(*span)], 0
        while True:
            prefix = self.text[max(0, span.start - around) : span.start]
            suffix = self.text[span.end : span.end + around]
            needle = prefix + exact + suffix
            if self.text.find(needle, self.text.find(needle) + 1) < 0:
                return {"exact": exact, "prefix": prefix, "suffix": suffix} if around else exact
            around = around * 2 or 8

    def _selected(self, value: Any) -> Any:
        if isinstance(value, Span):
            return self.selector(value)
        if isinstance(value, dict):
            return {key: self._selected(each) for key, each in value.items()}
        return [self._selected(each) for each in value] if isinstance(value, list) else value
