"""Boxes that ask for a reader's address or money: the lines beside the field or button say what for, and are no body."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from pipelines.extract.cutting.blocks import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipelines.extract.cutting.blocks import Container, Outline
    from pipelines.extract.judging.model import BlockModel, Verdicts

__all__ = ["without_signups"]

# A box has hardly more blocks, and none of more characters.
MOST_BLOCKS, LONGEST_BLOCK = 8, 300
# What holds more of the page's body than this is the article around the box.
MOST_BODY = 0.2
# Forms of a page that are looked into, and fields of a form.
MOST_FORMS, MOST_FIELDS = 30, 20
# How forms that take donations, and the boxes right around them, are named, and where they lead; characters that are read of either.
DONATION = re.compile(r"(?<![a-z])donat(?:e|ions?)(?![a-z])|spenden(?:box|form)|[-_]don[-_]form", re.IGNORECASE)
LONGEST_NAME = 300
# Elements that are pages or articles, never boxes.
WHOLE = frozenset(("body", "main", "article", "html"))


def without_signups(outline: Outline, verdicts: Verdicts, model: BlockModel) -> Verdicts:
    """Give the verdicts with what would be body in a box around a field for a mail address, or a button to donate, judged as promotion."""
    found = islice((box for box in outline.containers if box.tag == "form"), MOST_FORMS)
    forms = [box for box in found if asks_for_mail(box.element) or asks_for_money(box.element)]
    if not forms:
        return verdicts
    wanted = verdicts.body >= model.threshold
    sizes = np.array([len(block.text) for block in outline.blocks]) * wanted
    body, roles = verdicts.body.copy(), verdicts.roles.copy()
    for form in forms:
        box = around(outline, form)
        if sizes[box.first : box.last].sum() > MOST_BODY * sizes.sum():
            continue
        inside = box.first + np.flatnonzero(wanted[box.first : box.last])
        body[inside] = 0
        roles[inside] = 0
        roles[inside, model.roles.index("promo")] = 1
    return replace(verdicts, body=body, roles=roles)


def asks_for_mail(form: HtmlElement) -> bool:
    """Tell whether a form has a field for a mail address, and none for a text, as that of a comment has."""
    fields = list(islice(form.iter("input", "textarea"), MOST_FIELDS))
    if any(field.tag == "textarea" for field in fields):
        return False
    return any(
        (field.get("type") or "").lower() == "email" or "email" in (field.get("name") or "").lower() for field in fields
    )


def asks_for_money(form: HtmlElement) -> bool:
    """Tell whether a form is named as one for donations, or leads to where they are taken."""
    names = [form.get("class"), form.get("id"), form.get("action")]
    box = form.getparent()
    if box is not None and box.tag not in WHOLE:
        names += [box.get("class"), box.get("id")]
    return any(DONATION.search(name[:LONGEST_NAME]) for name in names if name)


def around(outline: Outline, form: Container) -> Container:
    """Give the largest container around a form that is no more than a box."""
    box = form
    while box.index:
        larger = outline.containers[box.parent]
        if larger.tag in WHOLE or not is_box(outline, larger):
            break
        box = larger
    return box


def is_box(outline: Outline, container: Container) -> bool:
    """Tell whether a container holds a few short blocks, one heading at most and no headline."""
    if container.last - container.first > MOST_BLOCKS:
        return False
    inside = outline.blocks[container.first : container.last]
    if any(len(block.text) > LONGEST_BLOCK for block in inside):
        return False
    headings = [HEADINGS[block.container.tag] for block in inside if block.container.tag in HEADINGS]
    return len(headings) <= 1 and 1 not in headings
