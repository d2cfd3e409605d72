"""The rules by which progress is reported and lights shine."""

from decimal import Decimal
from typing import Annotated

from fastapi import Depends
from pydantic import Field

from application.implementation import lights as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects.lights import SCHEMES, Band, Colour, LightRules
from domain.projects.periods import LATEST_REMINDER, ProgressRules, Rhythm, progress_rules_stream
from interfaces.api._base.callers import At, needing
from interfaces.api._base.models import LINE, Asked, Money, Shown, Whole
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.progress.routes import Reader

router = operations("lights", read=Scope.IMPLEMENTATION_READ, write=Scope.IMPLEMENTATION_WRITE)

PATH = "/congresses/{slug}/progress-rules"
Keeper = Annotated[At, Depends(needing(Act.KEEP_IMPLEMENTATION))]
Limit = Annotated[Money, Field(ge=-100, le=100, max_digits=5, decimal_places=2)]


class BandBody(Asked):
    """One colour of the scheme."""

    colour: Colour = Field(description="颜色。", examples=["green"])
    words: str = Field(pattern=LINE, max_length=20, description="叫什么。", examples=["正常推进"])
    at_least: Limit | None = Field(
        default=None, description="实际减计划不低于多少百分点；最后一种为 null。", examples=["-5"]
    )


class RulesBody(Asked):
    """The rules of a congress."""

    title: str = Field(pattern=LINE, max_length=100, description="办法名称。", examples=["本市进度办法"])
    rhythm: Rhythm = Field(description="多久填报一次。", examples=["quarterly"])
    report_day: Whole = Field(ge=1, le=28, description="每期几日报送，遇休息日顺延。", examples=[20])
    remind_after: Whole | None = Field(
        default=None,
        ge=1,
        le=LATEST_REMINDER,
        description="填报或节点逾期几个工作日自动催办；null 为人工。",
        examples=[3],
    )
    bands: tuple[BandBody, ...] = Field(min_length=2, max_length=7, description="从最好的写起，最后一种不设界限。")
    milestone_overdue: Colour = Field(default=Colour.RED, description="节点逾期亮什么灯。", examples=["red"])
    accepted: Colour = Field(default=Colour.BLUE, description="已验收亮什么灯。", examples=["blue"])
    suspended: Colour = Field(default=Colour.GREY, description="已暂缓亮什么灯。", examples=["grey"])
    terminated: Colour = Field(default=Colour.BLACK, description="已终止亮什么灯。", examples=["black"])


class BandShown(Shown):
    """One colour of the scheme."""

    colour: Colour = Field(description="颜色。", examples=["green"])
    words: str = Field(description="叫什么。", examples=["正常推进"])
    at_least: Decimal | None = Field(description="实际减计划不低于多少百分点；最后一种为 null。", examples=["-5"])


class LightsShown(Shown):
    """A scheme of lights."""

    bands: list[BandShown] = Field(description="从最好的到最差的。")
    milestone_overdue: Colour = Field(description="节点逾期亮什么灯。", examples=["red"])
    accepted: Colour = Field(description="已验收亮什么灯。", examples=["blue"])
    suspended: Colour = Field(description="已暂缓亮什么灯。", examples=["grey"])
    terminated: Colour = Field(description="已终止亮什么灯。", examples=["black"])


class RulesShown(LightsShown):
    """The rules in force."""

    version: int = Field(description="第几版；0 是默认办法。", examples=[1])
    title: str = Field(description="办法名称。", examples=["本市进度办法"])
    rhythm: Rhythm = Field(description="多久填报一次。", examples=["quarterly"])
    report_day: int = Field(description="每期几日报送。", examples=[20])
    remind_after: int | None = Field(description="逾期几个工作日自动催办；null 为人工。", examples=[3])


class SchemeShown(LightsShown):
    """A ready-made scheme."""

    name: str = Field(description="方案的用词。", examples=["three_colours"])


@router.get(PATH, summary="现行进度办法")
def rules(here: Reader) -> RulesShown:
    """How often progress is reported, and how lights shine."""
    here.shows(progress_rules_stream(here.congress.id))
    adopted = commands.adopted_rules_for(here.house.office, here.congress.id)
    known = adopted.rules
    return RulesShown.model_validate(
        {
            **_lights(known.lights),
            "version": adopted.version,
            "title": known.title,
            "rhythm": known.rhythm,
            "report_day": known.report_day,
            "remind_after": known.remind_after,
        }
    )


@router.put(PATH, summary="通过新的进度办法", description="从现在起按它填报和亮灯。")
def adopt(here: Keeper, body: RulesBody) -> RulesShown:
    """From now on."""
    by = here.by(progress_rules_stream(here.congress.id))
    bands = tuple(Band(colour=one.colour, words=one.words, at_least=one.at_least) for one in body.bands)
    lights = LightRules(
        bands=bands,
        milestone_overdue=body.milestone_overdue,
        accepted=body.accepted,
        suspended=body.suspended,
        terminated=body.terminated,
    )
    wanted = ProgressRules(
        title=body.title,
        rhythm=body.rhythm,
        report_day=body.report_day,
        lights=lights,
        remind_after=body.remind_after,
    )
    here.done(commands.adopt_progress_rules(here.house.office, by, here.congress.id, wanted))
    return rules(here)


@router.get(f"{PATH}/schemes", summary="现成的亮灯方案")
def schemes(here: Reader, paging: Paged) -> Page[SchemeShown]:
    """After published practice."""
    listed = list(SCHEMES.items())
    return paging.part(
        here.told,
        listed,
        lambda one: one[0],
        lambda one: SchemeShown.model_validate({**_lights(one[1]), "name": one[0]}),
    )


def _lights(known: LightRules) -> dict[str, object]:
    bands = [BandShown(colour=one.colour, words=one.words, at_least=one.at_least) for one in known.bands]
    causes = ("milestone_overdue", "accepted", "suspended", "terminated")
    return {"bands": bands, **{cause: getattr(known, cause) for cause in causes}}
