"""Links in a caption that sell its picture: "Purchase Licensing Rights", "Buy photo", "Bild kaufen"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.claims.evidence import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["sells"]

_LINKS = frozenset(("a", "button"))
_MAX_TEXT = 80
_PICTURE = r"(?:photo(?:s|graph|graphs|graphie|graphies)?|pictures?|images?|prints?|reprints?|this|it|here)"
_SOLD = r"(?:rights|licen[cs]e|licen[cs]ing|permissions?)"
_SALE = re.compile(
    rf"\W*(?:(?:buy|purchase|order|licen[cs]e|request) (?:a |an |the |this |these )?(?:{_PICTURE}|(?:licen[cs]ing )?{_SOLD})(?: (?:online|now|here|prints?|"
    rf"reprints?|rights))?|(?:order|photo|picture|image) (?:re)?prints?|(?:photo|image|reprint) (?:sales|{_SOLD})|reprints? (?:and|&) {_SOLD}|"
    r"(?:foto|bild|bilder|lizenz|bildlizenz|nutzungsrechte|abzug) (?:kaufen|erwerben|bestellen)|acheter (?:la |cette |l['’])?(?:photo|image|licence)|"
    r"(?:compr(?:ar|a|e)|adquir(?:ir|a)|adquiere) (?:a |la |esta |essa |los |las )?(?:fotos?|fotograf[ií]a|imagen|imagem|derechos(?: de licencia)?|licencia|licença)|"
    r"(?:acquista|compra) (?:la |questa )?(?:foto|immagine|licenza)|(?:foto|afbeelding) (?:kopen|bestellen)|(?:köp|kjøp|køb) (?:bild(?:en)?|foto(?:et)?|billede(?:t)?)|"
    r"kup (?:zdjęcie|licencję)|купить (?:фото(?:графию)?|снимок|лицензию)|写真を購入(?:する)?|写真の購入|购买(?:图片|照片|版权)|購買(?:圖片|照片)|사진\s?구매)"
    r"(?!\w)(?: ?,? ?\(?opens (?:in )?(?:a )?new (?:tab|window)\)?)?\W*",
    re.IGNORECASE,
)


def sells(element: HtmlElement) -> bool:
    """Tell whether an element is a link or a button that says nothing but where to buy the picture."""
    if element.tag not in _LINKS:
        return False
    text = text_of(element)
    return len(text) <= _MAX_TEXT and _SALE.fullmatch(text) is not None
