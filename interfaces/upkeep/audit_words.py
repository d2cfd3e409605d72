"""What an audit has found, in one sentence each."""

from typing import Final

from application.history.tree_findings import Finding, Kind
from application.private.files_audit import FaultyFile, FileFault
from interfaces.web._base.language import Lazy, lazy
from interfaces.web.audit.words import FACTS

_EVENT: Final = lazy("第 %(position)s 号记录（%(words)s，%(name)s；流 %(stream)s 的第 %(version)s 条；%(at)s）")

SENTENCES: Final[dict[Kind, Lazy]] = {
    Kind.EDITED: lazy("%(event)s：内容与记下时不同，被改动过。"),
    Kind.SWAPPED: lazy("%(event)s：与第 %(other)s 号记录互换了位置。"),
    Kind.REMOVED: lazy("%(event)s：在它之前有 %(number)s 条记录被删除。"),
    Kind.END_REMOVED: lazy("第 %(position)s 号记录之后，末尾的 %(number)s 条记录被删除。"),
    Kind.INSERTED: lazy("%(event)s：从这一条起，有 %(number)s 条记录是后来插进去的。"),
    Kind.ODD: lazy("%(event)s：这一行不是本程序写下的样子：%(detail)s"),
    Kind.NODE: lazy(
        "保存的哈希树被改动过：第 %(other)s 层第 %(number)s 个值（从 0 数起；从第 %(position)s 号记录起）。"
        "记录本身没有变。"
    ),
    Kind.TILE_MISSING: lazy("保存的哈希树有缺失：从第 %(number)s 片叶子起（从 0 数起）。"),
    Kind.SINCE_CHECKPOINT: lazy(
        "第 %(position)s 号记录之后、到第 %(other)s 号记录为止，有记录与签名时不同，保存的哈希值也一起被改过。"
        "这是与前 %(number)s 条记录的检查点比较得出的。"
    ),
    Kind.CHECKPOINT_ROOT: lazy("%(checkpoint)s：签名的根与现在的前 %(other)s 条记录不符。"),
    Kind.CHECKPOINT_BEYOND: lazy("%(checkpoint)s：签名时有 %(other)s 条记录，现在只有 %(position)s 条。"),
    Kind.CHECKPOINT_SIGNATURE: lazy("%(checkpoint)s：不是用本系统的密钥签名的，或者签名后被改动过。"),
    Kind.CHECKPOINT_UNREADABLE: lazy("%(checkpoint)s：读不懂，被改动过（%(detail)s）。"),
    Kind.CHECKPOINT_ROW: lazy("%(checkpoint)s：旁边的几栏与它写的内容不同，被改动过。"),
    Kind.CHECKPOINT_MISSING: lazy("从编号 %(number)s 起，少了 %(other)s 个检查点。"),
    Kind.STREAM_GAP: lazy("流 %(stream)s 只有 %(number)s 条记录，编号却到 %(other)s：其中有缺失或被改动。"),
    Kind.KEY_WITHOUT_EVENT: lazy("有办理结果指向第 %(position)s 号记录，这条记录却没有了。"),
    Kind.POSITION_GIVEN: lazy("数据库已经编到第 %(other)s 号，最后一条记录却是第 %(position)s 号：末尾有记录被删除。"),
    Kind.BOX_MISSING: lazy("%(event)s：这次表决的票箱没有了。"),
    Kind.BOX_UNREADABLE: lazy("%(event)s：票箱里有读不懂的内容，被改动过。"),
    Kind.BOX_NUMBER: lazy("%(event)s：票箱里有 %(number)s 张票，封箱时记下的是 %(other)s 张。"),
    Kind.BOX_ROOT: lazy("%(event)s：票箱里的票与封箱时的校验值不符，有票被换过。"),
    Kind.BOX_GATE: lazy("%(event)s：票箱上写的张数或校验值与封箱时记下的不同，或者票箱又开着。"),
    Kind.BOX_VOIDED: lazy("%(event)s：票箱里有 %(number)s 张作废的票卡，封箱时记下的是 %(other)s 张。"),
}

FILES: Final[dict[FileFault, Lazy]] = {
    FileFault.GONE: lazy("照片或文件 %(file)s：内容不在存放处了。"),
    FileFault.CHANGED: lazy("照片或文件 %(file)s：内容与存入时不同，被换过或损坏。"),
    FileFault.NO_KEY: lazy("照片或文件 %(file)s：没有登记删除，密钥却没有了。"),
}

LONGEST: Final = 300
"""Characters of a row that is told whole."""

_STORED: Final = lazy("编号 %(number)s 的检查点（前 %(other)s 条记录）")
_GIVEN: Final = lazy("文件 %(detail)s 里的检查点（前 %(other)s 条记录）")
_SOME: Final = lazy("检查点表里的一行")


def told(finding: Finding) -> str:
    """The sentence."""
    return SENTENCES[finding.kind].filled(
        event=_event(finding),
        checkpoint=_checkpoint(finding),
        position=finding.position,
        stream=finding.stream,
        number=finding.number,
        other=finding.other,
        detail=finding.detail[:LONGEST],
    )


def file_told(faulty: FaultyFile) -> str:
    """The sentence about a photo or document."""
    return FILES[faulty.fault].filled(file=faulty.file)


def _event(finding: Finding) -> str:
    return _EVENT.filled(
        position=finding.position,
        words=FACTS.get(finding.name, "?"),
        name=finding.name,
        stream=finding.stream,
        version=finding.version,
        at=finding.at.strftime("%Y-%m-%d %H:%M:%S") if finding.at else "?",
    )


def _checkpoint(finding: Finding) -> str:
    if finding.number:
        return _STORED.filled(number=finding.number, other=finding.other)
    return _GIVEN.filled(detail=finding.detail, other=finding.other) if finding.other else str(_SOME)
