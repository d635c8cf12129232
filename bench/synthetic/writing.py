"""Write grown witnesses as a corpus: seeds with checksums, annotations, and registers; all made up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .growth import Family, Grown, Kind
from .pages import Entry, Page, name_of

_SEVERITY: Mapping[Kind, int] = {"value": 3, "actor": 3, "attribution": 2, "scope": 2, "time": 2}
_REGISTERS = {
    "sources": ("sources",),
    "claims": ("claims", "events"),
    "issues": ("issues", "actors", "objects"),
    "context": ("facts",),
}


def write(grown: Grown, folder: Path) -> Path:
    """Write the corpus under ``folder``, which is made, and return it."""
    for name in ("seeds", "annotations"):
        (folder / name).mkdir(parents=True)
    sums: list[str] = []
    lists: dict[str, list[Entry]] = {name: [] for names in _REGISTERS.values() for name in names}
    for family in grown.families:
        pages = [Page(family, witness) for witness in family.witnesses]
        for page in pages:
            seed, text = f"{page.witness.id}_retelling.txt", page.text.encode()
            (folder / "seeds" / seed).write_bytes(text)
            sums.append(f"{hashlib.sha256(text).hexdigest()}  {seed}\n")
            _write_entries(folder / f"annotations/{page.witness.id}.yaml", page.entries())
        lists["sources"] += _sources(family)
        lists["claims"] += (_claim(family, claim, pages) for claim in family.claims)
        _add_names(lists, family)
    (folder / "seeds/SHA256SUMS").write_text("".join(sums))
    for name, parts in _REGISTERS.items():
        _write_entries(folder / f"annotations/{name}.yaml", {part: lists[part] for part in parts})
    return folder


def _write_entries(path: Path, entries: Mapping[str, Any]) -> None:
    """Write YAML with an entry a line; an entry is JSON, which is YAML too and quicker to write."""
    lines = []
    for key, value in entries.items():
        rows = [f"- {json.dumps(each)}" for each in value] if isinstance(value, list) else []
        lines += [f"{key}:", *rows] if rows else [f"{key}: {json.dumps(value)}"]
    path.write_text("\n".join(lines) + "\n")


def _sources(family: Family) -> Iterator[Entry]:
    """Yield those who are cited: outlets, newsrooms, speakers (three persons, the rest officials)."""
    told = [telling for witness in family.witnesses for telling in witness.tellings.values()]
    for witness in family.witnesses:
        yield _source(f"outlet-{witness.id}", name_of(witness.id), "outlet")
    credited = {telling.credit for telling in told}
    for original in family.originals:
        if original in credited:
            yield _source(original, name_of(original), "newsroom")
    speaking = {telling.slots["attribution"] for telling in told}
    for at, speaker in enumerate(family.speakers):
        if speaker in speaking:
            side = f"{family.id}-{family.actors[at % len(family.actors)].lower()}"
            kind = "person" if at < 3 else "official"
            yield _source(f"{family.id}-{speaker.lower()}", speaker, kind, side=side)


def _source(identifier: str, name: str, kind: str, *, side: str = "third") -> Entry:
    return {
        "id": identifier,
        "name": f"{name} ({identifier})",
        "kind": kind,
        "side": side,
        "named": kind != "official",
    }


def _claim(family: Family, claim: str, pages: list[Page]) -> Entry:
    """Return a claim with its readings, and a variant for each kind of place whose content differs."""
    carrying = [page for page in pages if claim in page.readings]
    readings = {page.witness.id: page.selector(page.readings[claim]) for page in carrying}
    variants = []
    for kind in (*carrying[0].witness.tellings[claim].slots,) if carrying else ():
        had = {page.witness.id: page.witness.tellings[claim].slots[kind] or "none" for page in carrying}
        if len(set(had.values())) > 1:
            entry = {"id": f"{claim}-{kind}", "kind": kind, "severity": _SEVERITY.get(kind, 1)}
            variants.append(entry | {"explanation": "Made up.", "readings": had})
    entry = {"id": claim, "statement": "Made up.", "kind": family.claims[claim]}
    return entry | {"readings": {**readings, "others": None}, "variants": variants}


def _add_names(lists: Mapping[str, list[Entry]], family: Family) -> None:
    for claim, kind in family.claims.items():
        if kind in ("event", "stance"):
            lists["events" if kind == "event" else "issues"].append({"id": claim, "label": claim})
    lists["objects"].append({"id": f"{family.id}-accord", "label": "An accord"})
    for at, actor in enumerate(family.actors):
        identifier = f"{family.id}-{actor.lower()}"
        lists["actors"].append({"id": identifier, "label": actor, "side": identifier, "party": at < 2})
