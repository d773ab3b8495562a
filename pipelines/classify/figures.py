"""Money and size figures of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Figure", "figures"]

NUMBER = r"\d{1,9}(?:[.,\u00a0\u202f]\d{1,9}){0,6}"
SCALE = (
    r"thousand|million|billion|trillion|mn|bn|tn|[mM]io\.?|[mM]rd\.?|Millionen|Million|Milliarden|Milliarde|millions"
    r"|milliards?|millones|mil millones|milioni|miliardi|miljoen|miljard|milionów|mld|mln|milyon|milyar"
    r"|milhões|milhão|bilhões|mil milhões|tys\.?|тыс\.?|млн|млрд|трлн|миллион(?:а|ов)?|миллиард(?:а|ов)?|мільйон(?:а|ів)?"
    r"|مليون|مليار|ملايين|مليارات|تريليون|[kKmMbBT](?![\w])|lakh crore|crore|lakh"
)
SYMBOL = r"(?:US|AU|CA|HK|NZ|A|C|S|R)?\$|[€£¥₹₩₺₽₪฿₫₴₦]|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|AUD|CAD|SEK|KRW|Rs\.?)"
CURRENCY = (
    r"(?:US |U\.S\. |Canadian |Australian |Hong Kong |Singapore )?(?:dollars?|Dollars?|dólares|dollari)|[eE]uros?"
    r"|pounds? sterling|pounds|British pounds|yen|yuan|renminbi|rupees|won|rubles|roubles|рублей|долларов|евро"
    r"|reais|pesos|rupias|ringgit|rupiah|dirhams?|riyals?|shekels?|rand|naira|hryvnias?|гривен|доллара|рубля|рубль"
    r"|دولارات|دولار|يورو|ريال|درهم|جنيه"
    r"|francs|Swiss francs|kronor|kroner|zł|złotych|lira|TL|[€£¥₽$](?!\d)|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|PLN|TRY)\b"
)
UNIT = (
    r"square[ -](?:meters?|metres?|feet|foot|kilomet(?:er|re)s?|miles?)|sq\.? ?(?:ft|m|km)\b|sqm|Quadratmetern?|mètres carrés"
    r"|metros cuadrados|m²|km²|acres?|hectares?|Hektar|(?:[kKMGT]W(?:h|p)?|megawatts?|gigawatts?|kilowatts?"
    r"|(?:mega|giga|kilo|tera)watt[- ]hours?|volts?|watts?)\b|(?:[KMGTPE]i?B|gigabytes?|terabytes?|petabytes?|megabytes?)\b"
    r"|(?:[KMGT]bps|[MG]T/s|[MG]b/s|[kMGT]Hz|nm|nanometers?|mAh|TOPS|[PTGE]FLOPS|petaflops|exaflops|qubits?)\b"
    r"|inch(?:es)?\b|Zoll\b|megapixels?|MP\b|(?:km|kilometers?|kilometres?|miles|meters|metres|feet|Kilometern?)\b"
    r"|(?:mph|km/h|kg|kilograms?|tons?|tonnes?|Tonnen|pounds|lbs)\b|litres?\b|barrels?\b"
    r"|(?:parameters|tokens|employees|workers|staff|jobs|users|customers|subscribers|people|downloads|units|vehicles"
    r"|servers|GPUs|chips|stores|transistors|records|accounts|devices|Mitarbeitern?|Nutzern?|Kunden|Stellen|salariés"
    r"|employés|utilisateurs|clients|empleados|usuarios|clientes|dipendenti|utenti)\b"
)
RANGE = rf"\d{{1,9}}(?:[.,]\d{{1,9}})?[\s\u00a0-]?(?:(?:{SCALE})\b|{CURRENCY}|{UNIT})"
"""What makes the number behind a dash the end of a range."""
EASTERN = re.compile(
    r"(?<![\d.,])\d[\d,.]{0,15}(?:(?:[万萬亿億兆千百]|[만억조천])\d{0,9}){0,4}余?\s?"
    r"(?:人民币|人民幣|美元|美金|欧元|歐元|日元|日圓|英镑|港元|港币|新台币|新臺幣|韩元|元人民币|元|円|ドル|ユーロ|달러|유로|원)"
)
"""Amounts in Chinese, Japanese and Korean, where no space parts words."""
EAST = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
RUN = 64
"""Characters of a number without meaning that are passed over at once."""
DIGITS = "0123456789.,"
DIGIT = re.compile(r"[0-9]")
BEFORE = re.compile(rf"(?:(?<![^\W\d_])(?:{SYMBOL})\s?|(?<![\w.,-]))$")
"""What may stand before a number: a currency's sign, or nothing that a number is part of."""
BEFORE_REACH = 6
"""Characters of the longest sign before a number, its space and the character that ends the word before."""
FIGURE = re.compile(
    rf"(?>{NUMBER})(?:[-–](?={RANGE})(?>{NUMBER}))?(?:[\s\u00a0-]?(?:{SCALE})(?! of))?"
    rf"(?:(?: d[ei] | d['’]|[\s\u00a0-])?(?:(?P<currency>{CURRENCY})|(?P<unit>{UNIT})))?(?![\w])"
)
"""A figure needs a sign, a currency or a unit; a number alone is none. Every part is bounded: no input makes it slow."""


class Figure(NamedTuple):
    """A figure as the text gives it."""

    kind: str
    """`money` or `size`."""
    start: int
    """First character."""
    end: int
    """Past the last character."""
    converts: bool
    """Whether it stands in parentheses right behind another figure of its kind: the same in other units."""


def figures(text: str) -> Iterator[Figure]:
    """Amounts with a currency, and numbers with a unit or a counted noun, in order; linear in the text's length."""
    if text.isascii() or EAST.search(text) is None:
        return _western(text)
    eastern = [Figure("money", *match.span(), converts=False) for match in EASTERN.finditer(text)]
    taken = {at for figure in eastern for at in range(figure.start, figure.end)}
    western = (figure for figure in _western(text) if taken.isdisjoint(range(figure.start, figure.end)))
    return iter(sorted([*eastern, *western], key=lambda figure: figure.start))


def _western(text: str) -> Iterator[Figure]:
    before: Figure | None = None
    at = 0
    while digit := DIGIT.search(text, at):
        start = digit.start()
        sign = BEFORE.search(text[max(0, start - BEFORE_REACH) : start])
        match = FIGURE.match(text, start)
        if sign is None or match is None:
            at = start + len(text[start : start + RUN]) - len(text[start : start + RUN].lstrip(DIGITS))
            continue
        at = match.end()
        kind = "money" if sign.group() or match["currency"] else "size" if match["unit"] else None
        if kind is None:
            continue
        start -= len(sign.group())
        converts = before is not None and before.kind == kind and text[before.end : start].strip() == "("
        before = Figure(kind, start, at, converts)
        yield before
