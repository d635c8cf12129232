"""Read a YAML file into a record, keeping the line of every entry for messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from retold.model import Problem

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_SCALARS = {
    "tag:yaml.org,2002:int": yaml.SafeLoader.construct_yaml_int,
    "tag:yaml.org,2002:float": yaml.SafeLoader.construct_yaml_float,
    "tag:yaml.org,2002:bool": yaml.SafeLoader.construct_yaml_bool,
    "tag:yaml.org,2002:null": yaml.SafeLoader.construct_yaml_null,
}


class DocumentError(ValueError):
    """Carry the problems that keep a file from being read."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the message is one line each."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Lines:
    """Map paths into a YAML file to line numbers."""

    file: str
    of: dict[Path_, int] = field(default_factory=dict)

    def problem(self, path: Path_, what: str, right: str) -> Problem:
        """Return a problem at the longest known part of ``path``."""
        known = path
        while known and known not in self.of:
            known = known[:-1]
        return Problem(self.file, self.of.get(known, 1), _dotted(path), what, right)


def _dotted(path: Path_) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


class _Reader:
    """Turn YAML nodes into plain values, refusing aliases and repeated keys."""

    def __init__(self, file: str) -> None:
        self.lines = Lines(file)
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._scalars = yaml.SafeLoader("")

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.lines.of[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            self._refuse(path, "an alias repeats another entry", "write the entry out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(path, "a key is no word but a list or a mapping", "write a word")
                continue
            name = str(key.value)
            if name in found:
                self.lines.of[(*path, name)] = key.start_mark.line + 1
                self._refuse((*path, name), f"the key {name!r} is given twice", "keep one of them")
            found[name] = self.value(item, (*path, name))
        return found

    def _scalar(self, node: Any, path: Path_) -> Any:
        construct = _SCALARS.get(node.tag)
        try:
            return construct(self._scalars, node) if construct else node.value
        except (ValueError, LookupError, ArithmeticError):
            kind = "true or false" if node.tag.endswith(":bool") else "a number"
            self._refuse(path, f"{node.value!r} is not {kind}", f"write {kind}, or quote the words")
            return None

    def _refuse(self, path: Path_, what: str, right: str) -> None:
        self.problems.append(self.lines.problem(path, what, right))


def load_text(path: Path, name: str) -> str:
    """Return a file's text, exactly as stored.

    Raises:
        DocumentError: the file is missing, or is not UTF-8 without byte-order mark, NUL or carriage return.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        right = error.strerror or "add the file"
        raise DocumentError([Problem(name, 0, "", "cannot be read", right)]) from None
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8"
        raise DocumentError([Problem(name, 0, "", what, "store the file as UTF-8")]) from None
    for mark, called in (("\ufeff", "a byte-order mark"), ("\0", "a NUL"), ("\r", "a carriage return")):
        if mark in text:
            line = text.count("\n", 0, text.index(mark)) + 1
            raise DocumentError([Problem(name, line, "", f"holds {called}", "store the file without it")])
    return text


def load_record(path: Path, name: str, model: type[Model]) -> tuple[Model, Lines]:
    """Return the record that a YAML file holds, and the lines its entries stand on.

    Args:
        path: the file.
        name: what messages call it.
        model: the record's type.

    Raises:
        DocumentError: the file cannot be read, is not plain YAML, or does not fit the model; it carries
            every problem found.
    """
    reader = _Reader(name)
    text = load_text(path, name)
    try:
        _refuse_depth(text, name)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else 1
        raise DocumentError([Problem(name, line, "", f"not YAML: {what}", "mend the syntax")]) from None
    value = reader.value(node, ()) if node else {}
    if reader.problems:
        raise DocumentError(reader.problems)
    try:
        return model.model_validate(value), reader.lines
    except ValidationError as error:
        faults = [_schema_problem(reader.lines, dict(fault)) for fault in error.errors()]
        raise DocumentError(faults) from None


def _refuse_depth(text: str, name: str) -> None:
    """Refuse entries inside entries without end, which would overflow the stack of the composer."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise DocumentError([Problem(name, line, "", "nested too deeply", "flatten the entries")])


def _schema_problem(lines: Lines, fault: Mapping[str, Any]) -> Problem:
    path = tuple(fault["loc"])
    shown = repr(fault.get("input"))
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    right = {
        "missing": "add it",
        "extra_forbidden": "remove it, or correct its name",
        "literal_error": f"use {fault.get('ctx', {}).get('expected', 'a listed value')}",
    }.get(fault["type"], f"it is {shown}")
    return lines.problem(path, str(fault["msg"]).lower(), right)
