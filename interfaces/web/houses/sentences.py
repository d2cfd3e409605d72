"""What refusals about delegates' houses say."""

from interfaces.web._base.language import lazy

FIELDS = {
    "house": lazy("代表之家"),
    "hours": lazy("开放时间"),
}

KINDS = {"house": lazy("这个代表之家")}
