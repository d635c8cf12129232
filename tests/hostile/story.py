"""Put attacks into every free text that an article, an annotation or a register can hold.

The records of the invented story are walked along their types, so that a new field is attacked as soon as
it exists; a type of record that the story does not hold is found by ``free_texts``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import yaml
from conftest import (
    A101,
    A102,
    A103,
    CLAIMS,
    CONTEXT,
    ISSUES,
    SEED_101,
    SEED_102,
    SEED_103,
    SOURCES,
    change,
    record_checksums,
    write_story,
)
from hostile.attacks import ATTACKS, WORDED
from pydantic import BaseModel, StringConstraints
from retold.document import load_record
from retold.model import ArticleFile, Selector
from retold.registers import REGISTERS

ADJUDICATION, JUDGEMENTS = "annotations/adjudication.yaml", "annotations/judgements.yaml"
TYPES: Mapping[str, type[BaseModel]] = {
    **dict.fromkeys((A101, A102, A103), ArticleFile),
    **{
        file: REGISTERS[Path(file).stem]
        for file in (SOURCES, CLAIMS, ISSUES, CONTEXT, ADJUDICATION, JUDGEMENTS)
    },
}
REFERRING = {"Order.source"}
"""Free texts that must name something registered; every other word is refused, attack or not."""

FURTHER = {
    ADJUDICATION: "decisions:\n"
    "  - {id: one, article: '101', layer: claim, place: x, first: x, second: x, decided: first, why: x}\n",
    JUDGEMENTS: """\
rungs: [{id: rumoured, label: Rumoured}, {id: settled, label: Settled}]
steps:
  - {id: may, article: "103", place: lede, rung: rumoured, words: boats may stop this winter.}
  - {id: pilots, article: "101", place: lede, rung: settled, words: will stop its night boats}
departures:
  - id: dark
    shared: x
    articles: ["101", "102"]
    claims: [no-sailing]
    relation: x
    alone: x
    survives: false
original: [{claim: boats-damaged, reading: x, reason: x, confidence: low}]
cues: [{id: say, forms: [said], asserts: x}]
questions: [{id: who, question: x, settled_by: x, bearing: x, claims: [no-sailing]}]
inferences: [{claim: no-sailing, article: "101", act: x, licensed: x, not_licensed: x}]
""",
}
"""Registers that the story does without."""

DOUBT = "contested: [{field: x, reading: x, reason: x}]"
EDITOR = "    editor: {wording: x, accompany: x, avoid: x}\n"
CHANGES = (
    (CLAIMS, "        readings: {101: will stop,", f"        {DOUBT}\n        readings: {{101: will stop,"),
    (CLAIMS, "    kind: event\n", f"    kind: event\n{EDITOR}"),
)
"""Records that the story's claims lack."""

SWITCHED, REGRADED = {"field": "source", "reading": "four-officials"}, {"field": "severity", "reading": "1"}
"""Contested readings that can be put in, so that pages offer to switch them."""

INLINE = {
    "boat": WORDED["script"] + WORDED["Typst code"],
    "dark": WORDED["picture"] + WORDED["Typst string"],
    "Gazette": WORDED["attribute"] + WORDED["link"] + WORDED["template"],
    "officials": WORDED["single quotes"] + WORDED["Typst markup"],
    "Several": WORDED["role"] + WORDED["mathematics"],
}
"""Words of the story's articles, and the attacks put after them there and in all that selects them."""

BLOCK = "".join(f"\n\n{attack.strip()}" for attack in WORDED.values()) + "\n\natSeedEnd\n"
"""Attacks on lines of their own, as another article may end with."""


def marker(field: str) -> str:
    """Return the word that tells where an attack was put: ``Source.name`` becomes ``atSourceName``."""
    return "at" + "".join(part[:1].upper() + part[1:] for part in re.split(r"[._]", field))


def free_texts(kind: type[BaseModel]) -> Iterator[str]:
    """Yield every field of a file's type, and of the records in it, that takes any words: ``Source.name``."""
    for field, hint in get_type_hints(kind, include_extras=True).items():
        if is_free(hint):
            yield f"{kind.__name__}.{field}"
        for each in _leaves(hint):
            if isinstance(each, type) and issubclass(each, BaseModel) and each is not Selector:
                yield from free_texts(each)


def is_free(hint: Any) -> bool:
    """Return whether a field of this type takes any words."""
    constraints = [
        each for leaf in _leaves(hint) for each in get_args(leaf) if isinstance(each, StringConstraints)
    ]
    return str in _leaves(hint) or any(each.pattern is None for each in constraints)


def is_closed(hint: Any) -> bool:
    """Return whether a field of this type takes ids, dates or the values of a closed vocabulary."""
    return not is_free(hint)


def _leaves(hint: Any) -> Iterator[Any]:
    """Yield what a type is made of: words and ids with their constraints, records, and plain types."""
    if get_origin(hint) is Annotated and any(isinstance(each, StringConstraints) for each in get_args(hint)):
        yield hint
    elif get_origin(hint) is dict:
        yield from _leaves(get_args(hint)[1])
    elif get_origin(hint) is Annotated:
        yield from _leaves(get_args(hint)[0])
    elif get_args(hint):
        for each in get_args(hint):
            yield from _leaves(each)
    else:
        yield hint


Spoil = Callable[[str], str]


def spoiled(value: Any, spoil: Spoil, *, which: Callable[[Any], bool] = is_free, field: str = "") -> Any:
    """Return a record as plain data with its texts replaced, and selectors reworded as articles are.

    Args:
        value: a record, or what a field of one holds.
        spoil: returns the words to put into a field.
        which: tells by a field's type whether its texts are replaced.
        field: the name of the field that holds the value, if its texts are replaced.
    """
    match value:
        case Selector():
            return {part: reworded(words) for part, words in value.model_dump().items()}
        case BaseModel():
            hints = get_type_hints(type(value), include_extras=True)
            names = {name: f"{type(value).__name__}.{name}" for name, hint in hints.items() if which(hint)}
            wanted = {name: field for name, field in names.items() if field not in REFERRING}
            return {
                name: spoiled(getattr(value, name), spoil, which=which, field=wanted.get(name, ""))
                for name in hints
            }
        case tuple():
            return [spoiled(each, spoil, which=which, field=field) for each in value]
        case dict():
            return {key: spoiled(each, spoil, which=which, field=field) for key, each in value.items()}
        case str() if field:
            return spoil(field)
    return value


def reworded(text: str) -> str:
    """Return words of a text with attacks after some of them: the same in an article and in a selector."""
    return re.sub("|".join(INLINE), lambda found: found.group() + INLINE[found.group()], text)


def write_hostile(root: Path, spoil: Spoil) -> Path:
    """Write the invented story under ``root`` with attacks in every free text; return the root.

    Args:
        root: the folder.
        spoil: returns the words to put into a field, by its name.
    """
    write_story(root)
    for file, text in FURTHER.items():
        (root / file).write_text(text, encoding="utf-8")
    for each in CHANGES:
        change(root, *each)
    for file, kind in TYPES.items():
        record, _ = load_record(root / file, file, kind)
        data = spoiled(record, spoil)
        if file in _MORE:
            _MORE[file](data, spoil)
        (root / file).write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    for file in (SEED_101, SEED_102, SEED_103):
        text = (root / file).read_text(encoding="utf-8")
        (root / file).write_text(reworded(text) + (BLOCK if file == SEED_103 else ""), encoding="utf-8")
    record_checksums(root)
    return root


def _more_doubt(article: Any, spoil: Spoil) -> None:
    [dusk] = [each for each in article["attributions"] if each["id"] == "dusk"]
    dusk["contested"].append({**SWITCHED, "reason": spoil("Contested.reason")})


def _more_grades(register: Any, spoil: Spoil) -> None:
    register["claims"][0]["variants"][0]["contested"] = [{**REGRADED, "reason": spoil("Contested.reason")}]


def _more_own_voice(article: Any, spoil: Spoil) -> None:
    article["own_voice"].append({"exact": BLOCK.strip()})


def _more_facts(register: Any, spoil: Spoil) -> None:
    """Give every attack a fact that has it for its address, and the first a value named by attacks."""
    register["facts"][0]["values"][spoil("Fact.values")] = 1.0
    for number, attack in enumerate(ATTACKS.values()):
        plain = dict.fromkeys(("statement", "publisher", "date"), f"address {number}")
        register["facts"].append({**plain, "key": f"address-{number}", "url": attack})


_MORE: Mapping[str, Callable[[Any, Spoil], None]] = {
    A101: _more_doubt,
    A103: _more_own_voice,
    CLAIMS: _more_grades,
    CONTEXT: _more_facts,
}
