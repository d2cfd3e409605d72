"""Results of a council's items in words, and what a passed-on item says in the upper body's call."""

from typing import Final

from domain.congress.council import ChosenBy, ItemResult
from domain.congress.deciding_in_council import LONGEST_WORDS
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from projections.agenda import AgendaRow

RESULTS: Final[dict[ItemResult, Lazy]] = {
    ItemResult.CHOSEN: lazy("选定"),
    ItemResult.NOT_CHOSEN: lazy("未选定"),
    ItemResult.DEFERRED: lazy("暂缓"),
}

RESULT_KINDS: Final[dict[ItemResult, str]] = {
    ItemResult.CHOSEN: "ok",
    ItemResult.NOT_CHOSEN: "idle",
    ItemResult.DEFERRED: "warn",
}

CHOSEN_BY: Final[dict[ChosenBy, Lazy]] = {
    ChosenBy.HANDS: lazy("举手表决"),
    ChosenBy.POLL: lazy("无记名表决"),
    ChosenBy.AGREEMENT: lazy("协商一致"),
}


def hands_words(item: AgendaRow) -> str:
    """The count of one item in a sentence; empty where no hands were shown."""
    if item.votes_for is None:
        return ""
    return _(
        "到会 %(present)s 人，赞成 %(yes)s 人，反对 %(no)s 人，弃权 %(abstain)s 人，未表态 %(none)s 人。",
        present=item.present,
        yes=item.votes_for,
        no=item.against,
        abstain=item.abstain,
        none=item.not_voting,
    )


def proposed_words(item: AgendaRow, street: str, session: str) -> str:
    """What is proposed to the upper body: the matter, and which council chose it with which count."""
    chosen = {"street": street, "session": session, "day": day(item.decided_on)}
    how = _("%(street)s在“%(session)s”会商选定（%(day)s）。", **chosen)
    counted = hands_words(item) or _("由无记名表决选定。")
    source = _("来源：%(how)s%(counted)s", how=how, counted=counted)
    return f"{(item.content or item.title)[: LONGEST_WORDS - len(source) - 2]}\n\n{source}"
