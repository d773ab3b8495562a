"""What is selected of a page whose verdicts a test gives."""

from __future__ import annotations

import numpy as np

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import select

PARAGRAPHS = [
    f"Hall number {number} of the new plant was filled with machines from the port on day {number}, said the operator of it."
    for number in range(1, 13)
]


def kept(markup: str, probability: float | list[float] = 0.9, promotion: float | list[float] = 0.05) -> list[str]:
    """Texts of the body, where the model gives each block the same or its own probability, and that of a promotion."""
    model = load()
    found = outline(parse(f"<html><body>{markup}</body></html>".encode(), None).tree)
    size = len(found.blocks)
    roles = np.full((size, len(model.roles)), 0.05, np.float32)
    roles[:, model.roles.index("promo")] = promotion
    body = np.broadcast_to(np.array(probability, np.float32), (size,)).copy()
    return [found.blocks[index].text for index in select(found, Verdicts(body, roles), model).kept]


def prose(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
