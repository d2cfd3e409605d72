"""What refusals about notes, remarks and questions say."""

from interfaces.web._base.language import lazy

FIELDS = {"words": lazy("内容")}
