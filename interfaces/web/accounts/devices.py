"""Kinds of devices, told coarsely from what a browser says of itself at signing in: “手机 · 微信”, and no more."""

from typing import Final

from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _

_PROGRAMS: Final = (
    ("wxwork/", "wxwork"),
    ("micromessenger", "wechat"),
    ("dingtalk", "dingtalk"),
    ("mqqbrowser", "qq"),
    ("ucbrowser", "uc"),
    ("huaweibrowser", "huawei"),
    ("miuibrowser", "xiaomi"),
    ("edg", "edge"),
    ("firefox", "firefox"),
    ("fxios", "firefox"),
    ("crios", "chrome"),
    ("chrome/", "chrome"),
    ("safari/", "safari"),
)
"""What a browser says (the first that fits counts, for most say “Chrome” and “Safari” too), and who it is."""

_KINDS: Final[dict[str, Lazy]] = {
    "phone": lazy("手机"),
    "tablet": lazy("平板"),
    "computer": lazy("电脑"),
    "other": lazy("其他设备"),
}

_NAMES: Final[dict[str, Lazy]] = {
    "wxwork": lazy("企业微信"),
    "wechat": lazy("微信"),
    "dingtalk": lazy("钉钉"),
    "qq": lazy("QQ 浏览器"),
    "uc": lazy("UC 浏览器"),
    "huawei": lazy("华为浏览器"),
    "xiaomi": lazy("小米浏览器"),
    "edge": lazy("Edge"),
    "firefox": lazy("火狐"),
    "chrome": lazy("Chrome"),
    "safari": lazy("Safari"),
    "other": lazy("其他浏览器"),
}


def device_of(user_agent: str) -> str:
    """A kind and a program, as they are kept: `phone/wechat`."""
    said = user_agent.lower()
    program = next((name for mark, name in _PROGRAMS if mark in said), "other")
    return f"{_kind(said)}/{program}"


def device_words(device: str) -> str:
    """A kind and a program as people read them."""
    if not device:
        return _("设备不详")
    kind, _slash, program = device.partition("/")
    return f"{_KINDS.get(kind, _KINDS['other'])} · {_NAMES.get(program, _NAMES['other'])}"


def _kind(said: str) -> str:
    if "ipad" in said or "tablet" in said or ("android" in said and "mobile" not in said):
        return "tablet"
    if "mobi" in said or "iphone" in said or "android" in said:
        return "phone"
    return "computer" if any(word in said for word in ("windows", "macintosh", "linux", "x11")) else "other"
