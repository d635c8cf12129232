"""Check the whole article that the codebook shows: its files make a story without a fault."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from retold import find_problems

CODEBOOK = (Path(__file__).parents[1] / "chapters/codebook.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"```\{code-block\} \w+\n:caption: (\S+)\n(.*?)```", CODEBOOK, re.DOTALL))
TEXT = "seeds/201_coast.txt"


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """Return a story of the files that the codebook shows, with a checksum and no outside facts."""
    checksum = f"{sha256(SHOWN[TEXT].encode()).hexdigest()}  {Path(TEXT).name}\n"
    beside = {"seeds/SHA256SUMS": checksum, "annotations/context.yaml": "facts: []\n"}
    for name, text in {**SHOWN, **beside}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_files_shown_are_those_of_a_story() -> None:
    registers = {f"annotations/{name}.yaml" for name in ("201", "sources", "claims", "issues")}
    assert set(SHOWN) == {TEXT, *registers}


def test_the_story_shown_has_no_fault(shown: Path) -> None:
    assert find_problems(shown) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        pytest.param("201", "own_voice: At least three", "own_voice: At most three", "not in", id="words"),
        pytest.param("201", "source: anna-berg", "source: ana-berg", "not registered", id="source"),
        pytest.param("claims", "      others: null\n", "  others: null\n", "not YAML", id="indent"),
        pytest.param("issues", "id: brightwater", "id: company", "not registered", id="actor"),
    ],
)
def test_a_fault_in_the_story_shown_would_be_found(
    shown: Path, name: str, old: str, new: str, what: str
) -> None:
    path = shown / f"annotations/{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(what in problem.what for problem in find_problems(shown))
