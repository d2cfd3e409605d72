"""What is wrong with checkpoints, their keys and their proofs, in words."""

from typing import Final, cast

from domain.checkpoints.checkpoint import CheckpointUnreadable
from domain.checkpoints.note import KeyUnreadable, NotSigned
from domain.checkpoints.tree import ProofInvalid
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.sentences import Sentence

_PROOF: Final[dict[str, Lazy]] = {
    "index": lazy("证明不成立：这片叶子不在这么大的树里。"),
    "sizes": lazy("证明不成立：后来的树不会比从前的小。"),
    "length": lazy("证明不成立：哈希值的个数与树的大小不符。"),
    "root": lazy("证明不成立：算出的根与检查点上的根不同。"),
    "old_root": lazy("证明不成立：算出的根与从前的检查点上的根不同，从前的记录被改过。"),
}

_SIGNED: Final[dict[str, Lazy]] = {
    "unknown_key": lazy("不是用这把密钥签名的。"),
    "wrong": lazy("签名不对：内容在签名后被改动过，或者不是这把密钥签的。"),
}

_KEY: Final[dict[str, Lazy]] = {
    "form": lazy("这不是检查点的密钥，应当像“名称+8 位十六进制数+一串字母数字”。"),
    "name": lazy("密钥的名称不对：不能有空格和加号。"),
    "base64": lazy("密钥不完整，可能没有抄全。"),
    "type": lazy("这不是 Ed25519 密钥，或者没有抄全。"),
    "id": lazy("密钥与它的编号不符，可能抄错了。"),
}

_CHECKPOINT: Final[dict[str, Lazy]] = {
    "hash": lazy("检查点用的哈希算法，本程序不认识。"),
}
_NO_CHECKPOINT: Final = lazy("这不是检查点，或者不完整。")
_NO_NOTE: Final = lazy("这不是签名的检查点，或者不完整（正文、空行、签名行缺一不可）。")
_NO_PROOF: Final = lazy("这不是检查点的证明，或者不完整。")

SENTENCES: Final[dict[str, Sentence]] = {
    "ProofInvalid": lambda refused: str(_PROOF[cast("ProofInvalid", refused).reason]),
    "NotSigned": lambda refused: str(_SIGNED[cast("NotSigned", refused).reason]),
    "KeyUnreadable": lambda refused: str(_KEY[cast("KeyUnreadable", refused).reason]),
    "CheckpointUnreadable": lambda refused: str(
        _CHECKPOINT.get(cast("CheckpointUnreadable", refused).reason, _NO_CHECKPOINT)
    ),
    "NoteUnreadable": _NO_NOTE,
    "ProofUnreadable": _NO_PROOF,
    "OtherEvent": lazy("这份证明说的不是这条记录。"),
    "OtherLog": lazy("两个检查点不是同一份记录的：一个是 %(first)s，一个是 %(second)s。"),
    "OtherSize": lazy("这份证明从前 %(proof)s 条记录开始，给出的检查点却是前 %(checkpoint)s 条的。"),
    "OldCheckpointNeeded": lazy("这份证明要和从前的检查点一起核对：请用 --old 给出。"),
    "HistoryShrank": lazy("记录与前 %(size)s 条时的检查点不符，所以没有签新的检查点。请运行 piaojue audit。"),
    "KeyDiffers": lazy(
        "上一个检查点不是用现在这把密钥签的，所以没有签新的。请放回原来的密钥；如果确实换了密钥，"
        "请设置 PIAOJUE_CHECKPOINT_FORMER_KEYS=%(former)s。"
    ),
}

KINDS: Final[dict[str, Lazy]] = {
    "tree": lazy("这么大的哈希树"),
    "position": lazy("这个编号的记录"),
    "checkpoint": lazy("这个检查点"),
}
