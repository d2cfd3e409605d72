"""What the ballot page shows and is told."""

from hashlib import sha256
from typing import Any

from application.polls.casting import Slate
from domain.polls.ballot_form import encoded
from domain.polls.rules import BlankItem, Form, RuleProfile
from domain.shared import project_code
from interfaces.public.ballot.sentences import set_words
from interfaces.web._base.language import CHINESE, ENGLISH, LANGUAGES, current_language, lazy, speaking, speaking_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import render

_WORDS = {
    "title": lazy("表决票"),
    "code_length": lazy("代码共 21 位，现在是 {n} 位。请对照票卡再看一遍。"),
    "code_character": lazy("有一个字符不会出现在代码里（代码不用字母 U）。请对照票卡再看一遍。"),
    "code_check": lazy("代码对不上校验位，有一位或几位输错了。请对照票卡再看一遍。"),
    "checking": lazy("正在打开选票"),
    "loading": lazy("正在核对票卡……"),
    "offline": lazy("连不上服务器，正在重试。请检查手机网络，不要关闭本页。"),
    "busy": lazy("服务器正在忙或正在重新启动，过几秒会自动再试。请不要关闭本页。"),
    "casting": lazy("正在提交"),
    "sending": lazy("正在把选票存入票箱……"),
    "not_known": lazy("还不知道选票是否已存入票箱，正在用同一张选票重试。请不要关闭本页；它不会重复计入。"),
    "sealed": lazy("选票在本机密封，只有监票人合在一起才能打开。密钥指纹：{key}"),
    "key_differs": lazy("收到的密封公钥与它的指纹不符。请不要投票，立即告诉监票人。"),
    "review": lazy("请核对您的选票"),
    "word_again": lazy("请再输入会场口令"),
    "once": lazy("提交后不能更改。"),
    "word_kept": lazy("您的选票已经密封，还没有存入票箱。改正口令后再次提交的是同一张选票。"),
    "word_short": lazy("请输入会场大屏幕上的六位数字。"),
    "camera_look": lazy("请把票卡上的二维码对准镜头。"),
    "camera_no": lazy("打不开摄像头。请输入票卡上的代码。"),
    "not_cast": lazy("尚未投票"),
    "cast": lazy("已投票"),
    "not_accepted": lazy("没有成功"),
    "ask_desk": lazy("请重新扫描票卡；仍然不行，请到监票人工作台询问。"),
    "materials": lazy("看材料"),
    "materials_of": lazy("看材料：{name}"),
    "no_materials": lazy("现在打不开这个项目的材料，请检查网络后再试。您的选择没有丢失。"),
    "progress": lazy("已选 {done} / {all}"),
    "progress_for": lazy("赞成 {chosen}，最多 {most}；已选 {done} / {all}"),
    "too_many_short": lazy("赞成 {chosen} 个，超过最多 {most} 个"),
    "too_many": lazy("您赞成了 {chosen} 个项目，超过最多 {most} 个。这样提交，整张选票无效。建议返回修改。"),
    "blanks": lazy("有 {n} 项没有选择，将按“{blank}”计。"),
    "send": lazy("确认提交"),
    "send_anyway": lazy("仍要提交（整票无效）"),
}
"""What the page says later; places in braces are filled by the page."""


def page() -> str:
    """The page: the same bytes for everyone in a language, whatever the poll."""
    other = ENGLISH if current_language() == CHINESE else CHINESE
    return render(
        "ballot/page.html",
        language_tag=current_language(),
        other_tag=other,
        other_name=LANGUAGES[other],
        other_address=f"/v?lang={other}",
        words={name: str(text) for name, text in _WORDS.items()},
    )


def page_hash() -> str:
    """SHA-256 in hex of the Chinese page, which names its scripts and sheets by their own hashes.

    Printed on the run sheet and recorded at the opening, so that a scrutineer can compare what a phone gets.
    """
    with speaking_of(""), speaking(CHINESE):
        return sha256(page().encode()).hexdigest()


def slate(shown: Slate) -> dict[str, Any]:
    """What the page needs to show the ballot and to encode it."""
    prepared = shown.state.prepared
    head = encoded([""] * len(prepared.items), shown.form)[: -len(prepared.items)]
    return {
        "title": prepared.title,
        "session": _("%(session)s · 无记名", session=prepared.session_title),
        "card_set": _("票卡：%(words)s", words=set_words(shown.card_set)),
        "lead": lead(prepared.profile, len(prepared.items)),
        "sealing": prepared.sealing.value,
        "public_key": shown.state.key.public_key if shown.state.key else "",
        "key": shown.state.key.fingerprint if shown.state.key else "",
        "rehearsal": prepared.rehearsal,
        "asks_word": prepared.profile.hall_word,
        "last_call": shown.state.last_call,
        "form": shown.form_hash,
        "head": list(head),
        "most_for": shown.form.most_for,
        "marks": ["", *_mark_words(prepared.profile)],
        "blank": blank_words(prepared.profile),
        "items": [
            {"id": item.id, "name": item.name, "summary": item.summary, "address": f"/p/{project_code(item.project)}"}
            for item in prepared.items
        ],
    }


def lead(profile: RuleProfile, candidates: int) -> str:
    """One sentence on what to do."""
    if profile.form is Form.CHOOSE and profile.quota is not None:
        return _(
            "从 %(candidates)s 个候选项目中选择不超过 %(quota)s 个，多选则整张选票无效。",
            candidates=candidates,
            quota=profile.quota,
        )
    blank = blank_words(profile)
    if profile.quota is None:
        return _("共 %(n)s 个候选项目，每项选一种意见；不选按“%(blank)s”计。", n=candidates, blank=blank)
    told = _(
        "从 %(candidates)s 个候选项目中票决产生 %(quota)s 个。每项选一种意见；不选按“%(blank)s”计。",
        candidates=candidates,
        quota=profile.quota,
        blank=blank,
    )
    if profile.most_for is not None:
        told += "" if current_language() == CHINESE else " "
        told += _("赞成不得超过 %(most)s 个，超过则整张选票无效。", most=profile.most_for)
    return told


def blank_words(profile: RuleProfile) -> str:
    """Where an item without a mark goes."""
    if profile.form is Form.CHOOSE:
        return _("未选")
    words = {
        BlankItem.ABSTAIN: _("弃权"),
        BlankItem.INVALID: _("无效"),
        BlankItem.NOT_PRESSED: _("未按键"),
    }
    return words.get(profile.blank_item, _("空白"))


def _mark_words(profile: RuleProfile) -> list[str]:
    match profile.form:
        case Form.PER_ITEM:
            return [_("赞成"), _("反对"), _("弃权")]
        case Form.CHOOSE:
            return [_("选择")]
        case Form.GRADE:
            return [option.name or option.id for option in profile.evaluation.options] if profile.evaluation else []
