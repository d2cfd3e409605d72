"""What refusals about private notes say."""

from interfaces.web._base.language import lazy

FIELDS = {"words": lazy("笔记")}
