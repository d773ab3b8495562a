"""Files under config/: YAML read into a typed model, every mistake told with file, line, key and value."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

__all__ = ["line", "read", "values"]

Model = TypeVar("Model", bound=BaseModel)

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path, model: type[Model], **given: object) -> Model:
    """Read the YAML mapping in `path` as a `model`; `given` adds fields that the file does not carry.

    Raises `Misconfigured` that names the first mistake's line and key.
    """
    found = values(path)
    try:
        return model.model_validate({**found, **given})
    except ValidationError as error:
        # A misspelt key is missing under its right name, too: what stands there is what to mend.
        wrong, text = error.errors(), path.read_text(encoding="utf-8")
        first = next((each for each in wrong if each["type"] == "extra_forbidden"), wrong[0])
        key = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(
            f"{path}:{_line_of(text, first['loc'])}",
            f"{key}: {first['msg']} (found {first['input']!r:.80})",
            _remedy(first, model),
        ) from error


def values(path: Path) -> dict[str, Any]:
    """Read the YAML mapping in `path`. Raises `Misconfigured` that names file, line and what to do."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(str(path), f"cannot be read ({error})", "Restore the file or its permissions") from error
    found = _parsed(path, text)
    if not isinstance(found, dict):
        raise Misconfigured(f"{path}:1", "not a mapping of keys to values", "Write `key: value` lines")
    repeated = _repeated_key(text)
    if repeated:
        raise Misconfigured(f"{path}:{repeated[1]}", f"key {repeated[0]!r} stands twice", "Keep one of them")
    return found


def _parsed(path: Path, text: str) -> object:
    try:
        return yaml.load(text, _LOADER)  # noqa: S506  CSafeLoader is the safe loader in C
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Misconfigured(f"{path}:{line}", f"not YAML: {error.problem}", "Mend the syntax") from error
    except yaml.reader.ReaderError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        place, character = (found.start(), f"character {ord(found[0]):#04x}") if found else (0, "a character")
        line = text.count("\n", 0, place) + 1
        raise Misconfigured(f"{path}:{line}", f"not YAML: {character} may not stand in it", "Remove it") from error
    except ValueError as error:
        # YAML takes 2025-13-01 for a day before anybody asks what the key holds.
        line, value = _not_constructed(text)
        raise Misconfigured(
            f"{path}:{line}", f"{value!r}: {error}", "Correct the value, or put it in quotes"
        ) from error


def _not_constructed(text: str) -> tuple[int, str]:
    """Find the first scalar that stands for no value of its kind."""
    for node in _nodes(text):
        if isinstance(node, yaml.ScalarNode) and not node.style:
            try:
                yaml.load(node.value, _LOADER)  # noqa: S506  see above
            except ValueError:
                return node.start_mark.line + 1, node.value
    return 1, text


def _nodes(text: str) -> Iterator[yaml.Node]:
    """Yield each node of a document once, in order; one that an alias puts into itself has no end."""
    waiting, seen = [yaml.compose(text, _LOADER)], set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in reversed(node.value) for part in reversed(pair))


def _repeated_key(text: str) -> tuple[str, int] | None:
    for node in _nodes(text):
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in node.value:
                if str(key.value) in seen:
                    return str(key.value), key.start_mark.line + 1
                seen.add(str(key.value))
    return None


def line(path: Path, *keys: int | str) -> int:
    """Give the line of a key or a place in a list of a file that is known to be YAML."""
    return _line_of(path.read_text(encoding="utf-8"), keys)


def _line_of(text: str, keys: tuple[int | str, ...]) -> int:
    """Follow a path of keys through the YAML nodes as far as it goes: a missing key is told at its parent."""
    node = yaml.compose(text, _LOADER)
    line = 1
    for part in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _remedy(error: ErrorDetails, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        known = _known(model, error["loc"][:-1])
        near = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
        return f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}"
    if error["type"] == "missing":
        return "Add the key"
    if error["type"].startswith("date_"):
        return "Write year, month and day, such as 2026-05-01"
    return "Correct the value"


def _known(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Name the keys that a model has where the path leads."""
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            kinds = [model.model_fields[part].annotation, *get_args(model.model_fields[part].annotation)]
            model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
    return list(model.model_fields)
