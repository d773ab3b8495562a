"""Files under config/: YAML read into a typed model, every mistake told with file, line, key and value."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipelines.errors import Misconfigured

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

__all__ = ["read"]

Model = TypeVar("Model", bound=BaseModel)

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path, model: type[Model], **given: object) -> Model:
    """Read the YAML mapping in `path` as a `model`; `given` adds fields that the file does not carry.

    Raises `Misconfigured` that names the first mistake's line and key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(str(path), f"cannot be read ({error})", "Restore the file or its permissions") from error
    try:
        values = yaml.load(text, _LOADER)  # noqa: S506  CSafeLoader is the safe loader in C
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Misconfigured(f"{path}:{line}", f"not YAML: {error.problem}", "Mend the syntax") from error
    if not isinstance(values, dict):
        raise Misconfigured(f"{path}:1", "not a mapping of keys to values", "Write `key: value` lines")
    repeated = _repeated_key(text)
    if repeated:
        raise Misconfigured(f"{path}:{repeated[1]}", f"key {repeated[0]!r} stands twice", "Keep one of them")
    try:
        return model.model_validate({**values, **given})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(
            f"{path}:{_line_of(text, first)}",
            f"{key}: {first['msg']} (found {first['input']!r:.80})",
            _remedy(first, model),
        ) from error


def _repeated_key(text: str) -> tuple[str, int] | None:
    root = yaml.compose(text, _LOADER)
    stack = [root] if root else []
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    return str(key.value), key.start_mark.line + 1
                seen.add(key.value)
                stack.append(value)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
    return None


def _line_of(text: str, error: ErrorDetails) -> int:
    """Follow the error's path through the YAML nodes as far as it goes: a missing key is told at its parent."""
    node = yaml.compose(text, _LOADER)
    line = 1
    for part in error["loc"]:
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
        known = list(model.model_fields)
        near = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
        return f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}"
    if error["type"] == "missing":
        return "Add the key"
    return "Correct the value"
