"""A headless Chromium that reports are opened in, without any network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium_path() -> str | None:
    """Return the browser: as named in ITA_CHROMIUM, on the path, or Playwright's own."""
    named = os.environ.get("ITA_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def missing(what: str) -> None:
    """Skip where a tool is missing; in CI, where it must be there, fail."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests, closed with its driver at the end."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - optional
    except ImportError:
        missing("the Python package playwright")
        return
    with sync_playwright() as driver:
        path = chromium_path()
        try:
            chromium = driver.chromium.launch(executable_path=path, args=list(ARGS))
        except Error as error:
            missing(f"Chromium ({str(error).splitlines()[0]})")
            return
        yield chromium
        chromium.close()


@dataclass
class Opened:
    """A page as it was opened, and all it said and asked for.

    Attributes:
        page: Playwright's page.
        console: Messages of the console and uncaught errors.
        requests: Addresses asked for, but for the file itself and data inside it.
    """

    page: Any
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def drawn(self) -> int:
        """Number of charts that hold a drawing."""
        return self.page.locator(".chart svg.main-svg:first-of-type").count()

    @property
    def page_scrolls_sideways(self) -> bool:
        """Whether the page is wider than the window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )


@pytest.fixture
def open_report(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Return a function that writes HTML to a file and opens it with the network cut off."""
    contexts = []

    def open_it(html: str, *, width: int = 1280, charts: int | None = None, **more: Any) -> Opened:
        folder = tmp_path / "รายงาน ทดสอบ"
        folder.mkdir(exist_ok=True)
        path = folder / f"page-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        context.set_offline(True)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.console.append(message.text))
        opened.page.on("pageerror", lambda error: opened.console.append(str(error)))
        opened.page.on("request", lambda request: _note(opened, request.url, path.as_uri()))
        opened.page.goto(path.as_uri())
        if charts:
            opened.page.wait_for_selector(f"html[data-charts='{charts}']", timeout=20_000)
        return opened

    yield open_it
    for context in contexts:
        context.close()


def _note(opened: Opened, address: str, own: str) -> None:
    if address != own and not address.startswith(("data:", "blob:")):
        opened.requests.append(address)
