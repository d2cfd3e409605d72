"""What refusals about working days say."""

from interfaces.web._base.language import lazy

SENTENCES = {"DaysMarkedAlready": lazy("这些日子已经这样标记为“%(name)s”。")}
REASONS = {
    "too_many_days": lazy("一次最多标记 %(value)s 天，请分几次标记。"),
    "day_year": lazy("年份应在 2000 到 2100 之间。"),
}
KINDS = {"marked_day": lazy("本大会的这个标记")}
