"""Which language a page is in."""

import pytest

from interfaces.web._base import language
from tests.support.visitors import Visitor


@pytest.mark.parametrize(
    ("cookie", "accepted", "chosen"),
    [
        (None, None, "zh-CN"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "en;q=0.5, zh-TW", "zh-CN"),
        (None, "mn, fr;q=0.8", "zh-CN"),
        (None, "en;q=0", "zh-CN"),
        (None, "en;q=much", "zh-CN"),
        ("en", "zh-CN", "en"),
        ("xx", "en", "en"),
    ],
)
def test_the_cookie_goes_before_the_browser_and_chinese_comes_last(
    cookie: str | None, accepted: str | None, chosen: str
) -> None:
    assert language.preferred(cookie, accepted) == chosen


def test_a_lazy_sentence_speaks_the_language_of_the_moment() -> None:
    words = language.lazy("代表")
    assert str(words) == "代表"
    with language.speaking("en"):
        assert str(words) == "Delegates"
    assert str(words) == "代表"


def test_what_has_no_english_stays_chinese() -> None:
    with language.speaking("en"):
        assert language.gettext("没有人说过的话 %(n)s", n=3) == "没有人说过的话 3"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_visitor_reads_english_when_the_browser_asks_for_it_or_the_address_does(visitor: Visitor) -> None:
    assert visitor.open("/sign-in").heading == "登录"
    assert visitor.open("/sign-in?lang=en").heading == "Sign in"
    assert visitor.open("/sign-in?lang=xx").heading == "登录"
    visitor.client.headers["Accept-Language"] = "en-US,en;q=0.8"
    page = visitor.open("/sign-in")
    assert page.heading == "Sign in"
    assert page.document.get("lang") == "en"
