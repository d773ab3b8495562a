"""Joins what a text calls by a short form to the full name: surnames, and companies without their legal form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.classify.spans import DEMONYMS, LEGAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.classify.register import Name, Register
    from pipelines.classify.spans import Span

__all__ = ["join"]


def join(open_spans: Iterable[Span], register: Register) -> None:
    """Join spans that say a name again: as it is, by a surname, or by a company's first word.

    A word with capitals inside that was taken for a product is the company whose short form it is.
    """
    short = _short_forms(register)
    for form, full in short.items():
        other = register.forms.get(form)
        if other is not None and other.entry is None and other.kind == "product" and full.kind == "company":
            register.alias(form, full)
    for span in open_spans:
        form = register.text[span.start : span.end]
        name = register.forms.get(form) or short.get(form)
        if name is None or (span.start, span.end) in name.offsets or _is_another(name, register.text, span.end):
            continue
        name.forms[form] += 1
        name.offsets.add((span.start, span.end))


def _is_another(name: Name, text: str, end: int) -> bool:
    """Whether the next word makes it another name, such as the river of the company's name."""
    if name.entry is None or not name.entry.excluded or text[end : end + 1] != " ":
        return False
    return text[end + 1 : end + 25].partition(" ")[0].rstrip(".,;:!?") in name.entry.excluded


def _short_forms(register: Register) -> dict[str, Name]:
    """Surnames of persons and first words of companies, where only one name has them."""
    found: dict[str, Name | None] = {}
    for form, name in list(register.forms.items()):
        words = form.split(" ")
        if len(words) < 2:
            continue
        if name.kind == "person":
            short = words[-1]
        elif name.kind == "company" and (name.entry is None or words[-1] in LEGAL):
            short = " ".join(words[:-1]) if words[-1] in LEGAL or len(words) == 2 else words[0]
        else:
            continue
        found[short] = None if found.get(short, name) is not name else name
    return {
        form: name
        for form, name in found.items()
        if name is not None and form not in DEMONYMS and register.forms.get(form, name).entry is None
    }
