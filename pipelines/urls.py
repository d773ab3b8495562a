"""URLs: the form in which one is requested, and the identity under which its article is filed."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from functools import lru_cache
from urllib.parse import quote_plus, unquote_plus, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

from pipelines.errors import Reject

__all__ = [
    "absolute",
    "article_id",
    "base",
    "canonical",
    "host",
    "identity",
    "is_home",
    "normalise",
    "place",
    "same_article",
    "same_site",
    "syndicated",
    "verbatim",
]

# Longer than any browser or server takes; a longer one is a trap or an attack.
MAX_LENGTH = 2048
# Parameters that say where a reader came from or who they are, never what the page is.
_TRACKING = re.compile(
    r"(utm_|mc_|mtm_|pk_|itm_|hsa_|vero_|oly_|_hs).*|"
    r"fbclid|gclid|dclid|msclkid|yclid|igshid|gbraid|wbraid|twclid|ttclid|"
    r"cmpid|ncid|ocid|sref|smid|xtor|wt_mc|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id",
    re.IGNORECASE,
)
# What is in normal form already, as most links are: to take it apart and put it together again would cost 60 µs.
_NORMAL = re.compile(r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}/[a-zA-Z0-9/._~-]*")
# What a link that needs no page to be resolved begins with.
_ABSOLUTE = re.compile(r"https?://[a-zA-Z0-9]")
# What `urljoin` gives back as it stands, whatever the page, and what it puts behind the page's host: it would take 10 µs to see.
_WHOLE = re.compile(r"https?://[\w.-]+/[\w!$%&()*+,./:=@~-]*(?:\?[\w!$%&()*+,./:=@~-]+)?", re.ASCII)
_ROOTED = re.compile(r"/(?:[\w~-][\w/~-]*)?", re.ASCII)
# Made of what a URL may be written with (RFC 3986, 2), and of what a host is named by.
_WRITTEN = re.compile(r"[\w!#$%&'()*+,./:;=?@~-]*", re.ASCII)
_HOST = re.compile(r"[\w.-]+|[\da-f:.]+")
# What browsers take out of an address before they read it (WHATWG URL, 4.4).
_INVISIBLE = re.compile(r"[\t\n\r]")
_SESSION_IN_PATH = re.compile(r";(jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}
# Hosts and paths under which publishers serve the same article in another dress.
_DRESS_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_DRESS_PATH = re.compile(r"/(?:amp|print|mobile)(?=/|$)|[./](?:amp)(?=\.html?$)|/index\.(?:html?|php)$", re.IGNORECASE)
# Paths of a home page, also of one language: what a broken template calls canonical on every page.
_HOME = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
# What the last part of an article's path has and that of a section has not: joined words, or a number that is no year.
_SLUG = re.compile(r"\w-\w|(?!(?:19|20)\d\d$)\d{4}")
# Parameters of another dress, by what publishers set them to: any other value may be what names the article (`?view=1001`).
# Where a reader came from is told in words (`?ref=nl-home`, `?source=Los+Angeles+Times`), an article in numbers.
_DRESS_PARAMETER = re.compile(
    r"(?:amp|print|printable|mobile)=(?:[01yn]|yes|no|true|false|on|off|amp|print|printable|mobile)?|"
    r"(?:view|output|outputtype)=(?:amp|print|printable|printer|mobile|desktop|full|all|single|singlepage|article|embed|html|"
    r"default|standard|text|comments?|cm|e?mail)?|"
    r"(?:source|ref|referrer)=(?!.*\d{4})(?:(?:/|\W*[^\W\d_]{2,}(?![^\W_])).*)?",
    re.IGNORECASE | re.DOTALL,
)


# A page names the same address from its picture, its title and its menu.
@lru_cache(maxsize=4096)
def normalise(url: str) -> str:
    """Give the form of `url` that is requested: no fragment, no tracking, sorted query, IDNA host, default port dropped.

    The bytes of its query stay as they are, in whatever charset. Idempotent. Raises `Reject` for what is no http(s) URL or is longer than `MAX_LENGTH`.
    """
    url = url.strip()
    if len(url) > MAX_LENGTH:
        raise Reject(f"URL of {len(url)} characters; at most {MAX_LENGTH} are followed")
    if "/." not in url and _NORMAL.fullmatch(url):
        return url
    address, _, query = _INVISIBLE.sub("", url).partition("#")[0].partition("?")
    try:
        parts, query = urlsplit(canonicalize_url(address)), _query(query)
        port, name = parts.port, parts.hostname
    except ValueError as error:
        raise Reject(f"not a URL: {error}") from error
    if parts.scheme not in _DEFAULT_PORT or not name or not _HOST.fullmatch(name):
        raise Reject(f"not an http(s) URL: {url[:100]!r}")
    netloc = f"[{name}]" if ":" in name else name.rstrip(".")
    if port is not None and port != _DEFAULT_PORT[parts.scheme]:
        netloc = f"{netloc}:{port}"
    path = _SESSION_IN_PATH.sub("", parts.path) or "/"
    made = urlunsplit((parts.scheme, netloc, path, query, ""))
    if len(made) > MAX_LENGTH:  # a character beyond ASCII becomes up to twelve
        raise Reject(f"URL of {len(made)} characters once encoded; at most {MAX_LENGTH} are followed")
    return made


def _query(query: str) -> str:
    """Give a query sorted and encoded in one way, without tracking; what has no `=` gets none (`?1001`).

    As bytes: sites in Shift_JIS or EUC-KR read no UTF-8.
    """
    kept = []
    for field in filter(None, query.split("&")):
        name, sign, value = field.replace("+", " ").partition("=")
        key = unquote_to_bytes(name)
        if not _TRACKING.fullmatch(key.decode(errors="replace")):
            kept.append((key, unquote_to_bytes(value), sign))
    return "&".join(f"{quote_plus(key)}{sign}{quote_plus(value)}" for key, value, sign in sorted(kept))


def absolute(base: str, link: str) -> str | None:
    """Resolve `link` as found on the page `base` and normalise it; None where it leads to no http(s) page."""
    try:
        link = link.strip()
        return normalise(link if _ABSOLUTE.match(link) else _joined(base, link))
    except (Reject, ValueError):
        return None


def place(base: str, link: str) -> str | None:
    """Resolve `link` as `absolute` does, with the place on the page that it names."""
    page, (_, _, fragment) = absolute(base, link), link.strip().partition("#")
    if page is None or not fragment or len(fragment) > MAX_LENGTH:
        return page
    named = safe_url_string(f"{page}#{fragment}")
    return named if len(named) <= MAX_LENGTH else page


def verbatim(base: str, link: str) -> str | None:
    """Resolve `link` without normalising it, what no URL may hold percent-encoded; None where it leads to no http(s) address.

    For pictures: their servers sign query strings.
    """
    try:
        url = _joined(base, link.strip())
        if not _WRITTEN.fullmatch(url):
            url = safe_url_string(url)
        parts = urlsplit(url)
    except ValueError:
        return None
    named = parts.scheme in _DEFAULT_PORT and parts.hostname and _HOST.fullmatch(parts.hostname)
    return url if named and len(url) <= MAX_LENGTH else None


def base(url: str, declared: str | None) -> str:
    """Give the address that relative links of the page `url` are resolved against; `declared` is the `href` of its first `<base>`.

    As in HTML, 4.2.3: relative to the page's own address, and passed over where it leads to no http(s) address.
    """
    return url if declared is None else verbatim(url, declared) or url


def _joined(base: str, link: str) -> str:
    """Resolve `link` as `urljoin` does."""
    if _WHOLE.fullmatch(link):
        return link
    return _origin(base) + link if _ROOTED.fullmatch(link) else urljoin(base, link)


@lru_cache(maxsize=16)
def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def identity(url: str) -> str:
    """Give the text that AMP, mobile, print, www, http and https forms of one article share."""
    return _identity(normalise(url))


def same_article(one: str, other: str) -> bool:
    """Tell whether two URLs, both as `normalise` gives them, are forms of one article's."""
    return _identity(one) == _identity(other)


@lru_cache(maxsize=4096)
def _identity(normalised: str) -> str:
    parts = urlsplit(normalised)
    netloc = _DRESS_HOST.sub("", parts.netloc)
    path = _DRESS_PATH.sub("", parts.path).rstrip("/")
    query = parts.query and _telling(parts.query)
    return f"{netloc}{path}?{query}" if query else f"{netloc}{path}"


def _telling(query: str) -> str:
    """Give those fields of a query in normal form that tell the article; empty ones (`?id=5&find=`) where no other does."""
    fields = [field for field in query.split("&") if not _DRESS_PARAMETER.fullmatch(_spelt(field))]
    return "&".join([field for field in fields if not field.endswith("=")] or [field[:-1] for field in fields])


def _spelt(field: str) -> str:
    return unquote_plus(field) if "=" in field else f"{field}="


def article_id(url: str) -> str:
    """Give the stable id of the article at `url`: 80 bits of SHA-256 over its identity, 16 base32 characters."""
    digest = hashlib.sha256(identity(url).encode()).digest()[:10]
    return b32encode(digest).decode().lower()


def host(url: str) -> str:
    """Give the host name of `url` in lower case and IDNA form, empty where it has none."""
    name = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def same_site(one: str, other: str) -> bool:
    """Tell whether two URLs stand on the same host, `www.`, `m.` and `amp.` aside."""
    return _DRESS_HOST.sub("", host(one)) == _DRESS_HOST.sub("", host(other))


def is_home(url: str) -> bool:
    """Tell whether `url` leads to a home page, also to one of a language."""
    return _HOME.fullmatch(urlsplit(url).path) is not None


def canonical(url: str, declared: str | None) -> str:
    """Give the canonical URL of the page at `url` that declares `declared`, avoiding the traps of rel=canonical.

    A declaration is believed when it leads to a page of the same site and not from an article to the home page or to
    the section above it.
    """
    own = normalise(url)
    target = absolute(own, declared) if declared else None
    if target is None or not same_site(own, target):
        return own
    return own if _above(urlsplit(target).path, urlsplit(own).path) else target


def syndicated(url: str, declared: str | None) -> str | None:
    """Give the page of another site that the page at `url` declares canonical: where its text was first; else None."""
    own = normalise(url)
    target = absolute(own, declared) if declared else None
    if target is None or "." not in host(target) or same_site(own, target) or _HOME.fullmatch(urlsplit(target).path):
        return None
    return target


def _above(target: str, own: str) -> bool:
    """Whether the path `target` is a home page, or the section of an article at the path `own`."""
    if _HOME.fullmatch(target):
        return not _HOME.fullmatch(own)
    section, last = target.rstrip("/"), own.rstrip("/").rpartition("/")[2]
    if not own.startswith(f"{section}/") or not _SLUG.search(last):
        return False
    return not _SLUG.search(section.rpartition("/")[2])
