"""Tell values and findings from a notebook to the prose of the book."""

from __future__ import annotations

import math
from collections.abc import Sequence

from myst_nb import glue


def tell(
    key: str, value: int | float | str, *, evidence: Sequence[str] = (), computed_from: Sequence[str] = ()
) -> None:
    """Store a value, and under ``key.evidence`` what it rests on, in the notebook's outputs.

    Args:
        key: readable words joined by underscores, unique in the book; prose shows the value by the
            role ``told``.
        value: a plain number or words.
        evidence: ids of annotations (``101/nine-boats``), readings (``101/claim.boats``) or outside facts
            (``fact/tides``); or the table it stands in (``table/grown``), where no words are measured.
        computed_from: told keys that the value is computed from, where it rests on no words of its own.

    Raises:
        TypeError: the value is not a plain ``int``, ``float`` or ``str``.
        ValueError: the value is infinite or not a number, or neither evidence nor keys are given.
    """
    if type(value) not in (int, float, str):
        raise TypeError(f"{key}: {type(value).__name__} cannot be told; pass a plain int, float or str")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{key}: {value} is no number that prose can show")
    if not evidence and not computed_from:
        raise ValueError(f"{key}: name the annotations it rests on, or the keys it is computed from")
    glue(key, value, display=False)
    glue(f"{key}.evidence", " ".join([*evidence, *(f"told:{each}" for each in computed_from)]), display=False)


def holds(key: str, condition: bool) -> None:
    """Store whether the finding labelled ``key`` holds; the book is not built while one does not.

    Args:
        key: the label of the heading, figure or key judgement that states the finding.
        condition: a plain truth value, computed from the annotations.

    Raises:
        TypeError: the condition is not a plain ``bool``.
    """
    if type(condition) is not bool:
        raise TypeError(f"{key}: {condition!r} is not True or False; compare it with something")
    glue(f"{key}.holds", condition, display=False)
