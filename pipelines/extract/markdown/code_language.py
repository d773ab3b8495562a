"""The language of code, as the page's own classes and attributes name it for what colours it.

What a page names so reaches Markdown behind a fence: nothing but letters, figures and `+#.-`, few of them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline

__all__ = ["CodeLanguages"]

_NAME = r"([A-Za-z0-9+#.-]{1,20})(?![^\s;,:{}])"
# How highlighters have it written: Prism and highlight.js, prettify, Jekyll and Sphinx, GitHub, SyntaxHighlighter.
_NAMED = re.compile(rf"(?:^|\s)(?:(?:language|lang|highlight-source)[-:]|brush:\s?){_NAME}")
_SPHINX = "highlight-"
_ATTRIBUTES = ("data-lang", "data-language", "data-code-language", "data-enlighter-language")
_WHOLE = re.compile(_NAME)
# Names of no language, and classes that say of an element that it is code, of whatever language.
_NONE = (
    "none", "no-highlight", "nohighlight", "plain", "plaintext", "plain-text", "text", "txt", "raw", "default", "generic", "auto", "undefined",
    "null",
)  # fmt: skip
_CODE = (
    "highlight",
    "hljs",
    "sourcecode",
    "prettyprint",
    "codehilite",
    "chroma",
    "shiki",
    "astro-code",
    "code",
    "code-block",
    "syntaxhighlighter",
)
# A class that is nothing but a language's name is believed if it is one of these.
_KNOWN = frozenset(
    word
    for line in (
        "ada apache asm assembly awk bash basic bat batch bibtex c++ clojure cmake cobol coffeescript cpp crystal cs",
        "csharp css csv cuda d3 dart delphi diff dockerfile dos elisp elixir elm erlang f# fish fortran fsharp glsl",
        "golang gradle graphql groovy haskell hcl hlsl html http ini java javascript jinja js json json5 jsonc jsx julia",
        "kotlin kt latex less lisp lua makefile markdown matlab md mermaid mysql nasm nginx nim nix objc objective-c",
        "objectivec ocaml pascal perl pgsql php plsql postgresql powershell prolog properties protobuf ps1 puppet py",
        "python python3 pycon rb rs ruby rust sass scala scheme scss sh shell smalltalk solidity sparql sql svelte svg",
        "swift tcl terraform tex toml ts tsx typescript vb vbnet verilog vhdl vim vue wasm wgsl xml yaml yml zig zsh",
    )
    for word in line.split()
)
# These may be anything else, unless another class says that this is code.
_DOUBTFUL = frozenset(("c", "console", "d", "go", "r", "session"))
# Frames between code and what names its language, those of a table with the numbers of its lines among them; beside the code
# they hold a button or such a gutter.
_FRAMES, _BESIDE = 5, 3
_MAX_CLASSES, _MAX_CLASS, _MAX_CHILDREN = 20, 500, 20


class CodeLanguages:
    """The languages of a page's code; a class, for each `<pre>` is asked once, however many blocks stand in it."""

    def __init__(self, outline: Outline) -> None:
        self.containers = outline.containers
        self.known: dict[int, str] = {}

    def of(self, pre: Container) -> str:
        """Give the language of a `<pre>`; empty where the page names none."""
        if pre.index not in self.known:
            self.known[pre.index] = next(filter(None, self._named(pre)), "")
        return self.known[pre.index]

    def _named(self, pre: Container) -> Iterator[str]:
        """Give what is named by the code itself, and by the frames around it."""
        for child in islice(pre.element, _MAX_CHILDREN):
            if child.tag == "code":
                yield named(child, code=True)
        yield named(pre.element, code=True)
        frame = pre
        for _ in range(_FRAMES):
            frame = self.containers[frame.parent]
            # The lines of code may be blocks of their own.
            if frame.last - frame.first - (pre.last - pre.first) >= _BESIDE:
                return
            yield named(frame.element, code=False)


def named(element: HtmlElement, *, code: bool) -> str:
    """Give the language that an element names; one that is not known to be `code` must say so to be believed by a bare name."""
    stated = (element.get(name) or "" for name in _ATTRIBUTES)
    classes = (element.get("class") or "")[:_MAX_CLASS]
    found = [value.strip() for value in stated if _WHOLE.fullmatch(value.strip())]
    if not found:
        found = _NAMED.findall(classes) or bare(classes.lower().split()[:_MAX_CLASSES], code=code)
    language = found[0].lower() if found else ""
    # Around code, `lang-en` may be the language of the text.
    believed = language not in _NONE if code else language in _KNOWN | _DOUBTFUL
    return language if believed else ""


def bare(classes: Sequence[str], *, code: bool) -> list[str]:
    """Give the one class that is the name of a language."""
    said = [name for name in classes if name in _CODE]
    others = [name.removeprefix(_SPHINX) for name in classes if name not in _CODE]
    if not (code or said or any(name.startswith(_SPHINX) for name in classes)):
        return []
    found = [name for name in others if name in _KNOWN or (name in _DOUBTFUL and said)]
    # Beside other classes a word may be one of theirs.
    return found if len(found) == 1 and (said or len(others) == 1 or f"{_SPHINX}{found[0]}" in classes) else []
