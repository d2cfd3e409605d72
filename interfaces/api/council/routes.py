"""A council's agenda: items, notes, hands, results, and what becomes of them."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from application import council as commands
from application.council import NewItem
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.council import DiscussionCorrected, Hands, Matter, agenda_stream
from domain.proposals.proposal import Suggestion
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.api.council.models import (
    CorrectionBody,
    DecidingPollBody,
    HandsBody,
    ItemShown,
    ListedShown,
    MatterBody,
    MoveBody,
    NewItemBody,
    NoteBody,
    PassOnBody,
    RemovalBody,
    ResultBody,
    StreetListBody,
    TheItem,
    TheNote,
    item_shown,
    listed_shown,
)
from interfaces.api.lists.routes import TheYear
from interfaces.api.sessions.models import TheSession
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.council import papers, views
from interfaces.web.council.leaving import suggested
from projections import agenda

router = operations("agenda", read=Scope.DELIBERATION_READ, write=Scope.DELIBERATION_WRITE)

PATH = "/congresses/{slug}/sessions/{session}/agenda"
ITEM = f"{PATH}/{{item}}"

Keeper = Annotated[At, Depends(needing(Act.KEEP_AGENDA))]


@router.get(PATH, summary="会议议程", description="各项的发言、举手、结果和去向，按次序。")
def items(here: OfficeReader, session: TheSession, paging: Paged) -> Page[ItemShown]:
    """The agenda in order."""
    with here.house.reading.connect() as conn:
        known = views.meeting(conn, here.place, session)
        notes = agenda.notes_of(conn, session)
    return paging.part(
        here.told, known.items, lambda row: row.item, lambda row: item_shown(row, notes.get(row.item, []))
    )


@router.post(PATH, status_code=201, summary="列入议程", description="排在最后，可以关于一件收到的建议。")
def enter(here: Keeper, session: TheSession, body: NewItemBody) -> ItemShown:
    """One more item at the end."""
    _known(here, session)
    by = here.by(agenda_stream(session))
    matter = Matter(title=body.title, content=body.content, presenter=body.presenter)
    made = here.house.office.new_id(by, "agenda-item/0")
    entered = [NewItem(matter=matter, proposal=body.proposal)]
    position = commands.enter_items(here.house.office, by, session, entered)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/sessions/{session}/agenda/{made}")
    return one(here, session, made)


@router.get(f"{PATH}/sheet.docx", summary="议程单", **file_of(papers.DOCX))
def sheet(here: OfficeReader, session: TheSession) -> Response:
    """The agenda sheet."""
    with speaking(CHINESE):
        return papers.agenda_file(here.house, here.place, session)


@router.get(f"{PATH}/minutes.docx", summary="会商纪要", **file_of(papers.DOCX))
def minutes(here: OfficeReader, session: TheSession) -> Response:
    """The minutes."""
    with speaking(CHINESE):
        return papers.minutes_file(here.house, here.place, session)


@router.post(f"{PATH}/pass-on", summary="报送上级", description="选定的事项成为上级征集的建议，要么全部、要么都不。")
def pass_on(here: Keeper, session: TheSession, body: PassOnBody) -> Page[ItemShown]:
    """Passes items on; what they say is made of the item where nothing else is given."""
    with here.house.reading.connect() as conn:
        known = views.meeting(conn, here.place, session)
    proposed: dict[UUID, Suggestion] = {}
    for going in body.items:
        row = views.item_of(known, going.item)
        content = going.content or suggested(row, here.place, known.session.title)
        proposed[going.item] = Suggestion(title=going.title or row.title, content=content)
    position = commands.pass_on(here.house.office, here.by(agenda_stream(session)), session, proposed)
    here.done(position)
    return _all_of(here, session, set(proposed))


@router.post(f"{PATH}/street-list", summary="列入本街道清单", description="举手选定的事项列入并公布，接着编号。")
def announce(here: Keeper, session: TheSession, body: StreetListBody) -> Page[ItemShown]:
    """Puts items on the street's own list."""
    _known(here, session)
    by = here.by(agenda_stream(session))
    position = commands.announce_street_list(here.house.office, by, session, body.items, body.notice_number)
    here.done(position)
    return _all_of(here, session, set(body.items))


@router.get("/congresses/{slug}/years/{year}/street-list", summary="本街道清单")
def street_list(here: OfficeReader, year: TheYear, paging: Paged) -> Page[ListedShown]:
    """The street's own list of a year."""
    with here.house.reading.connect() as conn:
        found = agenda.street_list(conn, here.congress.id, year)
    return paging.part(here.told, found, lambda row: row.number, listed_shown)


@router.get(ITEM, summary="一项议程")
def one(here: OfficeReader, session: TheSession, item: TheItem) -> ItemShown:
    """One item."""
    here.shows(agenda_stream(session))
    with here.house.reading.connect() as conn:
        row = views.item_of(views.meeting(conn, here.place, session), item)
        return item_shown(row, agenda.notes_of(conn, session).get(item, []))


@router.put(ITEM, summary="更正议程事项", description="还没有交付表决的才能更正。")
def put_right(here: Keeper, session: TheSession, item: TheItem, body: MatterBody) -> ItemShown:
    """Another wording or presenter."""
    _known(here, session)
    matter = Matter(title=body.title, content=body.content, presenter=body.presenter)
    by = here.by(agenda_stream(session))
    here.done(commands.put_item_right(here.house.office, by, session, item, matter))
    return one(here, session, item)


@router.post(f"{ITEM}/move", summary="调整次序")
def move(here: Keeper, session: TheSession, item: TheItem, body: MoveBody) -> ItemShown:
    """Another place."""
    _known(here, session)
    here.done(commands.move_item(here.house.office, here.by(agenda_stream(session)), session, item, body.to))
    return one(here, session, item)


@router.post(f"{ITEM}/remove", status_code=204, summary="移出议程")
def remove(here: Keeper, session: TheSession, item: TheItem, body: RemovalBody) -> None:
    """Off the agenda."""
    _known(here, session)
    here.done(commands.remove_item(here.house.office, here.by(agenda_stream(session)), session, item, body.reason))


@router.post(f"{ITEM}/notes", status_code=201, summary="记录发言")
def note(here: Keeper, session: TheSession, item: TheItem, body: NoteBody) -> ItemShown:
    """What was said."""
    _known(here, session)
    by = here.by(agenda_stream(session))
    position = commands.note_discussion(here.house.office, by, session, item, body.speaker, body.words)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/sessions/{session}/agenda/{item}")
    return one(here, session, item)


@router.put(f"{ITEM}/notes/{{note}}", summary="更正发言记录")
def correct(here: Keeper, session: TheSession, item: TheItem, note: TheNote, body: CorrectionBody) -> ItemShown:
    """What was really said."""
    _known(here, session)
    fact = DiscussionCorrected(item=item, note=note, speaker=body.speaker, words=body.words, reason=body.reason)
    here.done(commands.correct_discussion(here.house.office, here.by(agenda_stream(session)), session, fact))
    return one(here, session, item)


@router.post(f"{ITEM}/hands", summary="登记举手结果", description="四个数合计必须等于到会人数。")
def show_hands(here: Keeper, session: TheSession, item: TheItem, body: HandsBody) -> ItemShown:
    """Hands counted."""
    _known(here, session)
    numbers = ("present", "votes_for", "against", "abstain", "not_voting")
    hands = Hands(**{name: getattr(body, name) for name in numbers}, counted_by=body.counted_by)
    by = here.by(agenda_stream(session))
    position = commands.show_hands(
        here.house.office, by, session, item, hands, profile=body.profile, reason=body.reason
    )
    here.done(position)
    return one(here, session, item)


@router.post(f"{ITEM}/poll", summary="改由无记名表决决定")
def put_to_poll(here: Keeper, session: TheSession, item: TheItem, body: DecidingPollBody) -> ItemShown:
    """A poll of the meeting decides."""
    _known(here, session)
    by = here.by(agenda_stream(session))
    here.done(commands.put_to_poll(here.house.office, by, session, item, body.poll, body.poll_item))
    return one(here, session, item)


@router.post(f"{ITEM}/result", summary="登记会商结果")
def decide(here: Keeper, session: TheSession, item: TheItem, body: ResultBody) -> ItemShown:
    """The result."""
    _known(here, session)
    by = here.by(agenda_stream(session))
    here.done(commands.decide_item(here.house.office, by, session, item, body.result, body.reason))
    return one(here, session, item)


def _known(here: At, session: UUID) -> None:
    """Raises NotFound for a session of another body."""
    with here.house.reading.connect() as conn:
        views.meeting(conn, here.place, session)


def _all_of(here: At, session: UUID, wanted: set[UUID]) -> Page[ItemShown]:
    with here.house.reading.connect() as conn:
        rows = [row for row in views.meeting(conn, here.place, session).items if row.item in wanted]
        notes = agenda.notes_of(conn, session)
    return Page(items=[item_shown(row, notes.get(row.item, [])) for row in rows], next=None)
