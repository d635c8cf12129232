"""Read a YAML file into a record, keeping the line of every entry for messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from yaml.error import MarkedYAMLError

from retold.problems import DocumentError, Lines, Path_, Problem, remedy

Model = TypeVar("Model", bound=BaseModel)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST, _LONGEST_NUMBER = 50, 40
_VALUES = {"float", "tuple[float, float]"}  # what pydantic calls the ways to write a quantity's value
_CONFIRMED: Mapping[object, str] = {
    "certainty": "give its certainty: explicit, carried-over or inferred",
    "outlet_certainty": "give its certainty: high or probable",
    "name": "name whom it means; if another entry names them, cite that one",
    "base": "say of what, and in state and period what is the case and when, or remove this",
    "role": "give the words that describe the speaker, or remove this",
    **dict.fromkeys(("label", "note", "outlet_evidence", "published_evidence", "reason"), "say this anew"),
}
_DATE, _ID = "write a date such as 2024-10-29 or 2024-10", "write lower-case words joined by hyphens"
_RIGHT = {"missing": "add it", "bool_parsing": "write true or false", "tuple_type": "write a list"}
_SYNTAX = "mend it: indent alike what belongs together, and quote words that hold ': ' or begin with a sign"
_DRAFTED = re.compile("draft$|Drafted")
_COMMENT = re.compile("^ *# Drafted", re.MULTILINE)
_SCALARS: Mapping[str, Any] = {
    f"tag:yaml.org,2002:{kind}": getattr(yaml.SafeLoader, f"construct_yaml_{kind}")
    for kind in ("int", "float", "bool", "null")
}


class _Reader:
    """Turn YAML into plain values, refusing aliases, repeated keys, and nesting without end."""

    def __init__(self, file: str, text: str) -> None:
        comments = (text.count("\n", 0, found.end()) + 1 for found in _COMMENT.finditer(text))
        self.lines = Lines(file, drafted=tuple(comments))
        self.problems: list[Problem] = []
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._anchors: dict[str, int] = {}
        self._scalars: Any = yaml.SafeLoader("")

    def document(self) -> Any:
        """Return the value of the one document; of none, an empty mapping."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return {}
        value = self._value(next(self._events), ())
        next(self._events)
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            raise MarkedYAMLError(problem="another document begins", problem_mark=after.start_mark)
        return value

    def _value(self, event: Any, path: Path_) -> Any:
        self.lines.of[path] = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, path)
        if event.anchor:
            self._anchors[event.anchor] = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= _DEEPEST:
            raise DocumentError([self.lines.problem((), "nested too deeply", "flatten the entries")])
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return [self._value(item, (*path, at)) for at, item in enumerate(self._items())]

    def _alias(self, event: Any, path: Path_) -> None:
        if event.anchor not in self._anchors:
            raise MarkedYAMLError(problem="found undefined alias", problem_mark=event.start_mark)
        self.lines.of[path] = self._anchors[event.anchor]
        self._refuse(path, "an alias repeats another entry", "write the entry out")

    def _items(self) -> Iterator[Any]:
        """Yield the first event of each entry up to the end of the mapping or list that is being read."""
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            yield event

    def _mapping(self, path: Path_) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for key in self._items():
            if isinstance(key, yaml.CollectionStartEvent | yaml.AliasEvent):
                self._value(key, (*path, "?"))
                self._value(next(self._events), (*path, "?"))
                self._refuse(path, "a key is no word but a list or a mapping", "write a word")
                continue
            name = str(key.value)
            if name in found:
                self.lines.of[(*path, name)] = key.start_mark.line + 1
                self._refuse((*path, name), f"the key {_cut(name)} is given twice", "keep one of them")
            found[name] = self._value(next(self._events), (*path, name))
        return found

    def _scalar(self, event: Any, path: Path_) -> Any:
        if event.tag is None and not event.implicit[0]:
            return event.value
        tag = event.tag
        if tag in (None, "!"):
            tag = self._scalars.resolve(yaml.ScalarNode, event.value, event.implicit)
        construct = _SCALARS.get(tag)
        if construct is None:
            return event.value
        try:
            if len(event.value) > _LONGEST_NUMBER:  # the time to read one grows with the square of its length
                raise ValueError
            return construct(self._scalars, yaml.ScalarNode(tag, event.value))
        except (ValueError, LookupError, ArithmeticError):
            kind = "true or false" if tag.endswith(":bool") else "a number"
            right = f"write {kind}, or quote the words"
            return self._refuse(path, f"{_cut(event.value)} is not {kind}", right)

    def _refuse(self, path: Path_, what: str, right: str) -> None:
        self.problems.append(self.lines.problem(path, what, right))


def load_text(path: Path, name: str) -> str:
    """Return a file's text, exactly as stored.

    Raises:
        DocumentError: the file is missing, or is not UTF-8 without byte-order mark, NUL or carriage return.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise OSError(0, "not a file")
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        right = f"restore or write it ({str(error.strerror).lower()})"
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
    return read_record(load_text(path, name), name, model)


def read_record(text: str, name: str, model: type[Model]) -> tuple[Model, Lines]:
    """Return the record that a text holds, as ``load_record`` does that of a file.

    Raises:
        DocumentError: the text is not plain YAML, or does not fit the model; it carries every problem found,
            drafted entries among them.
    """
    reader = _Reader(name, text)
    try:
        value = reader.document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else 1
        raise DocumentError([Problem(name, line, "", f"not YAML: {what}", _SYNTAX)]) from None
    if reader.problems:
        raise DocumentError(reader.problems)
    try:
        return model.model_validate(value), reader.lines
    except ValidationError as error:
        faults = dict.fromkeys(_schema_problem(reader.lines, value, model, each) for each in error.errors())
        raise DocumentError([*faults, *find_drafts(value, reader.lines)]) from None


def find_drafts(read: Any, lines: Lines) -> list[Problem]:
    """Return a problem for every certainty that is ``draft``, and every word of a draft that was left.

    Such words begin with ``Drafted``, and so do comments, which stand for what has no certainty, as an
    article's own voice. ``read`` is what a file holds, as a record or as plain data.
    """
    right = "read all of it, own_voice too, then remove this line"
    found = [Problem(lines.file, at, "", "drafted by rule, not confirmed", right) for at in lines.drafted]
    for path in lines.of:
        if path and path[-1] in _CONFIRMED and _DRAFTED.match(str(reduce(_part, path, read))):
            right = f"read the entry, correct it, and {_CONFIRMED[path[-1]]}"
            found.append(lines.problem(path, "drafted by rule, not confirmed", right))
    return found


def _part(value: Any, key: str | int) -> Any:
    return getattr(value, key) if isinstance(key, str) and not isinstance(value, Mapping) else value[key]


def _schema_problem(lines: Lines, read: Any, model: type[BaseModel], fault: Any) -> Problem:
    if at := next((at for at, part in enumerate(fault["loc"]) if part in _VALUES), 0):
        path, right = fault["loc"][:at], "write a number, a pair of numbers, or null if the words print none"
        return lines.problem(path, f"{_cut(reduce(_part, path, read))} is not a valid value", right)
    path, what, given = tuple(fault["loc"]), str(fault["msg"]).lower(), fault.get("input")
    right = _RIGHT.get(fault["type"], f"it is {_cut(given)}")
    if fault["type"] == "extra_forbidden":
        fields = _record_at(model, path).model_fields
        otherwise = "move it into readings" if path[-1] == "others" else "remove it, or choose of {}"
        what, right = "is no field here", remedy(str(path[-1]), fields, otherwise)
    if fault["type"] == "literal_error":
        right = remedy(str(given), re.findall("'(.+?)'", what), "use one of these")
        what = f"{_cut(given)} is none of {fault['ctx']['expected']}"
    if fault["type"] == "string_pattern_mismatch":
        what, right = f"{_cut(given)} is not in the right form", _DATE if "unresolved" in what else _ID
    return lines.problem(path, what, right)


def _record_at(model: Any, path: Path_) -> Any:
    """Return the type of the innermost record that a path into another leads to."""
    for part in path:
        kinds = [model.model_fields[part].annotation] if part in model.model_fields else []
        for kind in kinds:  # grows meanwhile
            kinds.extend(get_args(kind))
        model = next((kind for kind in kinds if hasattr(kind, "model_fields")), model)
    return model


def _cut(value: object) -> str:
    return shown if len(shown := repr(value)) <= 60 else f"{shown[:57]}..."
