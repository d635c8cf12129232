"""Hold CITATION.cff to the Citation File Format, and to what the package says of itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml
from cffconvert import Citation
from jsonschema import ValidationError

ROOT = Path(__file__).parents[1]
CITATION = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
FAULTS = [
    pytest.param("authors:", "writers:", "'writers' was unexpected", id="unknown field"),
    pytest.param("date-released: ", "date-released: 22 Nov # ", "is not a 'date'", id="no date"),
    pytest.param("license: MIT", "license: MIT-ish", "'MIT-ish' is not one of", id="unknown licence"),
    pytest.param("message: ", "# ", "'message' is a required property", id="missing field"),
]


def test_citation_is_valid() -> None:
    Citation(CITATION).validate()


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_faulty_citation_is_refused(old: str, new: str, fault: str) -> None:
    assert CITATION.count(old) == 1
    with pytest.raises(ValidationError) as refused:
        Citation(CITATION.replace(old, new)).validate()
    assert fault in refused.value.message


def test_citation_and_package_agree() -> None:
    cited = yaml.safe_load(CITATION)
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (cited["title"], cited["version"]) == (package["description"], package["version"])
