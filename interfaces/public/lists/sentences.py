"""What refusals about public lists say."""

from interfaces.web._base.language import lazy

KINDS = {
    "voted_list": lazy("这一年的年度票决清单"),
    "project": lazy("这个项目"),
}
