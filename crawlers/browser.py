"""A real browser (Chromium through Playwright) that shows a page and has no way to the network but ours.

Its own connections lead to a proxy that is not there; each request that a page makes is answered by `fetch`, which the
crawl gives: guard, robots.txt, pauses and archive are the same as without a browser.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from pipelines.errors import Misconfigured, RetryLater

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Playwright, Route

__all__ = ["Answer", "Browser", "require"]

# What a page needs to write its text. Pictures, fonts, style, frames and media say nothing that an article's text needs.
_NEEDED = frozenset({"script", "xhr", "fetch"})
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # No name resolves and no address answers: what escapes interception (DNS prefetch, WebRTC) ends here.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
)
# Port 9 discards; nothing listens there. Loopback is not excepted.
_NOWHERE = "http://127.0.0.1:9"
_TYPE = "text/html; charset=utf-8"


def require(executable: Path) -> None:
    """Raise `Misconfigured` unless the optional extra and the browser at `executable` are there."""
    if find_spec("playwright") is None:
        raise Misconfigured(
            "render: true", "the extra `browser` is not installed", "Run `.venv/bin/uv sync --inexact --extra browser`"
        )
    if not executable.is_file():
        raise Misconfigured(
            "COPYDESK_CHROMIUM", f"no browser at {executable}", "Install Chromium (Debian: apt install chromium)"
        )


class Answer(NamedTuple):
    """What a request of a page is answered with."""

    status: int
    """HTTP status code."""
    headers: dict[str, str]
    """Headers, without those of a coding that is undone."""
    body: bytes
    """Body without transfer and content coding."""


class Browser:
    """One Chromium, started for the first page; each page has a profile of its own that is thrown away."""

    def __init__(self, executable: Path, agent: str, *, seconds: float, parts: int, most: int) -> None:
        """`seconds` bounds a page's time, `parts` its requests, `most` the characters of what it becomes."""
        self._executable, self._agent = executable, agent
        self._seconds, self._parts, self._most = seconds, parts, most
        self._starting: asyncio.Task[Chromium] | None = None
        self._playwright: Playwright | None = None

    async def show(self, url: str, html: bytes, fetch: Callable[[str], Awaitable[Answer | None]]) -> str:
        """Give the page at `url` as its scripts leave it. `html` is UTF-8; `fetch` answers its requests, null refuses.

        A page that is still at work when its time is over is given as it stands then. Raises `RetryLater` where the
        browser fails and where the page grows too long.
        """
        from playwright.async_api import Error  # noqa: PLC0415  an optional extra

        try:
            async with asyncio.timeout(2 * self._seconds):
                return await self._show(url, html, fetch)
        except (Error, TimeoutError) as error:
            raise RetryLater(f"the browser gave no page: {str(error)[:200] or 'no answer in time'}") from error

    async def _show(self, url: str, html: bytes, fetch: Callable[[str], Awaitable[Answer | None]]) -> str:
        from playwright.async_api import TimeoutError as Late  # noqa: PLC0415  an optional extra

        chromium = await self._chromium()
        context = await chromium.new_context(
            user_agent=self._agent, service_workers="block", accept_downloads=False, permissions=[]
        )
        try:
            visit = _Visit(url, html, fetch, self._parts)
            await context.route("**/*", visit.answer)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            page = await context.new_page()
            with suppress(Late):  # what stands there when its time is over is taken
                await page.goto(url, wait_until="networkidle", timeout=1000 * self._seconds)
            length = await page.evaluate("document.documentElement.outerHTML.length")
            if length > self._most:
                raise RetryLater(f"the page grew to {length} characters, more than {self._most}")
            return str(await page.content())
        finally:
            await context.close()

    async def _chromium(self) -> Chromium:
        if self._starting is None:
            self._starting = asyncio.ensure_future(self._start())
        return await asyncio.shield(self._starting)

    async def _start(self) -> Chromium:
        from playwright.async_api import async_playwright  # noqa: PLC0415  an optional extra

        self._playwright = await async_playwright().start()
        # Root cannot use Chromium's sandbox; run crawls that render as another user where you can.
        unsandboxed = ("--no-sandbox",) if os.geteuid() == 0 else ()
        return await self._playwright.chromium.launch(
            executable_path=self._executable,
            args=[*_ARGUMENTS, *unsandboxed],
            proxy={"server": _NOWHERE, "bypass": "<-loopback>"},
            chromium_sandbox=not unsandboxed,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )

    async def close(self) -> None:
        """End the browser."""
        if self._starting is not None:
            await (await self._starting).close()
        if self._playwright is not None:
            await self._playwright.stop()


class _Visit:
    """The requests of one page."""

    def __init__(self, url: str, html: bytes, fetch: Callable[[str], Awaitable[Answer | None]], parts: int) -> None:
        self._url, self._html, self._fetch, self._left = url, html, fetch, parts
        self._shown = False

    async def answer(self, route: Route) -> None:
        """Answer one request: the page itself from what was fetched, its scripts and data through `fetch`."""
        from playwright.async_api import Error  # noqa: PLC0415  an optional extra

        with suppress(Error):  # the page was closed meanwhile, and nobody waits for this answer
            await self._answer(route)

    async def _answer(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request():
            await self._navigate(route)
        elif request.method != "GET" or request.resource_type not in _NEEDED or self._left <= 0:
            await route.abort("blockedbyclient")
        else:
            self._left -= 1
            found = await self._fetch(request.url.partition("#")[0])
            if found is None:
                await route.abort("blockedbyclient")
            else:
                await route.fulfill(status=found.status, headers=found.headers, body=found.body)

    async def _navigate(self, route: Route) -> None:
        """Show the page once; where it wants to go next, and what it frames, are other pages."""
        if self._shown or route.request.frame.parent_frame is not None:
            await route.abort("blockedbyclient")
            return
        self._shown = True
        await route.fulfill(status=200, headers={"content-type": _TYPE}, body=self._html)
