"""Write drafts as YAML, and append entries to a register without touching what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Write all but identifiers between double quotation marks, so that no sign can mean anything."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _words(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    style = None if re.fullmatch(r"[a-z][a-z0-9_*-]*", words) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Dumper.add_representer(str, _words)


def to_yaml(data: Any, *, flow: bool = False) -> str:
    """Return plain data as YAML that reads back the same, in blocks or, if ``flow``, on one line."""
    options: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 10**9}
    return str(yaml.dump(data, Dumper=_Dumper, default_flow_style=flow, **options))


def appended(text: str, key: str, entries: Sequence[Any], comment: str) -> str:
    """Return a register's YAML with entries at the end of one of its lists, all else left as it stands.

    Args:
        text: the register; the list in blocks or flow, empty, or not yet there.
        key: the list's name.
        entries: plain data; each gets a line.
        comment: what is said above them, where the list has lines for it.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = next((value for name, value in root.value if name.value == key), None) if root else None
    lines = [to_yaml(each, flow=True).strip() for each in entries]
    if found is None:
        return f"{text.rstrip()}\n\n{key}:\n".lstrip() + _block(lines, "  ", comment)
    if not found.value:
        block = f"\n{_block(lines, '  ', comment)}".rstrip()
        return text[: found.start_mark.index].rstrip(" ") + block + text[found.end_mark.index :]
    if found.flow_style:
        at = found.value[-1].end_mark.index
        return text[:at] + "".join(f", {line}" for line in lines) + text[at:]
    *_, last = re.finditer(r"^[ \t]*[^#\s].*$", text[: found.end_mark.index], re.MULTILINE)
    kept, rest = text[: last.end()], text[last.end() :].removeprefix("\n")
    return f"{kept}\n{_block(lines, ' ' * found.start_mark.column, comment)}{rest}"


def _block(lines: Sequence[str], indent: str, comment: str) -> str:
    return "".join(f"{indent}{line}\n" for line in (f"# {comment}", *(f"- {each}" for each in lines)))
