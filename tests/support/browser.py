"""A real browser for tests: the site on a free port, Debian's Chromium, axe, and pictures to look at."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep
from uuid import UUID

import uvicorn
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from application.private import sign_ins
from interfaces.composition import House
from interfaces.web._base import areas, tokens
from interfaces.web.app import create_app

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "tests" / ".shots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("PIAOJUE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class LiveSite:
    """A site that answers on a port of this machine."""

    house: House
    url: str


@contextmanager
def serving(house: House, port: int) -> Iterator[LiveSite]:
    """Answers in a thread of this process until the block ends."""
    app = create_app(house)
    config = uvicorn.Config(app, port=port, access_log=False, log_level=logging.ERROR, lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), f"nobody can listen on port {port}"
        sleep(0.01)
    try:
        yield LiveSite(house, f"http://127.0.0.1:{port}")
    finally:
        app.edge.stop()  # as a process does that is asked to stop: the screens that listen are let go
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, _launched(playwright) as browser:
        yield browser


@contextmanager
def _launched(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


def window(browser: Browser, site: LiveSite, size: dict[str, int], account: UUID | None = None) -> Page:
    """A fresh window with cookies of its own, signed in as the account if one is given.

    Whatever the browser would complain about on its console becomes a failure: refused scripts and styles too.
    """
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size["width"], "height": size["height"]},
        locale="zh-CN",
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        device_scale_factor=2 if size == PHONE else 1,
    )
    if account is not None:
        token = sign_ins.begin(site.house.private, account, site.house.office.now())
        for path in areas.COOKIE_PATHS:
            context.add_cookies([{"name": tokens.SIGN_IN_COOKIE, "value": token, "domain": "127.0.0.1", "path": path}])
    page = context.new_page()
    page.on("console", _complain)
    page.on("pageerror", _fail)
    return page


def _complain(message: object) -> None:
    kind, text = getattr(message, "type", ""), getattr(message, "text", "")
    if kind == "error" and "status of 4" not in text:
        raise AssertionError(text)


def _fail(error: object) -> None:
    raise AssertionError(str(error))


def faults(page: Page) -> list[str]:
    """What axe finds wrong by WCAG 2.2 AA on the whole page, one line a fault."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values:
           ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})).violations.map(
           v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message || '')).join(' | '))"""
    )
    return list(found)


def sideways(page: Page) -> list[str]:
    """What sticks out of the page at the right, so that it would scroll sideways; empty when all is well."""
    page.wait_for_load_state()
    found = page.evaluate(
        """() => { const root = document.documentElement;
           if (root.scrollWidth <= root.clientWidth) return [];
           return [...document.body.querySelectorAll('*')]
             .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 8)
             .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30)); }"""
    )
    return list(found)


def small_targets(page: Page, least: int = 44) -> list[str]:
    """Buttons and fields that a thumb would miss; links within sentences are left out."""
    page.wait_for_load_state()
    found = page.evaluate(
        """least => [...document.querySelectorAll('button, .btn, input, select, summary, nav a')]
           .filter(e => !['hidden', 'checkbox', 'radio'].includes(e.type))
           .filter(e => e.offsetParent && e.getBoundingClientRect().height < least - 0.5)
           .map(e => e.tagName + ' ' + (e.textContent.trim() || e.name) + ' ' + e.getBoundingClientRect().height)""",
        least,
    )
    return list(found)


def picture(page: Page, name: str) -> Path:
    """A picture of the whole page in tests/.shots, for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    path = SHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
