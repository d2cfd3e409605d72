"""Where every ballot is, as the report tells it: equations of cards and papers, openings, and the parts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from domain.polls.box_opening import OpenedOn
from domain.polls.rules import BlankItem, Form, RuleProfile
from interfaces.documents.count_report import ReportPartRow, ReportParts
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import number

_PARTS: Final[dict[str, Lazy]] = {
    "electronic": lazy("电子票"),
    "paper": lazy("纸质票"),
    "keypad": lazy("表决器"),
}

_OPENED: Final[dict[str, Lazy]] = {
    OpenedOn.BROWSER.value: lazy("监票人的电脑"),
    OpenedOn.OFFLINE.value: lazy("另一台不联网的电脑"),
}


def account(count: Mapping[str, Any]) -> tuple[str, ...]:
    """The equations and what was checked, a sentence each; nothing for a count of the first format."""
    return tuple(_sentences(count)) if "parts" in count else ()


def _sentences(count: Mapping[str, Any]) -> Iterator[str]:
    cards, papers, keypads = count["cards"], count["papers"], count["parts"]["keypad"]["ballots"]
    if keypads:
        yield _("表决器：全场%(n)s人，两人独立录入总数，结果一致。", n=number(keypads))
    if cards["printed"]:
        yield from _of_cards(cards)
    if papers["issued"] or papers["returned"]:
        yield from _of_papers(papers)
    if cards["issued"] and papers["issued"]:
        yield _(
            "发出%(i)s＝票卡%(cards)s＋纸质票%(papers)s；收回%(r)s＝票箱内%(box)s＋纸质票%(back)s。",
            i=number(count["issued"]),
            cards=number(cards["issued"]),
            papers=number(papers["issued"]),
            r=number(count["returned"]),
            box=number(cards["in_box"]),
            back=number(papers["returned"]),
        )
    if count["incidents"]:
        yield _("异常情况%(n)s件，总监票人均已作出决定。", n=len(count["incidents"]))
    for one in count["openings"]:
        yield _(
            "票箱在%(where)s打开：%(n)s张，使用密钥%(shares)s份。",
            where=_OPENED[one["on"]],
            n=number(one["ballots"]),
            shares=one["shares"],
        )
    if count["openings"]:
        yield _("各次开箱的合计相同。")


def _of_cards(cards: Mapping[str, int]) -> Iterator[str]:
    yield _(
        "票卡：印制%(printed)s＝作废%(voided)s＋发出%(issued)s。",
        printed=number(cards["printed"]),
        voided=number(cards["voided"]),
        issued=number(cards["issued"]),
    )
    yield _(
        "发出%(issued)s＝票箱内%(box)s＋未用交回%(back)s＋未交回%(gone)s。",
        issued=number(cards["issued"]),
        box=number(cards["in_box"]),
        back=number(cards["handed_in"]),
        gone=number(cards["not_handed_in"]),
    )
    if cards["reissued"]:
        yield _("损坏换发票卡%(n)s张，每位代表只计一次。", n=number(cards["reissued"]))


def _of_papers(papers: Mapping[str, int]) -> Iterator[str]:
    yield _(
        "纸质票：发出%(issued)s＝收回%(back)s＋未收回%(gone)s。",
        issued=number(papers["issued"]),
        back=number(papers["returned"]),
        gone=number(papers["not_returned"]),
    )
    if papers["reissued"]:
        yield _("损坏换发纸质票%(n)s张，每位代表只计一次。", n=number(papers["reissued"]))
    if papers["batches"]:
        said = _("纸质票混匀后分%(n)s批，由两组各自清点录入，结果一致。", n=papers["batches"])
        if papers["doubtful_decided"]:
            said += _("存疑的标记%(n)s处，由总监票人逐处决定。", n=papers["doubtful_decided"])
        yield said


def parts(count: Mapping[str, Any], rules: RuleProfile) -> ReportParts | None:
    """The parts that may be told apart, with their marks; None where only the sum is told."""
    told = [(words, count["parts"][name]) for name, words in _PARTS.items() if _is_told(count, name)]
    if not told:
        return None
    columns = _columns(rules)
    names = {item["id"]: item["name"] for item in count["items"]}
    by_part = [{item["id"]: item for item in part["columns"]["items"]} for _words, part in told]
    return ReportParts(
        names=tuple(str(words) for words, _part in told),
        ballots=tuple(part["ballots"] for _words, part in told),
        columns=tuple(columns.values()),
        rows=tuple(
            ReportPartRow(
                id=id,
                name=name,
                marks=tuple(tuple(_marks(items[id])[field] for field in columns) for items in by_part),
            )
            for id, name in names.items()
        ),
    )


def _is_told(count: Mapping[str, Any], name: str) -> bool:
    return "parts" in count and count["parts"][name]["columns"] is not None


def _columns(rules: RuleProfile) -> dict[str, str]:
    if rules.evaluation is not None:
        return {option.id: option.name or option.id for option in rules.evaluation.options} | {"void": _("无效")}
    if rules.form is Form.CHOOSE:
        return {"for": _("赞成"), "not_ticked": _("未选"), "void": _("无效")}
    pressed = {"not_pressed": _("未按键")} if rules.blank_item is BlankItem.NOT_PRESSED else {}
    return {"for": _("赞成"), "against": _("反对"), "abstain": _("弃权"), **pressed, "void": _("无效")}


def _marks(column: Mapping[str, Any]) -> Mapping[str, int]:
    return {**column["counts"], "void": column["void"]} if "counts" in column else column


def only_the_sum(count: Mapping[str, Any]) -> str:
    """Why the parts are not told apart, where somebody might ask; empty where nobody would."""
    filled = [part for part in count.get("parts", {}).values() if part["ballots"]]
    if len(filled) < 2 or any(part["columns"] for part in filled) or count["columns"] is None:
        return ""
    return _("其中一部分少于%(n)s张，为保守秘密只公布合计，不分电子票和纸质票。", n=count["profile"]["min_group_size"])
