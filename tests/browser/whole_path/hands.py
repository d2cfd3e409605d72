"""How people in the whole path use their screens: they type, tick, press, and save files."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.support.browser import PHONE, LiveSite

PASSWORD = "lingzhou-2026-tongguo"
SERVER_ERROR = 500
Value = str | bool | Path | list[str]
"""What is typed, ticked, chosen (by value or by the words of the option) or attached."""


@dataclass
class Screen:
    """Somebody's browser window; what goes wrong in it is kept in `complaints`."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def go(self, path: str) -> "Screen":
        """Opens an address."""
        self.page.goto(path)
        return self

    def follow(self, words: str, within: str = "main") -> "Screen":
        """Clicks a link by its words, the first that begins so."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=words).first.click()
        return self

    def fill(self, within: str = "main", /, **typed: Value) -> "Screen":
        """Fills in fields by their names, as they stand on the page."""
        for name, value in typed.items():
            self._fill(self.page.locator(within).locator(f"[name='{name}']:not([type=hidden])"), value)
        return self

    def press(self, words: str, within: str = "main") -> "Screen":
        """Presses the button with these words and waits for the next page."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=words).first.click()
        return self

    def save(self, words: str, folder: Path, *, role: str = "link", within: str = "main") -> Path:
        """Clicks what leads to a file and keeps the file."""
        control = self.page.locator(within)
        found = control.get_by_role("button" if role == "button" else "link", name=words).first
        with self.page.expect_download() as coming:
            found.click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def close(self) -> None:
        """Shuts the window, as on a phone put away."""
        self.page.close()

    def sign_in(self, login: str) -> "Screen":
        """By the sign-in page, with the password everybody here has."""
        self.go("/sign-in").fill(login=login, password=PASSWORD)
        return self.press("登录")

    def says(self, words: str) -> "Screen":
        """The page confirms the act with these words."""
        expect(self.page.locator("main [role='status']").first).to_contain_text(words)
        return self

    def refuses(self, words: str) -> "Screen":
        """The page says what is wrong, with these words."""
        expect(self.page.locator("#errors")).to_contain_text(words)
        return self

    def shows(self, words: str, within: str = "main") -> "Screen":
        """The page holds these words."""
        expect(self.page.locator(within).first).to_contain_text(words)
        return self

    def unfold(self, words: str) -> "Screen":
        """Opens a folded part by its words."""
        self.page.locator("main summary", has_text=words).first.click()
        return self

    def _fill(self, found: Locator, value: Value) -> None:
        kind = found.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if isinstance(value, Path):
            found.set_input_files(value)
        elif isinstance(value, bool):
            found.set_checked(value)
        elif isinstance(value, list):
            for one in value:
                found.and_(self.page.locator(f"[value='{one}']")).check()
        elif kind == "radio":
            found.and_(self.page.locator(f"[value='{value}']")).check()
        elif kind == "select":
            self._choose(found, value)
        else:
            found.fill(value)

    @staticmethod
    def _choose(found: Locator, value: str) -> None:
        """An option by its value, or by the words it begins with."""
        options = found.locator("option")
        values = options.evaluate_all("all => all.map(e => [e.value, e.textContent.trim()])")
        chosen = next(known for known, words in values if value == known or words.startswith(value))
        found.select_option(chosen)

    def _heard(self, message: ConsoleMessage) -> None:
        """A page that answers with a refusal is no fault; anything else on the console is."""
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= SERVER_ERROR:
            self.complaints.append(f"{response.url}: {response.status}")


@dataclass
class Hands:
    """Opens windows for people; at the end none of them may have complained."""

    browser: Browser
    live: LiveSite
    screens: list[Screen] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def screen(self, size: dict[str, int]) -> Screen:
        """A window with cookies of its own."""
        context = self.browser.new_context(
            base_url=self.live.url,
            viewport={"width": size["width"], "height": size["height"]},
            locale="zh-CN",
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
            accept_downloads=True,
        )
        context.set_default_timeout(60_000)
        self._contexts.append(context)
        self.screens.append(Screen(context.new_page()))
        return self.screens[-1]

    @property
    def complaints(self) -> list[str]:
        """What any window complained of."""
        return [complaint for screen in self.screens for complaint in screen.complaints]

    def close(self) -> None:
        """Shuts every window."""
        for context in self._contexts:
            context.close()
