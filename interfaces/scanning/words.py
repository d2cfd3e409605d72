"""Why a page goes to people, in words."""

from collections.abc import Mapping
from typing import Final

from interfaces.scanning.result import Unread, UnreadReason
from interfaces.web._base.language import Lazy, lazy

_REASONS: Final[Mapping[UnreadReason, Lazy]] = {
    UnreadReason.NOT_A_PICTURE: lazy("读不出图像。只读 JPEG、PNG 和 PDF。"),
    UnreadReason.TOO_SMALL: lazy("图像太小，请用每英寸150点以上扫描，或靠近一些拍摄。"),
    UnreadReason.BLACK_AND_WHITE: lazy("图像只有纯黑和纯白，浅的记号已经丢失。请用灰度或彩色重新扫描。"),
    UnreadReason.MARKERS: lazy("四角的黑块只看到%(detail)s个，请拍全整张票。"),
    UnreadReason.SEVERAL: lazy("图像里不止一张票，请一张一张扫描。"),
    UnreadReason.BENT: lazy("纸不平，请压平后重新扫描。"),
    UnreadReason.BLURRED: lazy("方框看不清：模糊、太暗，或者被遮住。"),
    UnreadReason.NO_CODE: lazy("没有读到二维码，不能确定是哪一次表决的票。"),
    UnreadReason.OTHER_FORM: lazy("这是另一次表决的票，表样码%(detail)s。"),
    UnreadReason.OTHER_LAYOUT: lazy("这张票是由另一版本的程序印制的。"),
    UnreadReason.PAGE_MISSING: lazy("这张票的各页没有连在一起，这是第%(detail)s页。请由人工录入整张票。"),
    UnreadReason.DOUBLED: lazy("这个文件与前面一个完全相同，没有再读。"),
    UnreadReason.LIMIT: lazy("赞成是否超过限额，取决于存疑的标记。请由人工录入整张票。"),
}


def why(unread: Unread) -> str:
    """The sentence for a page that could not be read, in the language spoken."""
    return _REASONS[unread.reason].filled(detail=unread.detail)
