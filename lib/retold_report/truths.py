"""Show how a library scores on stories of which everything is known: tables and curves of its scores.

A score is a mean over stories, with the least and the greatest of them; no probability follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from retold_report.curves import Curve
from retold_report.tables import Table, table

_KEYS = ["setting", "witnesses", "claims", "method", "measure"]
_TYPES = {"witnesses": int, "claims": int, "mean": float, "low": float, "high": float, "stories": int}


def load_scores(path: str | Path) -> pd.DataFrame:
    """Load scores, one a row.

    Returns:
        A frame with ``setting``, ``witnesses`` and ``claims``, which say what stories were like; ``method``
        and ``measure``, which say what was scored; ``mean``, ``low`` and ``high`` of the score; and
        ``stories``, how many have one.

    Raises:
        ValueError: the file cannot be read, lacks a column, or has a score twice or outside its bounds.
    """
    try:
        scores = pd.read_csv(path, dtype=_TYPES)
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: no table of scores: {error}") from None
    if missing := {*_KEYS, *_TYPES} - set(scores.columns):
        raise ValueError(f"{path}: no column {', '.join(sorted(missing))}")
    bad = scores.duplicated(_KEYS) | ~scores["mean"].between(scores["low"], scores["high"])
    if bad.any():
        raise ValueError(f"{path}: line {int(bad.to_numpy().argmax()) + 2} holds no score of its own")
    return scores


def score_table(scores: pd.DataFrame, name: str, caption: str, *, rows: Sequence[str], across: str) -> Table:
    """Return scores as means with least and greatest, ``0.53 (0.10–1.00)``; a dash where there is none.

    Args:
        scores: those to show, as ``load_scores`` has them.
        name: the table's label.
        caption: what it shows.
        rows: the columns whose values tell the rows apart, in the order of the scores.
        across: the column that has a column of the table for each of its values, in rising order; numbers
            are headed ``5 witnesses``.

    Raises:
        ValueError: two scores would stand in one cell.
    """
    shown = [f"{each.mean:.2f} ({each.low:.2f}–{each.high:.2f})" for each in scores.itertuples()]
    cells = scores.assign(shown=shown).pivot(index=list(rows), columns=across, values="shown")
    made = scores[list(rows)].drop_duplicates().merge(cells.reset_index(), on=list(rows)).fillna("–")
    counts = cells.columns.inferred_type == "integer"
    values = [f"{value} {across}" if counts else str(value).capitalize() for value in cells.columns]
    columns = [*map(str.capitalize, rows), *values]
    return table(name, caption, columns, made.to_numpy().tolist())


def score_curve(scores: pd.DataFrame, label: str, *, across: str, accent: bool = False) -> Curve:
    """Return the means of scores as a curve over the column ``across``.

    Raises:
        ValueError: two scores would stand at one place.
    """
    if not scores[across].is_unique:
        raise ValueError(f"{label}: several scores for one number of {across}")
    points = scores.sort_values(across)
    return Curve(label, points[across].tolist(), points["mean"].tolist(), accent)
