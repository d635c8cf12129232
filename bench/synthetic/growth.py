"""Grow families of witnesses: each copies from the family's original or an earlier witness, and departs.

A family is one story with its own original (or several, which know nothing of each other), its own claims,
people and words. A corpus of many witnesses is many families of bounded size: what stands in one text stands
in no more texts than a family has, as with stories that are each retold some dozens of times. Were all texts
retellings of one story, the pairs that share words would be all pairs, and grow with the square.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Literal, NamedTuple

Kind = Literal["attribution", "actor", "scope", "modality", "hedge", "value", "time", "quotation"]
ClaimType = Literal["quantity", "event", "stance", "talks"]
Sentence = tuple[str, ...]

SLOTS: Mapping[ClaimType, tuple[Kind, ...]] = {
    "quantity": ("actor", "modality", "hedge", "value", "scope"),
    "event": ("actor", "modality", "scope", "time"),
    "stance": ("actor", "modality", "scope"),
    "talks": ("quotation", "modality", "scope"),
}
"""The places of a claim's sentence that can change, in their order; the speaker is one more, its last."""

TYPES: tuple[ClaimType, ...] = tuple(SLOTS)
MODALITIES = ("will", "may", "must", "would")
HEDGES = {"": "exact", "about": "about", "almost": "almost", "over": "more-than", "under": "less-than"}
TIMES = {"last year": "2020", "in 2019": "2019", "in 2018": "2018", "in 2017": "2017", "in 2016": "2016"}
_SYLLABLES = [consonant + vowel for consonant in "bdgklmprt" for vowel in "aeiou"]
_LENGTH = 16


@dataclass(frozen=True)
class Telling:
    """Hold what one witness has of a claim.

    ``slots`` maps each kind of place to its words, ``wording`` is the sentence with ``{kind}`` for the
    places, ``credit`` the newsroom that the witness names for it (an original's id, or a witness's where
    its outlet is named instead), or None if it names none.
    """

    slots: Mapping[Kind, str]
    wording: Sentence
    credit: str | None


class Mutation(NamedTuple):
    """Record that a witness, copying a claim, put other words in one place; ``kind`` is the variant's."""

    kind: Kind
    claim: str
    witness: str
    before: str
    after: str


@dataclass(frozen=True)
class Witness:
    """Hold one text: where it comes from, what it has of each claim, and sentences of its own voice.

    ``parent`` is a witness or an original, ``original`` the one at the end of the line of parents.
    """

    id: str
    parent: str
    original: str
    title: Sentence
    tellings: Mapping[str, Telling]
    background: tuple[Sentence, ...]


@dataclass(frozen=True)
class Family:
    """Hold a story: its originals, claims by type, the names that fill its places, and its witnesses."""

    id: str
    originals: tuple[str, ...]
    claims: Mapping[str, ClaimType]
    actors: tuple[str, ...]
    speakers: tuple[str, ...]
    witnesses: list[Witness] = field(default_factory=list)


@dataclass(frozen=True)
class Grown:
    """Hold families with their witnesses in the order of writing, and every mutation in that order."""

    families: tuple[Family, ...]
    mutations: tuple[Mutation, ...]

    @property
    def witnesses(self) -> list[Witness]:
        """Return all witnesses; their ids are those of the corpus's articles."""
        return [witness for family in self.families for witness in family.witnesses]

    @property
    def parents(self) -> dict[str, str]:
        """Return each witness's parent: another witness, or an original, which is not in the corpus."""
        return {witness.id: witness.parent for witness in self.witnesses}

    @property
    def roots(self) -> dict[str, set[str]]:
        """Return, by claim, the originals that its carriers truly have it from, named by them or not."""
        return {
            claim: {witness.original for witness in family.witnesses if claim in witness.tellings}
            for family in self.families
            for claim in family.claims
        }


class Rates(NamedTuple):
    """Hold how often a copy departs from its parent, each 0–1.

    ``drop``: copied sentences left out (one claim always stays). ``mutation``: copied claims of which one
    place is changed. ``paraphrase``: copied words, outside those places, that are replaced. ``uncredited``:
    copied claims for which the newsroom is named no longer. ``miscredited``: those for which the parent's
    own outlet is named as the newsroom instead.
    """

    drop: float = 0.15
    mutation: float = 0.1
    paraphrase: float = 0.15
    uncredited: float = 0.1
    miscredited: float = 0.0


def grow(
    witnesses: int,
    *,
    seed: int = 0,
    family: int = 50,
    places: int = 12,
    newsrooms: int = 1,
    words: int = 500,
    rates: Rates = Rates(),  # noqa: B008
) -> Grown:
    """Return so many witnesses with the truth about them, the same for the same arguments.

    Each witness copies one parent, drawn evenly from its family's originals and earlier witnesses.

    Args:
        witnesses: how many texts.
        seed: of the random numbers.
        family: how many witnesses one story has at most; not fewer than ``witnesses`` makes one story.
        places: claims of a family, of four types in turn; each has four to six places that can change.
        newsrooms: originals of a family; the first has all its claims, each other about half of them.
        words: the length that a text is brought to by sentences of the witness's own.
        rates: how often a copy departs from its parent.
    """
    random = Random(f"{seed}/{witnesses}")
    families: list[Family] = []
    mutations: list[Mutation] = []
    for start in range(0, witnesses, family):
        growing = _Growing(random, rates, words)
        growing.begin(f"f{len(families):03}", places, newsrooms)
        for at in range(start, min(start + family, witnesses)):
            growing.add(f"{at:05}")
        families.append(growing.family)
        mutations += growing.mutations
    return Grown(tuple(families), tuple(mutations))


class _Growing:
    """Grow one family."""

    def __init__(self, random: Random, rates: Rates, words: int) -> None:
        self.random = random
        self.rates = rates
        self.words = words
        self.texts: list[Witness] = []
        self.mutations: list[Mutation] = []

    def begin(self, identifier: str, places: int, newsrooms: int) -> None:
        claims = {f"{identifier}-c{at:02}": TYPES[at % len(TYPES)] for at in range(places)}
        originals = tuple(f"{identifier}-newsroom-{at}" for at in range(newsrooms))
        names = [word.capitalize() for word in self._new_words(10)]
        self.family = Family(identifier, originals, claims, tuple(names[:4]), tuple(names[4:]))
        facts = {
            claim: {kind: self._choice(kind) for kind in (*SLOTS[each], "attribution")}
            for claim, each in claims.items()
        }
        for original in originals:
            kept = [claim for claim in claims if original == originals[0] or self.random.random() < 0.5]
            tellings = {
                claim: Telling(facts[claim], self._wording(claims[claim]), original) for claim in kept
            }
            self._settle(Witness(original, "", original, (), tellings, ()))

    def add(self, identifier: str) -> None:
        parent = self.random.choice(self.texts)
        kept = self._kept(list(parent.tellings)) or [self.random.choice(list(parent.tellings))]
        tellings = {claim: self._copied(claim, parent, identifier) for claim in kept}
        title = tuple(self._new_words(6))
        background = tuple(map(self._reworded, self._kept(list(parent.background))))
        self._settle(Witness(identifier, parent.id, parent.original, title, tellings, background))
        self.family.witnesses.append(self.texts[-1])

    def _settle(self, text: Witness) -> None:
        told = sum(len(telling.wording) + 5 for telling in text.tellings.values())
        missing = (self.words - told) // _LENGTH - len(text.background)
        own = tuple(tuple(self._new_words(_LENGTH)) for _ in range(missing))
        self.texts.append(replace(text, background=text.background + own))

    def _copied(self, claim: str, parent: Witness, witness: str) -> Telling:
        told = parent.tellings[claim]
        slots = dict(told.slots)
        if self.random.random() < self.rates.mutation:
            kind = self.random.choice(list(slots))
            while slots[kind] == told.slots[kind]:
                slots[kind] = self._choice(kind)
            self.mutations.append(Mutation(kind, claim, witness, told.slots[kind], slots[kind]))
        return Telling(slots, self._reworded(told.wording), self._credit(told, parent))

    def _credit(self, told: Telling, parent: Witness) -> str | None:
        if parent.parent and self.random.random() < self.rates.miscredited:
            return parent.id
        return None if self.random.random() < self.rates.uncredited else told.credit

    def _choice(self, kind: Kind) -> str:
        """Return words for a place; those from short lists may come again by themselves."""
        if kind == "value":
            return str(self.random.randrange(3, 90))
        lists: Mapping[Kind, tuple[str, ...]] = {
            "attribution": self.family.speakers,
            "actor": self.family.actors,
            "modality": MODALITIES,
            "hedge": tuple(HEDGES),
            "time": tuple(TIMES),
        }
        return self.random.choice(lists[kind]) if kind in lists else self._new_words(1)[0]

    def _wording(self, claim: ClaimType) -> Sentence:
        places = (f"{{{kind}}}" for kind in SLOTS[claim])
        parts = ([place] if place == "{value}" else [*self._new_words(1), place] for place in places)
        return (*self._new_words(1), *(word for part in parts for word in part), *self._new_words(2))

    def _reworded(self, sentence: Sentence) -> Sentence:
        rate = self.rates.paraphrase
        return tuple(
            self._new_words(1)[0] if word[0] != "{" and self.random.random() < rate else word
            for word in sentence
        )

    def _kept(self, items: list[Any]) -> list[Any]:
        return [item for item in items if self.random.random() >= self.rates.drop]

    def _new_words(self, count: int) -> list[str]:
        return ["".join(self.random.choices(_SYLLABLES, k=3)) for _ in range(count)]
