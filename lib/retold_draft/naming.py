"""Register who is cited: one entry for each description, an earlier one where the words mean it again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import chain, count
from typing import Any

from retold.provenance import NEWSROOM_KINDS
from retold.quantities import find_numbers
from retold.registers import Source

from retold_draft.lexicon import any_of, pattern_of

_ARTICLE = re.compile(r"^(?:the|an?|its|his|her|their|our|both) +", re.IGNORECASE)
_TITLES = re.compile(rf".*\b(?:{any_of('title')}|(?!{any_of('joining')} )[a-z]+)\.? (?=[A-Z])")
_APPOSED = re.compile(r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) )?[^,A-Z]+, (?=[A-Z][^,]*$)")
_FURTHER = re.compile(rf",|\(| {any_of('further')}\b")
_UNNAMED, _PERSON, _PAPER = map(pattern_of, ("anonymous", "person", "paper"))
_KINDS = {kind: pattern_of(kind) for kind in ("newsroom", "government", "institution")}
_NAMED = {"side": "unknown", "named": True}
_LONGEST = 50


def slug(words: str) -> str:
    """Return words as an identifier, empty if none of them has Latin letters or digits.

    >>> slug("Four harbour pilots"), slug("Müller's"), slug("«…»")
    ('four-harbour-pilots', 'mullers', '')
    """
    plain = unicodedata.normalize("NFKD", words.replace("'", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower()))[:_LONGEST].strip("-")


def _key(words: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub("['’]", "", words).casefold())) or words


def fresh(wanted: str, taken: Collection[str], *, form: str = "{}-{}") -> str:
    """Return an identifier that is not taken: the wanted one, or that with a number from two."""
    numbered = (form.format(wanted, number) for number in count(2))
    return next(each for each in chain([wanted], numbered) if each not in taken)


class Sources:
    """Hold the registered sources, and in ``added`` those that a draft adds."""

    def __init__(self, registered: Iterable[Source]) -> None:
        """Start from the register as it is."""
        self.known: dict[str, Source] = {}
        self.added: list[dict[str, Any]] = []
        self._meant: dict[str, str] = {}
        for source in registered:
            self._keep(source)

    @property
    def unnamed(self) -> set[str]:
        """Return the ids of those whom no words name."""
        return {source.id for source in self.known.values() if not source.named}

    def _keep(self, source: Source) -> None:
        self.known[source.id] = source
        self._meant.setdefault(_key(_ARTICLE.sub("", source.name)), source.id)
        words = re.findall(r"[^\W\d_][\w’'-]*", source.name)
        if source.kind in ("person", *NEWSROOM_KINDS) and len(words) > 1:
            self._meant.setdefault(_key(words[-1]), source.id)
        if source.kind in _KINDS and len(words) > 1:
            self._meant.setdefault("".join(word[0] for word in words if word[0].isupper()), source.id)

    def find(self, words: str) -> str:
        """Return the id of the source that words of the article name or describe, registering it if new."""
        bare = _ARTICLE.sub("", _APPOSED.sub("", words.strip())) or words.strip()
        paper = bare.islower() and _PAPER.fullmatch(bare)
        last = "last person" if _PERSON.fullmatch(bare) else "last paper" if paper else bare
        core = _FURTHER.split(bare, maxsplit=1)[0].strip()
        defined = f"the {core}" if words.strip()[:4].lower() == "the " else words.strip()
        found = self._meant.get(last) or self._meant.get(defined) or self._meant.get(_key(bare))
        if found is None:
            data = described(bare)
            found = self._meant.get(_key(data["name"])) or self.add(slug(data["name"]) or "source", data)
        for alias in re.findall(r"\(([A-Z]{2,})\)", words):
            self._meant[alias] = found
        self._meant |= {} if self.known[found].named else {"the " + core.split(" ")[-1]: found}
        self._meant["last paper" if self.known[found].kind in NEWSROOM_KINDS else "last person"] = found
        return found

    def add(self, wanted: str, data: dict[str, Any]) -> str:
        """Register a source and return its id."""
        self.added.append({"id": fresh(wanted, self.known), **data})
        source = Source.model_validate(self.added[-1])
        self._keep(source)
        return source.id


def described(words: str) -> dict[str, Any]:
    """Return name, kind, side and size of a source as far as a description tells; the side it never does.

    >>> described("four port officials")["kind"], described("President Anna Berg")["name"]
    ('group', 'Anna Berg')
    """
    core = _FURTHER.split(words, maxsplit=1)[0].strip() or words
    head = core.split()[-1]
    untitled = _TITLES.sub("", core)
    kind = next((kind for kind, pattern in _KINDS.items() if pattern.search(untitled)), None)
    body = head[:1].isupper() or (kind and _KINDS[kind].search(head))
    if not body or _UNNAMED.fullmatch(head):
        numbers = [int(value) for span, value in find_numbers(words) if span.start == 0 and 1 < value < 1000]
        size = {"low": numbers[0], "high": numbers[0]} if numbers else {"low": 2}
        plural = numbers or re.search("[^s]s$|people$|men$", head)
        several = {"kind": "group", "size": size} if plural else {"kind": "official"}
        return {"name": words, "side": "unknown", "named": False, **several}
    if kind:
        return {"name": re.sub(r"\s*\([^)]*\)", "", words.split(",")[0]) or core, "kind": kind, **_NAMED}
    if " and " in core:
        return {"name": core, "kind": "group", **_NAMED, "size": {"low": 2, "high": 2}}
    return {"name": untitled, "kind": "person", **_NAMED}
