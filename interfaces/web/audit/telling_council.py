"""What was done about a council's agenda and its results, as one sentence each."""

from typing import Final

from domain.congress.council import (
    AgendaItemEntered,
    AgendaItemPutRight,
    AgendaItemRemoved,
    AgendaOrdered,
    DiscussionCorrected,
    DiscussionNoted,
    HandsShown,
    ItemDecided,
    ItemListed,
    ItemPassedOn,
    ItemPutToPoll,
)
from domain.congress.street_list import StreetListAnnounced
from interfaces.web._base.language import gettext as _
from interfaces.web.audit.telling_polls import Told, with_reason
from interfaces.web.audit.values import Names
from interfaces.web.council.words import RESULTS


def _shown(fact: HandsShown, names: Names) -> str:
    hands = fact.hands
    said = _(
        "“%(title)s”举手表决：到会 %(present)s 人，赞成 %(yes)s、反对 %(no)s、弃权 %(abstain)s、未表态 %(none)s。",
        title=names.of(fact.item),
        present=hands.present,
        yes=hands.votes_for,
        no=hands.against,
        abstain=hands.abstain,
        none=hands.not_voting,
    )
    return with_reason(said, fact.reason)


COUNCIL: Final[dict[type, Told]] = {
    AgendaItemEntered: lambda f, _n: _("“%(title)s”列入议程。", title=f.matter.title),
    AgendaItemPutRight: lambda f, _n: _("更正议程事项“%(title)s”。", title=f.matter.title),
    AgendaOrdered: lambda f, _n: _("调整 %(n)s 项议程的次序。", n=len(f.order)),
    AgendaItemRemoved: lambda f, n: with_reason(_("“%(title)s”移出议程。", title=n.of(f.item)), f.reason),
    DiscussionNoted: lambda f, n: _("记录“%(title)s”的发言。", title=n.of(f.item)),
    DiscussionCorrected: lambda f, n: with_reason(_("更正“%(title)s”的发言记录。", title=n.of(f.item)), f.reason),
    HandsShown: _shown,
    ItemPutToPoll: lambda f, n: _("“%(title)s”由“%(poll)s”决定。", title=n.of(f.item), poll=n.of(f.poll)),
    ItemDecided: lambda f, n: with_reason(
        _("“%(title)s”的结果：%(result)s。", title=n.of(f.item), result=RESULTS[f.result]), f.reason
    ),
    ItemPassedOn: lambda f, n: _(
        "“%(title)s”报送%(upper)s，查询码 %(code)s。", title=n.of(f.item), upper=n.of(f.congress), code=f.code
    ),
    ItemListed: lambda f, n: _("“%(title)s”列入街道清单第 %(n)s 项。", title=n.of(f.item), n=f.number),
    StreetListAnnounced: lambda f, _n: _(
        "公布 %(year)s 年街道民生实事清单 %(n)s 项（%(notice)s）。", year=f.year, n=len(f.lines), notice=f.notice_number
    ),
}
