"""Notes of the editors are of the text, where the model takes them for the site's."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept, prose

HIGH, LOW = 0.9, 0.3


@pytest.mark.parametrize(
    "note",
    [
        "Editor’s note: The author owns shares of the harbour.",
        "[EDITOR'S NOTE: This story was updated at noon.]",
        "Correction, Nov. 15: An earlier version gave the wrong year.",
        "Anmerkung der Redaktion: Der Autor hält Anteile am Hafen.",
        "Nota de la redacción: el autor posee acciones del puerto.",
        "Note de la rédaction : l’auteur détient des parts du port.",
        "編集部注：筆者はこの港湾会社の株式を保有しています。この記事の公開時点の情報です。",
    ],
)
def test_a_note_of_the_editors_is_kept(note: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], note]), [HIGH, HIGH, LOW]) == [*PARAGRAPHS[:2], note]
    assert kept(prose([*PARAGRAPHS[:2], note]), [HIGH, HIGH, 0.05]) == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "line", ["Editors wanted: write to the harbour.", "Correct me if I am wrong: the crane is new."]
)
def test_other_lines_are_judged_as_before(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], line]), [HIGH, HIGH, LOW]) == PARAGRAPHS[:2]
