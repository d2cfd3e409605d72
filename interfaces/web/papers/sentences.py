"""What refusals about papers, batches, keypads and the way to the count say."""

from domain.polls.paper_count import EntryDoesNotAddUp
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy


def _listed(refused: Refused, name: str) -> str:
    return _("、").join(str(one) for one in getattr(refused, name, ()))


def _short(refused: Refused) -> str:
    if not isinstance(refused, EntryDoesNotAddUp):
        raise TypeError(type(refused).__name__)
    said = [
        _("项目%(item)s少%(n)s张", item=item, n=number)
        if number > 0
        else _("项目%(item)s多%(n)s张", item=item, n=-number)
        for item, number in refused.short.items()
    ]
    return _("各栏合计与张数不符：%(items)s。请核对后重新填写。", items=_("，").join(said))


def _entries_differ(refused: Refused) -> str:
    batch = getattr(refused, "batch", 0)
    return _(
        "第%(batch)s批两组录入不一致，项目%(items)s停止计票。请两组各自重数这些项目，再录入一次。",
        batch=batch,
        items=_listed(refused, "items"),
    )


def _keypad_differs(refused: Refused) -> str:
    return _("两人录入的表决器总数不一致：项目%(items)s。请对照显示屏重新录入。", items=_listed(refused, "items"))


def _not_entered(refused: Refused) -> str:
    team = _("第一组") if getattr(refused, "team", 0) == 1 else _("第二组")
    return _("%(team)s还没有录入第%(batches)s批。", team=team, batches=_listed(refused, "batches"))


def _keypad_missing(refused: Refused) -> str:
    return _("表决器总数还要由%(n)s人独立录入。", n=len(getattr(refused, "teams", ())))


SENTENCES = {
    "BatchTooSmall": lazy(
        "第%(batch)s批只有%(papers)s张，少于%(least)s张，容易看出是谁投的。请并入别的批次，每批至少%(least)s张。"
    ),
    "PapersFixed": lazy(
        "已经计过票，收回的张数不能再改：两次计票的差别会暴露个别选票。确有错误的，请总监票人决定重新表决。"
    ),
    "FiguresFixed": lazy(
        "纸质票或电子票少于%(least)s张，并已计过票，数字不能再改：两次计票的差别会暴露这几张票。确有错误的，请总监票人决定重新表决。"
    ),
    "EnteredForOtherTeam": lazy("您已为第%(team)s组录入过，不能再为另一组录入。请换一位同志。"),
    "BothScanned": lazy("第%(batch)s批的另一组已经是扫描录入，这一组须由人工清点录入。"),
    "EntryDoesNotAddUp": _short,
    "EntriesNotEqual": lazy("第%(batch)s批两组录入还不一致，存疑的标记等一致以后再决定。"),
    "CountedByKeypad": lazy("这次表决的计数方式与这一页不符：用表决器的没有纸质票，用纸质票的没有表决器。"),
    "PapersNotTakenOut": lazy("发出了%(issued)s张纸质票，还没有登记票箱里收回多少张。请开箱清点、混匀、分批后登记。"),
    "BatchesNotEntered": _not_entered,
    "EntriesDiffer": _entries_differ,
    "DoubtfulUndecided": lazy("还有%(marks)s处存疑的标记，等总监票人决定。"),
    "KeypadNotEntered": _keypad_missing,
    "KeypadDiffers": _keypad_differs,
    "ScanningNotInstalled": lazy(
        "这台机器没有安装读票组件。请在安装目录运行 ./run install omr，然后重新启动；不装也可以由人工录入。"
    ),
    "NotAForm": lazy("这个文件不是表样文件（form.json）。请从纸质票页面重新下载。"),
    "FiguresLost": lazy("这一批录入的数字已不在系统中（例如从备份恢复以后）。请两组重新录入。"),
}

REASONS = {
    "paper_copies": lazy("请填写1到5000之间的张数。"),
    "paper_options": lazy("纸质票最多排8个选项，这里有%(value)s个。"),
    "paper_items": lazy("纸质票最多排200个项目，这里有%(value)s个。"),
    "paper_number": lazy("序号“%(value)s”太长，纸质票排不下。"),
    "paper_name": lazy("名称太长，一页纸排不下：%(value)s……"),
    "folder_taken": lazy("%(value)s里已有文件，请另选一个文件夹。"),
    "papers": lazy("请填写不少于1的张数。"),
    "batches_sum": lazy("各批合计%(value)s张，与收回的张数不符。"),
    "team": lazy("请选择第一组或第二组。"),
}

FIELDS = {
    "copies": lazy("印制张数"),
    "options": lazy("选项"),
    "out": lazy("输出文件夹"),
    "batches": lazy("分批"),
    "papers": lazy("张数"),
    "void": lazy("整张无效"),
    "team": lazy("组别"),
    "mark": lazy("算作"),
    "marks": lazy("票数"),
    "files": lazy("扫描件"),
}

KINDS = {
    "batch": lazy("这一批纸质票"),
    "doubtful_mark": lazy("这处存疑的标记"),
}

FIELD_OF = {"BatchTooSmall": "batches"}

STATUS = {"EntryDoesNotAddUp": 422, "BatchTooSmall": 422}
