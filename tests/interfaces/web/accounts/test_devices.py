"""Kinds of devices, as their owners are told."""

import pytest

from interfaces.web.accounts.devices import device_of, device_words

WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WECHAT, "手机 · 微信"),
        (EDGE, "电脑 · Edge"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit Chrome/140.0 Mobile Safari/537.36", "手机 · Chrome"),
        ("Mozilla/5.0 (Linux; Android 14; Tab) AppleWebKit Chrome/140.0 Safari/537.36", "平板 · Chrome"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Safari/604.1", "平板 · Safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "电脑 · 火狐"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/108 Safari/537.36 wxwork/4.1 MicroMessenger/7.0", "电脑 · 企业微信"),
        ("curl/8", "其他设备 · 其他浏览器"),
        ("", "其他设备 · 其他浏览器"),
    ],
)
def test_a_device_is_told_coarsely(user_agent: str, words: str) -> None:
    assert device_words(device_of(user_agent)) == words
    assert len(device_of(user_agent)) <= 40
