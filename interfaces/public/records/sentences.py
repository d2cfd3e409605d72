"""What is said when a record is not there."""

from typing import Final

from interfaces.web._base.language import Lazy, lazy

SENTENCES: Final[dict[str, Lazy]] = {
    "NoRecord": lazy("“%(title)s”由较早的版本计票，没有可以公布的计票档案；计票报告仍可下载。"),
}

KINDS: Final[dict[str, Lazy]] = {"record": lazy("这份计票档案")}
