"""The areas of the signed-in site and what stands in their top bars, by what the person may do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.accounts.permissions import Act, Role
from interfaces.web._base.asking import Place, Seat
from interfaces.web._base.language import Lazy, lazy


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the top bar. `path` is below `/{area}/{slug}`, empty for its first page; `also` lies there too."""

    words: Lazy
    path: str
    acts: tuple[Act, ...]
    also: tuple[str, ...] = ()
    above: bool = False
    """Shown only where something stands below the congress."""

    def is_for(self, here: Place) -> bool:
        """Whether the person finds it in this congress's bar."""
        return any(here.may(act) for act in self.acts) and (here.has_below or not self.above)


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of desk."""

    name: str
    words: Lazy
    roles: tuple[Role, ...]
    entries: tuple[Entry, ...]


STAFF: Final = Area(
    "staff",
    lazy("办公室"),
    (Role.STAFF, Role.ADMINISTRATOR, Role.AUDITOR, Role.UPPER_READER, Role.VENUE),
    (
        Entry(lazy("今年"), "", (Act.READ_OFFICE,), also=("calendar", "working-days")),
        Entry(lazy("征集"), "proposals", (Act.READ_PROPOSALS,), also=("calls", "houses", "screening")),
        Entry(lazy("项目"), "projects", (Act.READ_OFFICE,)),
        Entry(lazy("审议"), "deliberation", (Act.READ_OFFICE,), also=("materials", "agenda")),
        Entry(lazy("会议与票决"), "sessions", (Act.READ_OFFICE, Act.CHECK_IN), also=("polls", "rehearsals")),
        Entry(
            lazy("实施"),
            "implementation",
            (Act.READ_OFFICE,),
            also=("duty-list", "adjustments", "lights", "meetings", "timeline"),
        ),
        Entry(
            lazy("监督"),
            "supervision",
            (Act.READ_OFFICE,),
            also=("inspections", "draws", "inquiries", "duties", "volunteers", "visits"),
        ),
        Entry(lazy("四问"), "asks", (Act.READ_OFFICE,), also=("matrix", "year-reports")),
        Entry(lazy("代表"), "delegates", (Act.READ_OFFICE,)),
        Entry(lazy("单位"), "units", (Act.READ_OFFICE,), also=("look",)),
        Entry(lazy("票决办法"), "profiles", (Act.READ_OFFICE,)),
        Entry(lazy("下级"), "below", (Act.READ_OFFICE,), above=True),
        Entry(lazy("账号"), "accounts", (Act.READ_ACCOUNTS,)),
        Entry(lazy("记录"), "audit", (Act.READ_AUDIT,)),
    ),
)
UNIT: Final = Area(
    "unit",
    lazy("单位"),
    (Role.GOVERNMENT, Role.DEPARTMENT),
    (
        Entry(lazy("我的任务"), "", (Act.ANSWER_ASK,)),
        Entry(lazy("征集"), "proposals", (Act.READ_PROPOSALS,), also=("screening",)),
        Entry(lazy("候选项目"), "projects", (Act.EDIT_CANDIDATES,)),
        Entry(
            lazy("项目实施"), "implementation", (Act.REPORT_PROGRESS,), also=("duty-list", "adjustments", "timeline")
        ),
        Entry(lazy("交办事项"), "duties", (Act.ANSWER_DUTY,)),
        Entry(lazy("提建议"), "suggestions", (Act.PROPOSE,)),
        Entry(lazy("审议意见"), "remarks", (Act.ANSWER_REMARKS,)),
    ),
)
DELEGATE: Final = Area(
    "delegate",
    lazy("代表"),
    (Role.DELEGATE,),
    (
        Entry(lazy("候选项目"), "", (Act.READ_CANDIDATES,), also=("projects", "compare")),
        Entry(lazy("材料"), "materials", (Act.READ_CANDIDATES,)),
        Entry(lazy("监督"), "supervision", (Act.SUPERVISE,), also=("timeline", "inquiries")),
        Entry(lazy("履职"), "record", (Act.SUPERVISE,)),
        Entry(lazy("我的建议"), "proposals", (Act.PROPOSE,)),
        Entry(lazy("提问与意见"), "questions", (Act.READ_CANDIDATES,), also=("remarks",)),
    ),
)
SCRUTINEER: Final = Area(
    "scrutineer",
    lazy("监票"),
    (Role.SCRUTINEER,),
    (Entry(lazy("监票"), "", (Act.SIGN_COUNT,)),),
)
AREAS: Final = (STAFF, UNIT, SCRUTINEER, DELEGATE)
EVERYWHERE: Final = (
    (lazy("各级大会"), "/staff/congresses"),
    (lazy("管理员账号"), "/staff/accounts"),
    (lazy("全部记录"), "/staff/audit"),
    (lazy("备份"), "/staff/backup"),
)
"""The top bar of the installation's administrator outside of any congress."""

OWN: Final = ("account", "sign-in", "hall")
"""Signed-in addresses outside of the areas; the sign-in cookie goes to these and to the areas only.

The screen in the hall is for everybody; signed in, its own people see the hall word there.
"""

COOKIE_PATHS: Final = tuple(f"/{name}" for name in (*(area.name for area in AREAS), *OWN))


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the top bar as it is drawn."""

    words: str
    url: str
    current: bool = False


def areas_of(seat: Seat) -> list[Area]:
    """The areas in which the person has a role anywhere."""
    held = {grant.role for grant in seat.actor.grants}
    return [area for area in AREAS if held & set(area.roles)]


def first_page(seat: Seat, area: Area, congress: UUID) -> str:
    """The path of the first page in the area that the person may see there, e.g. `/sessions` for venue staff."""
    for entry in area.entries:
        if any(seat.actor.may(act, congress) for act in entry.acts):
            return f"/{entry.path}".rstrip("/")
    return ""


def area_at(path: str) -> Area | None:
    """The area an address belongs to."""
    first = path.split("/")[1] if "/" in path else ""
    return next((area for area in AREAS if area.name == first), None)


def links(seat: Seat, path: str, there: Collection[str]) -> list[Link]:
    """The top bar: entries the person may see whose pages are there (`there`: all route paths)."""
    found = _of_place(seat, path, there) if isinstance(seat, Place) else _of_installation(seat, path, there)
    within = _within(seat, path)
    fitting = [url for _, url in found if within == url or within.startswith(f"{url}/")]
    current = max(fitting, key=len, default=None)
    return [Link(str(words), url, url == current) for words, url in found]


def _within(seat: Seat, path: str) -> str:
    """The address in whose entry a page belongs: polls stand under the sessions."""
    area = area_at(path)
    if area is None or not isinstance(seat, Place):
        return path
    root = f"/{area.name}/{seat.congress.slug}/"
    first = path.removeprefix(root).split("/")[0]
    return next((root + entry.path for entry in area.entries if first in entry.also), path)


def _of_place(here: Place, path: str, there: Collection[str]) -> list[tuple[Lazy, str]]:
    area = area_at(path) or STAFF
    root = f"/{area.name}/{here.congress.slug}"
    return [
        (entry.words, f"{root}/{entry.path}".rstrip("/"))
        for entry in area.entries
        if entry.is_for(here) and f"/{area.name}/{{slug}}/{entry.path}".rstrip("/") in there
    ]


def _of_installation(seat: Seat, path: str, there: Collection[str]) -> list[tuple[Lazy, str]]:
    if area_at(path) is not STAFF or not seat.is_administrator:
        return []
    return [(words, url) for words, url in EVERYWHERE if url in there]
