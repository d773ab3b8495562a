"""The records: every noun of the line, once.

JSON Schema and Arrow schema are generated from these classes (`pipelines/store/schema.py`), so a field's docstring
here is the contract a consumer reads. All are frozen and reject unknown fields. All times are UTC.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

__all__ = [
    "Access",
    "Article",
    "Candidate",
    "Change",
    "Channel",
    "Copy",
    "Decision",
    "Duplicate",
    "Entity",
    "Extraction",
    "Fate",
    "File",
    "Image",
    "Kind",
    "Outcome",
    "Page",
    "Place",
    "Precision",
    "Record",
    "Reservation",
    "Rhythm",
    "Role",
    "Rule",
    "Sketch",
    "Source",
    "Story",
    "Teaser",
    "TeaserKind",
    "Topic",
    "Version",
    "Visit",
]


class Record(BaseModel):
    """Base of all records: immutable, no unknown fields, docstrings become schema descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


Score = Annotated[float, Field(ge=0, le=1)]


class Rule(Record):
    """CSS selectors for a site whose layout needs them, in force for pages fetched from `since` on."""

    since: date
    """First day of the layout; the latest rule not after the page's fetch day applies."""
    body: str | None = None
    """Selects the element(s) that hold the body; null leaves it to the extractor."""
    remove: str | None = None
    """Selects elements inside the body that are not the article's."""
    teasers: str | None = None
    """Selects the blocks that hold teasers."""
    headline: str | None = None
    """Selects the headline."""
    why: str
    """What the extractor gets wrong without it."""


class Rhythm(Record):
    """How often the places of a source may be visited; between the bounds it is learned."""

    least: int = 15
    """Shortest time between two visits, in minutes."""
    most: int = 1440
    """Longest time between two visits, in minutes."""


class Source(Record):
    """A publisher as declared in `config/sources/<id>.yaml`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    """The file's name without `.yaml`."""
    name: str
    """Name that readers know."""
    home: str
    """Home page URL."""
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """ISO 3166-1 alpha-2 code; null for the whole world."""
    language: str = "en"
    """BCP 47 tag of most of its articles."""
    kind: str = "general"
    """Its field, one of `KINDS` in `pipelines/words.py`, such as `general`, `chips`, `security`."""
    feeds: tuple[str, ...] = ()
    """Feed URLs."""
    sitemaps: tuple[str, ...] = ()
    """Sitemap URLs; those that robots.txt names are added."""
    sections: tuple[str, ...] = ()
    """Section pages whose links are candidates."""
    hosts: tuple[str, ...] = ()
    """Further hosts whose pages are its own; the home's host always is."""
    articles: tuple[str, ...] = ()
    """Regular expressions searched in a URL's path: one must match for an article; none declared admits all."""
    not_articles: tuple[str, ...] = ()
    """Regular expressions searched in a URL's path: none may match for an article."""
    topics: dict[str, str] = Field(default_factory=dict)
    """Section (path segment or section name, lower case) to topic id: evidence for classification, not truth."""
    rhythm: Rhythm = Rhythm()
    """Bounds on how often it is visited."""
    delay: float = Field(default=1.0, ge=0)
    """Seconds between two requests to one host; a longer crawl-delay in robots.txt wins."""
    connections: int = Field(default=1, ge=1, le=8)
    """Simultaneous connections to one host."""
    render: bool = False
    """Whether its pages need a browser."""
    rules: tuple[Rule, ...] = ()
    """Extraction rules, oldest first."""
    evidence: tuple[str, ...] = ()
    """Where its URLs were seen."""
    enabled: bool = True
    """Whether the schedule visits it."""


class Channel(StrEnum):
    """How discovery saw a URL."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARCHIVE = "archive"
    TEASER = "teaser"
    FOLLOWUP = "followup"
    IMPORT = "import"
    PUSH = "push"


class Candidate(Record):
    """A URL that discovery proposes to fetch, with the evidence for it."""

    url: str
    """Normalised URL (`urls.normalise`) that will be requested."""
    source: str
    """Id of the source it was found for."""
    channel: Channel
    """The kind of place it was seen in."""
    seen_in: str
    """URL of the feed, sitemap, section or page it was seen in."""
    title: str | None = None
    """Headline as the place gave it; null where the place gave none."""
    published: AwareDatetime | None = None
    """Publication time as the place gave it; null where it gave none."""
    modified: AwareDatetime | None = None
    """Last modification as the place gave it (sitemap `lastmod`, Atom `updated`); null where it gave none."""
    language: str | None = None
    """BCP 47 tag as the place gave it; null where it gave none."""
    text: str | None = None
    """Full text carried by a feed entry, as HTML; null where the feed carries none."""
    capture: str | None = None
    """Address in a web archive where the page's bytes as captured are, for when it is gone; null where none is known."""


class Reservation(Record):
    """One statement of a publisher about what may be done with a page."""

    protocol: str
    """`robots.txt`, `x-robots-tag`, `meta-robots`, `tdmrep`, `content-signal`, `ai.txt` or `rsl`."""
    statement: str
    """What it says, in the protocol's own words, such as `noai` or `ai-train=no`."""
    evidence: str
    """URL of the resource and the exact line or header that says it."""


class Page(Record):
    """One HTTP exchange in the archive."""

    url: str
    """URL as requested."""
    final_url: str
    """URL whose response this is, after redirects."""
    source: str
    """Id of the source."""
    fetched: AwareDatetime
    """Time of the exchange (WARC-Date), or of the capture where a web archive's was taken."""
    status: int
    """HTTP status code."""
    content_type: str | None
    """Content-Type header as received; null where there was none."""
    digest: str
    """WARC payload digest, `sha1:` and base32, of the body as received."""
    warc: str
    """Key of the WARC file in the bucket."""
    offset: int
    """Byte offset of the response (or revisit) record in that file."""
    length: int
    """Compressed length of that record in bytes."""
    etag: str | None = None
    """ETag header; null where there was none."""
    last_modified: str | None = None
    """Last-Modified header, as received; null where there was none."""
    truncated: str | None = None
    """WARC-Truncated reason (`length`, `time`, `disconnect`); null for a whole body."""
    channel: Channel
    """How its URL was found."""
    seen_in: str
    """Where its URL was found."""
    reservations: tuple[Reservation, ...] = ()
    """What the publisher reserves, with the evidence."""
    capture: str | None = None
    """Address in a web archive that the bytes were fetched from because the page is gone; null for the page itself.

    `fetched` is the time of the capture then."""


class Role(StrEnum):
    """What a URL was requested for."""

    ROBOTS = "robots"
    WELL_KNOWN = "well_known"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    CAPTURES = "captures"
    """The list of what the Wayback Machine holds of a source for a range of days."""
    ARTICLE = "article"
    PART = "part"
    """A script or data that a page of a rendered source asks for to show itself."""


class Precision(StrEnum):
    """How exact a time is."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"


class Access(StrEnum):
    """What a reader without an account gets."""

    FREE = "free"
    METERED = "metered"
    PAYWALLED = "paywalled"
    CUT = "cut"


class Image(Record):
    """A picture of the article."""

    url: str
    """Absolute URL."""
    caption: str | None = None
    """Caption as text; null where there is none."""
    credit: str | None = None
    """Photographer or agency; null where not named."""


class Topic(Record):
    """One topic of an article."""

    id: str
    """Id in `config/topics.yaml`."""
    score: Score
    """Calibrated probability that a reader of this topic wants the article."""
    words: tuple[str, ...] = ()
    """The words that decided it, strongest first."""


class Entity(Record):
    """A name or figure that the article speaks of."""

    name: str
    """Its fullest form in the article."""
    kind: str
    """`company`, `product`, `person`, `place`, `organisation`, `money` or `size`."""
    id: str | None = None
    """Stable id: `wikidata:Q...` where known, else `copydesk:<kind>/<slug>` from the gazetteer; null where unknown."""
    ticker: str | None = None
    """Stock ticker with exchange, such as `NASDAQ:NVDA`; null where none or unknown."""
    aliases: tuple[str, ...] = ()
    """Other forms used in the article, such as an abbreviation."""
    offsets: tuple[tuple[int, int], ...] = ()
    """Start and end of each mention in `body`, in characters."""


class Article(Record):
    """One article as a page gave it."""

    id: str
    """Stable id: `urls.article_id` of the canonical URL."""
    url: str
    """URL it was fetched from."""
    canonical_url: str
    """Canonical URL by the page's word, checked (`urls.canonical`)."""
    syndicated_from: str | None = None
    """Address on another site that the page declares canonical; null where it declares none elsewhere."""
    source: str
    """Id of the source."""
    site_name: str | None = None
    """Name of the site; null where the page does not say."""
    title: str
    """Headline, free of site names."""
    standfirst: str | None = None
    """Summary line under the headline; null where there is none."""
    body: str
    """The article's own text without headline and standfirst; blank lines part paragraphs, items of bulleted lists begin with `- `."""
    markdown: str
    """The same body as Markdown: headings, lists, quotes, tables, code and links kept."""
    authors: tuple[str, ...] = ()
    """Persons who wrote it, in the page's order."""
    organisations: tuple[str, ...] = ()
    """Agencies and desks named as author."""
    published: AwareDatetime | None = None
    """Publication time; null where no rule found one."""
    published_precision: Precision | None = None
    """How exact `published` is; null with it."""
    published_rule: str | None = None
    """The rule that found it, such as `json-ld:datePublished`; null with it."""
    modified: AwareDatetime | None = None
    """Last modification by the publisher's word; null where the page does not say."""
    language: str | None = None
    """BCP 47 primary language subtag, such as `en`: before classification as the page declares it, then of the body itself; null
    where nothing tells."""
    section: str | None = None
    """The publisher's section; null where the page does not say."""
    tags: tuple[str, ...] = ()
    """The publisher's keywords, in the page's order."""
    lead_image: Image | None = None
    """The picture that stands for the article; null where there is none."""
    images: tuple[Image, ...] = ()
    """Pictures inside the article, with captions."""
    access: Access = Access.FREE
    """What a reader without an account gets."""
    word_count: int
    """Words of `body`."""
    summary: tuple[str, ...] = ()
    """Two or three of its sentences that carry it, in the article's order."""
    topics: tuple[Topic, ...] = ()
    """Topics, best first."""
    topics_version: str | None = None
    """Version of the topic model; null before classification."""
    entities: tuple[Entity, ...] = ()
    """Names and figures in it."""
    confidence: Score = 1.0
    """How sure the extraction is."""
    extractor: str
    """Version of the extraction code and model."""
    page: str | None = None
    """`<warc key>#<offset>` of its page in the archive; null outside the archive."""
    fetched: AwareDatetime | None = None
    """When that page was fetched; null outside the archive."""
    live: bool = False
    """Whether it is a live blog: a page that grows while the event runs."""
    reservations: tuple[Reservation, ...] = ()
    """What the publisher reserves for its page, with the evidence; where the policy keeps no text of it, the texts are
    empty and the pictures gone."""


class Place(StrEnum):
    """Where a teaser stands."""

    AFTER = "after_body"
    INSIDE = "inside_body"
    ASIDE = "aside"


class TeaserKind(StrEnum):
    """Whose interest a teaser serves."""

    EDITORIAL = "editorial"
    SPONSORED = "sponsored"
    PROMOTION = "promotion"


class Teaser(Record):
    """A link to another article that stands on the page of this one ("Explore more")."""

    article: str
    """Id of the article on whose page it stands."""
    url: str | None = None
    """Absolute URL it points to; null where a plain text gives none."""
    title: str
    """Headline of the teaser."""
    blurb: str | None = None
    """Text under the headline, often cut; null where there is none."""
    image: str | None = None
    """Absolute URL of its picture; null where there is none."""
    heading: str | None = None
    """Heading of its block, such as "Explore more"; null for a single or untitled one."""
    place: Place
    """Where on the page it stands."""
    position: int
    """Order on the page, from 0."""
    kind: TeaserKind = TeaserKind.EDITORIAL
    """Whether it is editorial, sponsored or the site's own promotion."""


class Kind(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    LIVE = "live_blog"
    SEVERAL = "several_articles"
    INDEX = "index"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"
    GALLERY = "gallery"
    VIDEO = "video"
    PRODUCT = "product"
    FORUM = "forum"
    SERVICE = "service"
    CONSENT = "consent_wall"
    BOT_WALL = "bot_wall"
    PAYWALL = "paywall_stub"
    SOFT_404 = "soft_404"
    EMPTY = "empty"
    NOT_HTML = "not_html"
    OTHER = "other"


class Decision(Record):
    """Whether a page is an article, and why."""

    article: bool
    """Whether an article comes out."""
    kind: Kind
    """What the page is."""
    score: Score
    """How sure the decision is."""
    reason: str
    """The evidence, in words."""


class Extraction(Record):
    """All that a page yields."""

    decision: Decision
    """Article or not, and why."""
    article: Article | None = None
    """The article; null where the decision is not an article."""
    teasers: tuple[Teaser, ...] = ()
    """Links to other articles on the page, in its order."""
    missed: str | None = None
    """What the source's rule, named by its day, asks for and the page does not have; null where nothing is amiss."""


class Change(StrEnum):
    """What a visit found."""

    FIRST = "first"
    EDITED = "edited"
    SILENTLY_EDITED = "silently_edited"
    NOISE = "noise"


class Version(Record):
    """What an article said at one visit."""

    article: str
    """Id of the article."""
    number: int
    """Order of the visits that found something new, from 1."""
    seen: AwareDatetime
    """When the page was fetched."""
    change: Change
    """`silently_edited` is a change of the text without a newer modification time by the publisher's word."""
    title: str
    """Headline at that visit."""
    title_changed: bool
    """Whether the headline differs from the version before."""
    body: str
    """Body at that visit."""
    modified: AwareDatetime | None
    """Modification time that the page stated; null where none."""
    diff: str | None = None
    """Word diff against the version before, `[-removed-]{+added+}`; null for the first."""
    page: str
    """`<warc key>#<offset>` of the page it was read from."""


class Copy(StrEnum):
    """How close a copy is."""

    SAME_URL = "same_url"
    EXACT = "exact"
    NEAR = "near"


class Duplicate(Record):
    """One article is a copy of another."""

    article: str
    """Id of the copy."""
    of: str
    """Id of the article it copies: the family's origin."""
    match: Copy
    """How it was recognised."""
    similarity: Score
    """Estimated Jaccard similarity of their word shingles."""
    containment: Score
    """Share of the smaller text's shingles that the larger holds."""
    share: Score
    """Share of the copy's shingles that stand in the origin."""
    share_of: Score
    """Share of the origin's shingles that stand in the copy."""
    also: tuple[str, ...] = ()
    """Ids of further earlier articles whose text it holds beside the origin's: a round-up."""
    origin_confidence: Score
    """How sure it is that `of` was first."""
    reason: str
    """The evidence, in words, with the evidence that lost."""


class Sketch(Record):
    """What is kept of an article to find its copies: a sample of its shingles, and where it stands in its family."""

    article: str
    """Id of the article."""
    source: str
    """Id of its source."""
    published: AwareDatetime | None
    """Publication time; null where no rule found one."""
    fetched: AwareDatetime
    """When the page it was read from was fetched."""
    digest: str
    """Identity of the text, alike for texts with the same words (`sketch.take`), hexadecimal."""
    hashes: bytes
    """Sampled shingle hashes, little-endian 32-bit integers, ascending (`sketch.sample`)."""
    credits: tuple[str, ...] = ()
    """What the text says of its origin, such as `agency:reuters`, `first:example.com`, `own:example` (`origin.claims`)."""
    parent: str | None = None
    """Id of the earlier article that it shares most with; null where none."""
    also: tuple[str, ...] = ()
    """Ids of further earlier articles whose text it holds beside the parent's."""
    family: str
    """Id of the article at the end of its chain of parents; its own where it has none."""


class Story(Record):
    """Articles that report one event."""

    id: str
    """Stable from run to run."""
    title: str
    """Headline of its most central article."""
    language: str
    """Language of its articles; stories do not join languages."""
    articles: tuple[str, ...]
    """Ids of its articles, in order of publication."""
    sources: tuple[str, ...]
    """Ids of the sources that report it."""
    first: AwareDatetime
    """Time of its first article."""
    last: AwareDatetime
    """Time of its latest article."""
    merged_from: tuple[str, ...] = ()
    """Ids of stories that were joined into it."""
    split_from: str | None = None
    """Id of the story it was cut from; null where none."""


class Outcome(StrEnum):
    """How a URL ended."""

    STORED = "stored"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    NOT_AN_ARTICLE = "not_an_article"
    READ = "read"
    REFUSED = "refused"
    FAILED = "failed"
    QUARANTINED = "quarantined"


class Fate(Record):
    """What became of one URL in one run: exactly one row for each URL a run touched."""

    run: str
    """Id of the crawl."""
    url: str
    """URL as proposed by discovery or requested by the crawl."""
    source: str
    """Id of the source."""
    outcome: Outcome
    """How it ended; `read` is a feed, sitemap, robots.txt or section that was read for its links."""
    reason: str
    """Why, in words."""
    retry: bool = False
    """Whether another try is worth it."""
    at: AwareDatetime
    """When the visit ended; of a page from another crawler's archive, when it was brought in."""
    warc: str
    """Key of the WARC file that holds the evidence."""
    channel: Channel | None = None
    """How the URL was found; null for a resource named in the source's declaration."""
    seen_in: str | None = None
    """Where it was found; null for a resource named in the source's declaration."""
    status: int | None = None
    """HTTP status; null where no response came."""
    article: str | None = None
    """Id of the article it led to; null where none."""
    title: str | None = None
    """Headline as discovery gave it; null where it gave none, and where the publisher lets not even that be kept."""


class File(Record):
    """A WARC file that the tables cover: what its URLs came to is in them."""

    warc: str
    """Key of the file."""
    day: date | None
    """Day (UTC) on which its crawl began; null where its key is no crawl's."""


class Visit(Record):
    """What a crawl notes of one URL: the body of the WARC `metadata` record beside the exchange.

    Exactly one for each URL a crawl touched; where no response came it stands alone in the archive.
    """

    url: str
    """URL as proposed by discovery."""
    final_url: str
    """URL of the response that answers it, after redirects; `url` where none came."""
    role: Role
    """What it was requested for."""
    candidate: Candidate | None = None
    """What discovery knew; null for a resource named in the source's declaration."""
    redirects: tuple[str, ...] = ()
    """URLs passed on the way, in order, without `url` and `final_url`."""
    reservations: tuple[Reservation, ...] = ()
    """What the publisher reserves for the page."""
    outcome: Outcome | None = None
    """How it ended, where the crawl knows: `read`, `unchanged`, `refused`, `failed`; null leaves it to extraction."""
    reason: str | None = None
    """Why, in words; null with `outcome`."""
    retry: bool = False
    """Whether another try is worth it."""
    capture: str | None = None
    """Address in a web archive whose answer stands for the page, which is gone; null where it answered itself."""
    captured: AwareDatetime | None = None
    """When the archive captured it; null with `capture`."""
