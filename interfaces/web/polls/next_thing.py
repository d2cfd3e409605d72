"""The next thing to do with a poll, as its page shows it."""

from dataclasses import dataclass, replace

from domain.accounts.permissions import Act
from interfaces.web.polls.desk import PollDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next thing to do. `url` is a page, or with `post` a command of one button; empty: nothing to press."""

    title: str
    said: str
    label: str = ""
    url: str = ""
    post: bool = False


def permitted(desk: PollDesk, act: Act, step: Next) -> Next:
    """Without the permission the button is left out; the words stay. `url` is below the poll's own."""
    if not desk.may(act):
        return Next(title=step.title, said=step.said)
    return replace(step, url=desk.root + step.url)
