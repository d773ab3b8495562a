from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipelines.visible import escaped, visible


@given(st.text(alphabet=st.characters(), max_size=50) | st.just("\x1b[2J\x9b\u202e\ud800"))
def test_what_is_shown_can_be_written_and_commands_nobody(text: str) -> None:
    shown = visible(text)
    assert shown.encode("utf-8") is not None
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"}
    assert visible(shown) == shown


def test_plain_text_of_any_script_is_shown_as_it_is() -> None:
    text = "Tide,\tgauge\n潮位 مد 👩\u200d💻 naïve"
    assert visible(text) == text


@given(st.text(alphabet=st.characters(), max_size=50) | st.just("\x1b[2J\x9b\u202e\ud800"))
def test_json_says_the_same_in_characters_that_can_be_written(text: str) -> None:
    written = escaped(json.dumps({"title": text}, ensure_ascii=False))
    assert json.loads(written.encode("utf-8")) == {"title": text}
