"""Load the word lists and rules of English-language news."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

LEXICON: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lexicon.yaml").read_text(encoding="utf-8"))
"""Lists of words or patterns, and tables of rules, by name."""


def filled(rule: str) -> str:
    """Return a rule with every ``@name@`` replaced by a pattern of what the lexicon lists under the name.

    >>> filled("(?:@weekday@) (?=@inside@)").count("@")
    0
    """
    return re.sub(r"@(\w+)@", lambda match: any_of(match[1]), rule)


def any_of(name: str) -> str:
    """Return a pattern of any of the words or patterns that the lexicon lists under a name."""
    listed = LEXICON[name]
    patterns = listed.split() if isinstance(listed, str) else listed
    return filled(f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})")


def pattern_of(name: str) -> re.Pattern[str]:
    """Return the compiled pattern of any of the listed words, whole and in either case."""
    return re.compile(rf"\b{any_of(name)}(?!\w)", re.IGNORECASE)
