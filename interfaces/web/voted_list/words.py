"""How a project came onto the list, or why not, in the words of pages and papers."""

from interfaces.web._base.language import gettext as _
from interfaces.web.polls.sequel import BODIES
from projections.voted_list import Supplement, VotedProject


def how_adopted(project: VotedProject) -> str:
    """Empty for the first ballot; 再次票决, or which body decided under which number."""
    if project.decided_by:
        return _("%(who)s决定（%(number)s）", who=BODIES[project.decided_by], number=project.notice_number)
    return _("再次票决（%(number)s）", number=project.notice_number) if project.again else ""


def why_not(project: VotedProject) -> str:
    """Why a candidate is not on the list (rule 7: a majority below the cut is said, too)."""
    if project.decided_by:
        return _("%(who)s没有决定列入（%(number)s）", who=BODIES[project.decided_by], number=project.notice_number)
    if project.again and project.passed:
        return _("再次票决达到通过票数，名次在名额之后")
    if project.again:
        return _("再次票决未达到通过票数")
    return _("达到通过票数，名次在应选数之后") if project.passed else _("未达到通过票数")


def how_supplemented(supplement: Supplement) -> str:
    """By whom projects were added to the list."""
    if supplement.decided_by:
        return _("%(who)s决定", who=BODIES[supplement.decided_by])
    return _("再次票决")
