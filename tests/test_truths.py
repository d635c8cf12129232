"""Show scores as tables and curves, and refuse a file that holds none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from retold_report.curves import Curve
from retold_report.truths import load_scores, score_curve, score_table

HEAD = "setting,witnesses,claims,method,measure,mean,low,high,stories\n"
FIVE = "calm,5,12,tides,found,0.5,0.25,1,20\n"
THREE = "calm,3,12,tides,found,0.4,0,1,20\n"
STORM = "storm,5,12,tides,found,0.125,0.125,0.125,1\n"


def load(folder: Path, text: str) -> pd.DataFrame:
    path = folder / "scores.csv"
    path.write_text(text, encoding="utf-8")
    return load_scores(path)


@pytest.fixture
def scores(tmp_path: Path) -> pd.DataFrame:
    return load(tmp_path, HEAD + STORM + FIVE + THREE)


def test_scores_are_loaded_with_their_types(scores: pd.DataFrame) -> None:
    assert scores.loc[1].to_dict() == {
        "setting": "calm",
        "witnesses": 5,
        "claims": 12,
        "method": "tides",
        "measure": "found",
        "mean": 0.5,
        "low": 0.25,
        "high": 1.0,
        "stories": 20,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "no table of scores", id="empty"),
        pytest.param(HEAD + "calm,many,12,tides,found,0.5,0.25,1,20\n", "no table of scores", id="words"),
        pytest.param(HEAD.replace(",stories", ""), "no column stories", id="column missing"),
        pytest.param(HEAD + THREE + FIVE + FIVE, "line 4 holds no score of its own", id="twice"),
        pytest.param(HEAD + FIVE.replace("0.25", "0.6"), "line 2 holds no score", id="below its least"),
        pytest.param(HEAD + FIVE.replace("0.5,", ","), "line 2 holds no score", id="none"),
    ],
)
def test_file_without_scores_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load(tmp_path, text)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no table of scores"):
        load_scores(tmp_path / "none.csv")


def test_table_keeps_the_order_of_rows_and_sorts_columns(scores: pd.DataFrame) -> None:
    made = score_table(scores, "tides", "Tides", rows=["setting", "measure"], across="witnesses")
    assert made.columns == ("Setting", "Measure", "3 witnesses", "5 witnesses")
    assert [[part.text for parts in row for part in parts] for row in made.rows] == [
        ["storm", "found", "–", "0.12 (0.12–0.12)"],
        ["calm", "found", "0.40 (0.00–1.00)", "0.50 (0.25–1.00)"],
    ]


def test_table_of_one_column_of_rows(scores: pd.DataFrame) -> None:
    made = score_table(scores, "tides", "Tides", rows=["setting"], across="witnesses")
    assert [row[0][0].text for row in made.rows] == ["storm", "calm"]


def test_table_across_words(scores: pd.DataFrame) -> None:
    made = score_table(scores[:2], "tides", "Tides", rows=["witnesses"], across="setting")
    assert made.columns == ("Witnesses", "Calm", "Storm")
    assert [part.text for parts in made.rows[0] for part in parts] == [
        "5",
        "0.50 (0.25–1.00)",
        "0.12 (0.12–0.12)",
    ]


def test_table_refuses_two_scores_for_a_cell(scores: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="duplicate"):
        score_table(scores, "tides", "Tides", rows=["method"], across="witnesses")


def test_curve_runs_from_left_to_right(scores: pd.DataFrame) -> None:
    calm = scores[scores["setting"] == "calm"]
    assert score_curve(calm, "tides", across="witnesses", accent=True) == Curve(
        "tides", [3, 5], [0.4, 0.5], accent=True
    )


def test_curve_refuses_two_scores_at_one_place(scores: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="tides: several scores for one number of claims"):
        score_curve(scores, "tides", across="claims")
