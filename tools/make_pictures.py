"""Make docs/images: every report on a desk, on a phone and on paper, for three kinds of agency.

    python tools/make_pictures.py [FOLDER]

The reports are made anew from ``data/`` by ``ita run`` and photographed in Chromium, offline:
of the screens the first stretch, of the paper the first sheet. Needs Chromium and playwright.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
AGENCIES = {"real": ("nakhai-ubon", 2566), "example": ("example-agency", 2566),
            "little": ("khao-tok", 2562)}  # fmt: skip
"""Word in the file's name -> agency and year: a real one with a register only, one with all kinds
of data, one of which next to nothing is known."""

SCREENS = {"desktop": (1280, 1600, 800), "phone": (390, 1700, 390)}
"""Word in the file's name -> width of the window, most of its height, width of the picture."""

MOST_BYTES = 200_000
PRINT_DPI = 72
ARGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-quic", "--disable-background-networking",
        "--disable-component-update")  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


def main(words: list[str]) -> int:
    """Make the pictures; return 0."""
    folder = Path(words[0]) if words else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        path = os.environ.get("ITA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = driver.chromium.launch(executable_path=path, args=list(ARGS))
        for kind, report in make_reports(Path(scratch)):
            stem = f"{report.name.split('.')[0]}-{kind}"
            for name, picture in pictures(browser, report, Path(scratch)):
                save(picture, folder / f"{stem}-{name}.png")
        browser.close()
    return 0


def make_reports(scratch: Path) -> Iterator[tuple[str, Path]]:
    """Yield each agency's word and each of its reports."""
    for kind, (agency, year) in AGENCIES.items():
        out = scratch / kind
        command = [sys.executable, "-m", "ita_analysis", "run", "--data", str(ROOT / "data"),
                   "--notebooks-dir", str(ROOT / "notebooks"), "--out", str(out),
                   "--agency", agency, "--year", str(year), "--lang", "th"]  # fmt: skip
        subprocess.run(command, check=True)  # noqa: S603 - our own command, nothing from outside
        for report in sorted(out.glob("2*/*/*.th.html")):
            yield kind, report


def pictures(browser: Any, report: Path, scratch: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield the report as the screens show it and as its first sheet prints."""
    for name, (width, most, shown) in SCREENS.items():
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        page = context.new_page()
        page.goto(report.as_uri())
        page.wait_for_timeout(300)
        if page.locator(".chart").count():
            page.wait_for_selector("html[data-charts]")
        height = min(most, page.evaluate("document.documentElement.scrollHeight"))
        shot = scratch / "shot.png"
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        page.screenshot(path=shot, full_page=True, clip=clip)
        with Image.open(shot) as image:
            picture = image.convert("RGB")
        size = (shown, round(height * shown / width))
        yield name, picture.resize(size, Image.Resampling.LANCZOS)
        if name == "desktop":
            pdf = scratch / "print.pdf"
            page.pdf(path=pdf, prefer_css_page_size=True)
            with pdfplumber.open(pdf) as document:
                sheet = document.pages[0].to_image(resolution=PRINT_DPI, antialias=True)
                yield "print", sheet.original.convert("RGB")
        context.close()


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as PNG, smaller where it would be too large to keep in a repository."""
    while True:
        picture.save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
        size = (picture.width * 9 // 10, picture.height * 9 // 10)
        picture = picture.resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
