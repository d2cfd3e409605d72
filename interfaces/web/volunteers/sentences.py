"""What refusals about volunteers and their observations say."""

from application.supervision.observations import NotTheirProject
from domain.shared import Refused
from domain.supervision.volunteer import NoLinkOut, VolunteerIsReleased
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.volunteers.words import known_as


def _released(refused: Refused) -> str:
    if not isinstance(refused, VolunteerIsReleased):
        raise TypeError(type(refused).__name__)
    return _("%(who)s已经离任，不能再这样办理。", who=known_as(refused.number))


def _no_link(refused: Refused) -> str:
    if not isinstance(refused, NoLinkOut):
        raise TypeError(type(refused).__name__)
    return _("%(who)s没有专用链接，不用收回。", who=known_as(refused.number))


def _not_theirs(refused: Refused) -> str:
    if not isinstance(refused, NotTheirProject):
        raise TypeError(type(refused).__name__)
    return _("%(who)s不监督这个项目。请选别的项目，或者先把项目分给这位监督员。", who=known_as(refused.number))


SENTENCES = {
    "VolunteerIsReleased": _released,
    "NoLinkOut": _no_link,
    "NotTheirProject": _not_theirs,
    "ObservationIsSettled": lazy("这条反映已经处理过。请刷新页面查看。"),
}

FIELDS = {
    "projects": lazy("监督的项目"),
    "origin": lazy("来自"),
    "until": lazy("链接有效期"),
    "photos": lazy("照片"),
    "volunteer": lazy("监督员"),
    "reply": lazy("给监督员的答复"),
}

KINDS = {
    "volunteer": lazy("这位监督员"),
    "volunteer_link": lazy("这个专用链接"),
    "observation": lazy("这条反映"),
}
