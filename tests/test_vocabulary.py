"""Find every closed vocabulary in the codebook, its values side by side in one section."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from retold import vocabulary

CODEBOOK = (Path(__file__).parents[1] / "chapters/codebook.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^\(codebook", CODEBOOK, flags=re.MULTILINE)
VOCABULARIES = {name: each for name, each in vars(vocabulary).items() if get_origin(each) is Literal}


def is_defined(values: tuple[Any, ...]) -> bool:
    """Return whether a section has all values, each set in code."""
    return any(all(f"`{value}`" in section for value in values) for section in SECTIONS)


@pytest.mark.parametrize("name", sorted(VOCABULARIES.keys() - {"Layer"}))
def test_the_codebook_defines_every_value(name: str) -> None:
    assert is_defined(get_args(VOCABULARIES[name]))


def test_a_value_that_no_section_has_beside_the_others_is_found() -> None:
    assert not is_defined(("for", "against", "perhaps"))
    assert not is_defined(("for", "against", "curly"))


@pytest.mark.parametrize("layer", get_args(vocabulary.Layer))
def test_every_layer_has_a_section(layer: str) -> None:
    assert f"(codebook-{layer})=" in CODEBOOK
