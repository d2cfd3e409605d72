"""Volunteers and what they observe, in words."""

from domain.supervision.observation import ObservationKind, ObservationOutcome
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _

OBSERVATION_KINDS: dict[str, Lazy] = {
    ObservationKind.PROBLEM.value: lazy("发现问题"),
    ObservationKind.SUGGESTION.value: lazy("提出建议"),
    ObservationKind.FINE.value: lazy("情况良好"),
}

OBSERVATION_OUTCOMES: dict[str, Lazy] = {
    "": lazy("待处理"),
    ObservationOutcome.DUTY.value: lazy("已交办"),
    ObservationOutcome.NOTED.value: lazy("已阅处"),
}

OUTCOME_TAGS = {"": "warn", ObservationOutcome.DUTY.value: "info", ObservationOutcome.NOTED.value: "ok"}
KIND_TAGS = {
    ObservationKind.PROBLEM.value: "bad",
    ObservationKind.SUGGESTION.value: "info",
    ObservationKind.FINE.value: "ok",
}


def known_as(number: int) -> str:
    """All that is ever said of a volunteer outside of the office: 监督员03."""
    return _("监督员%(number)s", number=f"{number:02}")
