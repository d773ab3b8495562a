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
SYMBOL = r"(?:US|AU|CA|HK|NZ|A|C|S|R)?\$|[€£¥₹₩₺₽₪฿]|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|CHF|AUD|CAD|SEK|KRW|Rs\.?)(?=\s?\d)"
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
FIGURE = re.compile(
    rf"(?<![\w.,-])(?P<symbol>{SYMBOL})?\s?(?>{NUMBER})(?:[\s\u00a0-]?(?:{SCALE}))?"
    rf"(?:[\s\u00a0-]?(?:(?P<currency>{CURRENCY})|(?P<unit>{UNIT})))?(?![\w])"
)
"""A figure needs a symbol, a currency or a unit; a number alone is none. Every part is bounded: no input makes it slow."""


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
    for match in FIGURE.finditer(text):
        kind = _kind(match)
        if kind is None:
            continue
        start, end = match.span()
        while text[start].isspace():
            start += 1
        converts = before is not None and before.kind == kind and text[before.end : start].strip() == "("
        before = Figure(kind, start, end, converts)
        yield before


def _kind(match: re.Match[str]) -> str | None:
    if match["symbol"] or match["currency"]:
        return "money"
    return "size" if match["unit"] else None
