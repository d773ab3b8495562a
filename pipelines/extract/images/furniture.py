"""Files that stand for the site or for nothing, not for an article: logos, cards to be shared, spacers, portraits without a face."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

__all__ = ["is_furniture"]

# What such a file is called, before anything is taken apart: most files have no such word in their path.
SIGN = re.compile("logo|icon|avatar|placeholder|default|fallback|blank|spacer|1x1|pixel|sprite|gravatar|/cta/")
# Folders and files of nothing else; "default" and "blank" are folders of content systems and of people, too.
FOLDERS = frozenset(
    re.findall(
        r"\w+",
        "logo logos icon icons favicon favicons avatar avatars gravatar placeholder placeholders spacer sprites cta",
    )
)
FILES = FOLDERS | frozenset(re.findall(r"\w+", "default defaults fallback blank sprite pixel"))
# Nothing else is called so, whatever stands beside it.
SURE = frozenset(re.findall(r"\w+", "placeholder fallback favicon gravatar spacer"))
PORTRAIT = re.compile(r"[-_]avatar(?:[-_](?:round|[\dx]+))*\.\w+$")
TRACKER = re.compile(r"(?:^|[/_.-])1x1\.(?:trans\.)?gif$|/pixel(?:/[^/]*\.gif)?$")
# What else the name of such a file says: what it is for, and how it looks.
PLAIN = frozenset(
    word
    for line in (
        "site website web page home main header footer head top nav menu brand company our the of for with and no",
        "social media share sharing shared opengraph open graph og meta seo facebook fb twitter linkedin card preview thumb",
        "thumbnail thumbnails image images img pic picture pictures photo user author profile person article post news story",
        "featured feature hero cover banner background bg generic white black dark light color colour colored blue green red",
        "grey gray transparent reverse inverted mono square round circle wide horizontal vertical landscape portrait large big",
        "medium small mini full lg md sm xs retina cropped crop scaled resized new old final primary secondary wordmark tagline",
        "text mark only touch apple app amp mobile desktop print email rss version en us uk",
        "png jpg jpeg gif svg webp avif trans",
    )
    for word in line.split()
)
WORD = re.compile(r"[^\W_]+")
# A photograph of a logo, or of a telephone that is called a pixel, is no logo; a drawing is, whatever else it shows.
PHOTO, DRAWING = re.compile(r"\.(?:jpe?g|webp|avif)$"), ".svg"
MOST_FOLDERS, LONGEST = 12, 200


def is_furniture(path: str, base: str) -> bool:
    """Tell whether the file of a picture is called as those that show nothing, or lies in a folder of them.

    What stands beside such a word says what is shown, unless it names the site itself, whose page has the address `base`; but
    one word alone names another logo where the file is no photograph.
    """
    # A pattern that knows no case takes three times as long.
    if not SIGN.search(path.lower()):
        return False
    path = unquote(path).lower()
    host = urlsplit(base).netloc.lower()
    *folders, name = path.split("/")
    if TRACKER.search(path) or any(others(folder, FOLDERS, host) == 0 for folder in folders[-MOST_FOLDERS:]):
        return True
    photo = PHOTO.search(name) is not None
    beside = others(name, FILES - {"pixel"} if photo else FILES, host)
    if beside is None:
        return False
    sure = name.endswith(DRAWING) or PORTRAIT.search(name) or not SURE.isdisjoint(words_of(name))
    return bool(sure) or beside <= (not photo)


def others(name: str, signs: frozenset[str], host: str) -> int | None:
    """Count the words beside the `signs` in a name that say something; null where it has no sign. Numbers and letters say nothing."""
    words = words_of(name)
    if signs.isdisjoint(words):
        return None
    telling = (word for word in words if word.isalpha() and len(word) > 1 and word not in host)
    return sum(word not in signs and word not in PLAIN for word in telling)


def words_of(name: str) -> list[str]:
    """Give the words of a file's name without the numbers at their ends."""
    return [word.rstrip("0123456789") for word in WORD.findall(name[:LONGEST])]
