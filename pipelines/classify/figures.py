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
    r"|млн|млрд|[kKmMbBT](?![\w])|crore|lakh"
)
SYMBOL = r"(?:US|AU|CA|HK|NZ|A|C|S|R)?\$|[€£¥₹₩₺₽₪฿]|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|AUD|CAD|SEK|KRW|Rs\.?)"
CURRENCY = (
    r"(?:US |U\.S\. |Canadian |Australian |Hong Kong |Singapore )?(?:dollars?|Dollars?|dólares|dollari)|[eE]uros?"
    r"|pounds? sterling|pounds|British pounds|yen|yuan|renminbi|rupees|won|rubles|roubles|рублей|долларов|евро"
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
RUN = 64
"""Characters of a number without meaning that are passed over at once."""
DIGITS = "0123456789.,"
DIGIT = re.compile(r"[0-9]")
BEFORE = re.compile(rf"(?:(?<![^\W\d_])(?:{SYMBOL})\s?|(?<![\w.,-]))$")
"""What may stand before a number: a currency's sign, or nothing that a number is part of."""
BEFORE_REACH = 6
"""Characters of the longest sign before a number, its space and the character that ends the word before."""
FIGURE = re.compile(
    rf"(?>{NUMBER})(?:[\s\u00a0-]?(?:{SCALE}))?"
    rf"(?:[\s\u00a0-]?(?:(?P<currency>{CURRENCY})|(?P<unit>{UNIT})))?(?![\w])"
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
