"""Grow corpora of invented retellings whose transmission is known, of any size, the same for the same seed.

``grow(witnesses, seed=…)`` returns a ``Grown``: who copied from whom, every mutation with its kind, claim and
witness, and what each witness has of each claim. ``write(grown, folder)`` writes it as a corpus in which
``check`` finds no problem: seeds, checksums, annotations, registers with claims, readings and variants.
Nothing in it is about anyone.
"""

from __future__ import annotations

from .growth import Grown, Mutation, Rates, Telling, Witness, grow
from .writing import write

__all__ = ["Grown", "Mutation", "Rates", "Telling", "Witness", "grow", "write"]
