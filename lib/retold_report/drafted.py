"""Show what drafts find, beside how far two passes agree on the same."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from retold.agreement import LOOSE, STRICT, SpanAgreement

from retold_report.tables import Content, Table, table

Scores = Mapping[str, SpanAgreement]
Share = Literal["precision", "recall", "f1"]


def shares(scores: Scores, share: Share, least: float) -> dict[str, float]:
    """Return precision, recall or F1 of every category, in per cent, for matches of that overlap or more."""
    return {name: round(100 * getattr(found.score(least), share), 1) for name, found in scores.items()}


def draft_table(name: str, caption: str, drafted: Scores, passes: Scores) -> Table:
    """Return what was adjudicated, drafted and matched in each category, with the passes' F1 on the same.

    Shares are in per cent, at the lower overlap and, after a stroke, at the higher.

    Args:
        name: the table's label.
        caption: what it shows.
        drafted: drafts against adjudicated annotations, by category.
        passes: the second pass against the first, by category; one without is shown as a dash.
    """
    columns = [*(_both(drafted, share) for share in ("precision", "recall", "f1")), _both(passes, "f1")]
    rows: list[Sequence[Content]] = [
        [category, found.first, found.second, *(column.get(category, "–") for column in columns)]
        for category, found in drafted.items()
    ]
    heads = ["What", "Adjudicated", "Drafted", "Precision, %", "Recall, %", "F1, %", "F1 of the passes, %"]
    return table(name, caption, heads, rows)


def _both(scores: Scores, share: Share) -> dict[str, str]:
    loose, strict = (shares(scores, share, least) for least in (LOOSE, STRICT))
    return {name: f"{_shown(loose[name])} / {_shown(strict[name])}" for name in scores}


def _shown(percent: float) -> str:
    return "–" if math.isnan(percent) else str(percent)
