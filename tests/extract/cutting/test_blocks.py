from __future__ import annotations

from pipelines.extract.cutting.blocks import Outline, outline
from pipelines.extract.parsing.parse import parse


def cut(markup: str) -> Outline:
    return outline(parse(f"<html><body>{markup}</body></html>".encode()).tree)


def texts(markup: str) -> list[str]:
    return [block.text for block in cut(markup).blocks]


def test_each_paragraph_is_a_block() -> None:
    assert texts("<p>One.</p><p>Two <b>bold</b>.</p>") == ["One.", "Two bold."]


def test_text_beside_block_elements_is_a_block_of_its_own() -> None:
    assert texts("<div>Before<p>Inside</p>after</div>") == ["Before", "Inside", "after"]


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    assert texts("<div>One<br>still one<br> <br>Two</div>") == ["One still one", "Two"]


def test_scripts_and_form_controls_hold_no_text() -> None:
    assert texts("<p>Seen</p><script>x</script><style>y</style><select><option>z</option></select>") == ["Seen"]


def test_a_comment_does_not_swallow_the_text_behind_it() -> None:
    assert texts("<p>One<!-- two --> three</p>") == ["One three"]


def test_a_button_that_holds_paragraphs_holds_the_page() -> None:
    assert texts("<button>Menu</button><button>x<p>Text of the page.</p></button>") == ["x", "Text of the page."]


def test_a_navigation_that_was_never_closed_holds_the_page() -> None:
    assert texts("<nav><a href='/'>Home</a></nav><nav><h1>Headline</h1><p>Text.</p>") == ["Headline", "Text."]


def test_a_link_around_a_card_reaches_all_its_blocks() -> None:
    found = cut('<a href="/story"><div><h3>Title</h3><p>Blurb</p></div></a>')
    assert [block.text for block in found.blocks] == ["Title", "Blurb"]
    assert all(piece.link is not None for block in found.blocks for piece in block.pieces)


def test_containers_hold_contiguous_ranges_of_blocks() -> None:
    found = cut("<article><h1>H</h1><div><p>a</p><p>b</p></div></article><aside>c</aside>")
    ranges = {container.tag: (container.first, container.last) for container in found.containers}
    assert ranges["article"] == (0, 3)
    assert ranges["div"] == (1, 3)
    assert ranges["aside"] == (3, 4)


def test_digits_raised_behind_a_number_are_no_part_of_it() -> None:
    assert texts(
        "<p>10<sup>6</sup> pages, <b>2</b><sup> 10</sup> words, 10<sup>−9</sup> m, 3 of 5<sup><a>2</a></sup>"
    ) == ["10⁶ pages, 2 ¹⁰ words, 10⁻⁹ m, 3 of 5²"]


def test_digits_raised_behind_a_unit_or_variable_are_no_part_of_it() -> None:
    assert texts(
        "<p>5 m<sup>2</sup>, 30 cm<sup>3</sup>, E = <i>mc</i><sup>2</sup>, x<sup>10</sup>, s<sup>-1</sup></p>"
    ) == ["5 m², 30 cm³, E = mc², x¹⁰, s⁻¹"]


def test_other_raised_text_stays_as_it_is() -> None:
    assert texts(
        "<p>word<sup>1</sup>, the 5<sup>th</sup>, 3<sup>[2]</sup>, tha<i>m</i><sup>2</sup> <sup>4</sup> in<sup>2</sup> é<sup>2</sup>"
    ) == ["word1, the 5th, 3[2], tham2 4 in2 é2"]


def test_the_sign_that_links_to_a_heading_is_no_part_of_it() -> None:
    assert texts("<h2>The fix<a hidden href='#the-fix'>#</a></h2>") == ["The fix"]
    assert texts("<h2><a href='#the-fix' aria-hidden=true>§</a> The fix</h2>") == ["The fix"]
    assert texts("<h2><a href='#c'>C<b>#</b> and C<b>++</b></a></h2>") == ["C# and C++"]
    assert texts("<h2><a href='#top'>#</a></h2><p>See <a href='#note'>*</a></p>") == ["#", "See *"]
