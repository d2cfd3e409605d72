"""given(facts).when(decision).then(fact) or .refused(Refusal): how the domain is tested.

given(poll_prepared, poll_opened, evolve=evolve).when(lambda poll: close_poll(poll, ...)).then(PollClosed(...))
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from domain.shared import Refused

S = TypeVar("S")


@dataclass(frozen=True)
class Outcome:
    """What a decision came to: facts, or a refusal."""

    facts: tuple[object, ...] = ()
    refusal: Refused | None = None

    def then(self, *facts: object) -> None:
        """Exactly these facts, in this order."""
        assert self.refusal is None, f"refused: {self.refusal!r}"
        assert self.facts == facts

    def refused(self, kind: type[Refused], /, **values: object) -> None:
        """This refusal, with at least these values."""
        assert self.refusal is not None, f"not refused, but {self.facts!r}"
        assert type(self.refusal) is kind, repr(self.refusal)
        told = {field.name: getattr(self.refusal, field.name) for field in fields(self.refusal)}
        assert {name: told.get(name) for name in values} == values


@dataclass(frozen=True)
class Situation(Generic[S]):
    """What the facts so far have come to; None where there are none."""

    state: S | None

    def when(self, decide: Callable[[Any], object]) -> Outcome:
        """Lets the domain decide."""
        try:
            decided = decide(self.state)
        except Refused as refusal:
            return Outcome(refusal=refusal)
        return Outcome(facts=tuple(decided) if isinstance(decided, (tuple, list)) else (decided,))


def given(*facts: object, evolve: Callable[[S | None, Any], S]) -> Situation[S]:
    """The situation after these facts."""
    state: S | None = None
    for fact in facts:
        state = evolve(state, fact)
    return Situation(state)
