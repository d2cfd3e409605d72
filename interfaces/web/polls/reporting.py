"""The count of a poll as it leaves the screen: the report on paper, the files of the tally, Pabulib."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final
from uuid import UUID

from domain.congress.roll import Roll
from domain.polls.count import read_count
from domain.polls.parts import rules_of
from domain.polls.poll import CountSigned, Sealing, SignerRole
from domain.polls.rules import Form, Publication
from domain.projects.project import Project, Stage
from domain.shared import CHINA, NotFound
from interfaces.documents.count_report import CountReport, ReportItem, ReportSignature
from interfaces.documents.pabulib import PbExport, PbProject
from interfaces.web.polls import words
from interfaces.web.polls.account import account, only_the_sum, parts
from interfaces.web.polls.desk import PollDesk
from interfaces.web.polls.grades import Grades, grades_of, printed_grades
from interfaces.web.polls.names import names
from interfaces.web.polls.results import Result, result_of
from interfaces.web.polls.sequel import sequel_of, with_sequel
from interfaces.web.profiles.plain import in_plain_words

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def count_of(desk: PollDesk) -> dict[str, Any]:
    """The current count as plain values. Raises NotFound while there is none."""
    if desk.state.counted is None:
        raise NotFound(kind="count", id=str(desk.id))
    return _read(desk.state.counted.count)


@cache
def _read(text: str) -> dict[str, Any]:
    return read_count(text)


def result(desk: PollDesk) -> Result | None:
    """The counted vote for the screen, with what became of places left open.

    None for a void poll, which shows nothing but why, and for an evaluation, which has grades.
    """
    counted = _counted(desk)
    return with_sequel(counted, sequel_of(desk.house.office, desk.state)) if counted else None


def grades(desk: PollDesk) -> Grades | None:
    """The counted evaluation for the screen; None for a void one and for a vote."""
    return grades_of(desk.state.prepared.profile, count_of(desk))


def _counted(desk: PollDesk) -> Result | None:
    outcome, rules = count_of(desk)["outcome"], desk.state.prepared.profile
    return result_of(outcome, rules) if outcome["valid"] and rules.form is not Form.GRADE else None


def report(desk: PollDesk, roll: Roll) -> CountReport:
    """The count report as it is printed and signed by hand. Raises NotFound while there is no count."""
    count, prepared, counted = count_of(desk), desk.state.prepared, desk.state.counted
    outcome, rules = count["outcome"], prepared.profile
    shown, graded = _counted(desk), grades(desk)
    checkpoint = desk.house.history.tree_store.last_checkpoint(desk.house.settings.tree_hash)
    return CountReport(
        congress=desk.here.congress.name,
        session=prepared.session_title,
        poll=prepared.title,
        held_on=_held_on(desk),
        chosen=rules.form is Form.CHOOSE,
        quota=rules.quota,
        all_delegates=count["all_delegates"],
        attending=count["attending"],
        issued=count["issued"],
        returned=count["returned"],
        void_ballots=outcome.get("void_ballots", 0),
        invalid="" if outcome["valid"] else str(words.VOID[outcome["reason"]]),
        items=tuple(_item(item, place) for place, item in enumerate(outcome["items"], 1)) if shown else (),
        grades=printed_grades(graded) if graded else None,
        remarks=_remarks(shown, count),
        account=account(count),
        parts=parts(count, rules_of(prepared)),
        profile_title=rules.title,
        profile=in_plain_words(rules, count["all_delegates"]),
        count_hash=counted.count_hash if counted else "",
        box_root=count["box"]["root"],
        checkpoint=checkpoint.note if checkpoint else "",
        checkpoint_key=checkpoint.key if checkpoint else "",
        key=count.get("key") or "",
        unsealed=prepared.sealing is Sealing.UNSEALED and prepared.card_set is not None,
        rehearsal=prepared.rehearsal,
        signatures=_signatures(desk, roll),
    )


def _remarks(shown: Result | None, count: dict[str, Any]) -> tuple[str, ...]:
    merged = only_the_sum(count)
    return (*(shown.still_open if shown else ()), *(shown.remarks if shown else ()), *((merged,) if merged else ()))


def _item(item: dict[str, Any], place: int) -> ReportItem:
    number = item["id"]
    return ReportItem(
        number=int(number) if number.isdecimal() else place,
        name=item["name"],
        votes_for=item["for"],
        against=item["against"],
        abstain=item["abstain"],
        not_ticked=item["not_ticked"],
        not_pressed=item["not_pressed"],
        void=item["void"],
        base=item["base"],
        needed=item["needed"],
        passed=item["passed"],
        rank=item["rank"],
        adopted=item["adopted"],
    )


def _signatures(desk: PollDesk, roll: Roll) -> tuple[ReportSignature, ...]:
    """A line for everybody who was approved, with the moment for those who have signed in the system."""
    signed = {signature.delegate: signature for signature in desk.signatures}
    given: dict[UUID, CountSigned] = {signature.delegate: signature for signature in desk.state.signatures}
    appointed = [
        (desk.state.chief, SignerRole.CHIEF),
        *((one, SignerRole.SCRUTINEER) for one in desk.state.scrutineers),
    ]
    lines = []
    for delegate, role in appointed:
        if delegate is None:
            continue
        name = given[delegate].name if delegate in given else names(roll, (delegate,))[0]
        at = signed[delegate].at if delegate in signed else None
        lines.append(ReportSignature(role=str(words.ROLES[role]), name=name, signed_at=at))
    return tuple(lines)


def _held_on(desk: PollDesk) -> date:
    opened = desk.board.opened_at
    return opened.astimezone(CHINA).date() if opened else desk.house.office.today()


def tally_files(desk: PollDesk) -> dict[str, str]:
    """profile.json, poll.json and columns.json as `piaojue tally` reads them.

    Raises NotFound for a poll without a valid count: nothing of its marks is shown.
    """
    count = count_of(desk)
    if not count["outcome"]["valid"]:
        raise NotFound(kind="count", id=str(desk.id))
    return tally_files_of(count)


def tally_files_of(count: dict[str, Any]) -> dict[str, str]:
    """The same from a valid count."""
    poll = {
        "title": count["title"],
        "items": [{"id": item["id"], "name": item["name"]} for item in count["items"]],
        **{name: count[name] for name in ("all_delegates", "attending", "issued")},
    }
    parts = {"profile.json": count["profile"], "poll.json": poll, "columns.json": count["columns"]}
    return {name: _written(part) for name, part in parts.items()}


def tally_zip(desk: PollDesk) -> bytes:
    """The files of the tally in one archive: the same count, the same bytes. Raises NotFound."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(tally_files(desk).items()):
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, text)
    return out.getvalue()


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def pabulib(desk: PollDesk, known: dict[UUID, Project]) -> PbExport:
    """A declared poll for Pabulib, without rows of marks; votes only where the profile publishes them."""
    count, prepared = count_of(desk), desk.state.prepared
    rules = prepared.profile
    results = {item["id"]: item for item in count["outcome"]["items"]}
    projects = []
    for place, item in enumerate(prepared.items, 1):
        card = known[item.project].card
        projects.append(
            PbProject(
                number=int(item.id) if item.id.isdecimal() else place,
                name=item.name,
                cost=card.total_funds or Decimal(0),
                votes=results[item.id]["for"],
                selected=known[item.project].stage is Stage.ADOPTED,
                category=card.category,
                beneficiaries=card.beneficiaries,
                code=known[item.project].code,
                longitude=card.longitude,
                latitude=card.latitude,
            )
        )
    return PbExport(
        description=prepared.title,
        place=desk.here.congress.name,
        year=int(prepared.year),
        session=prepared.session_title,
        voted_on=_held_on(desk),
        all_delegates=count["all_delegates"],
        attending=count["attending"],
        returned=count["returned"],
        quota=rules.quota if rules.form is Form.CHOOSE else None,
        rule="".join(in_plain_words(rules, count["all_delegates"])),
        full_counts=rules.publication is Publication.FULL_COUNTS,
        projects=tuple(projects),
    )
