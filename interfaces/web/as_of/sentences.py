"""What is wrong with a moment."""

from interfaces.web._base.language import lazy

REASONS = {
    "as_of_moment": lazy("请填写年月日和时间，例如 2026-01-15 09:00。"),
    "as_of_future": lazy("这个时刻还没有到。"),
}
FIELDS = {"on": lazy("时刻")}
