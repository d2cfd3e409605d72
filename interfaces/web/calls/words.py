"""Words about calls: the ways on which proposals come in."""

from typing import Final

from domain.proposals.call import Channel
from interfaces.web._base.language import Lazy, lazy

CHANNELS: Final[dict[str, Lazy]] = {
    Channel.WEB: lazy("网上"),
    Channel.QR: lazy("扫码"),
    Channel.HOUSE: lazy("代表之家"),
    Channel.PAPER: lazy("书面递交"),
    Channel.TELEPHONE: lazy("电话"),
    Channel.LETTER: lazy("来信"),
    Channel.MEETING: lazy("座谈会"),
    Channel.VISIT: lazy("代表走访"),
    Channel.DELEGATE: lazy("代表提出"),
    Channel.UNIT: lazy("单位提出"),
    Channel.COUNCIL: lazy("居民议事会转来"),
    Channel.RESERVE: lazy("储备库"),
    Channel.TRANSFER: lazy("其他大会转来"),
    Channel.SUMMARY: lazy("问总结转入"),
}
"""By which way a proposal came in."""
