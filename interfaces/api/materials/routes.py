"""Materials for the delegates: sent by the office, read by delegates, reminders to who has not."""

from typing import Annotated

from fastapi import Depends, Response

from application import materials as commands
from application.materials import Written
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects.candidate_list import list_stream
from domain.shared import NotFound
from interfaces.api._base.callers import At, CandidateReader, OfficeReader, needing
from interfaces.api._base.files import DocumentSent, SentDocument, keep_document, sent_document
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.candidates.models import TheYear
from interfaces.api.deliberation.models import ReasonBody
from interfaces.api.materials.models import (
    EditionBody,
    MaterialBody,
    MaterialLine,
    MaterialShown,
    OwnMaterialShown,
    ReadersShown,
    TheMaterial,
    line,
    readers_shown,
)
from interfaces.web.candidates.papers import keeping
from interfaces.web.delegate.materials import own_file, own_material
from interfaces.web.delegate.waiting import OwnMaterial, own_materials
from interfaces.web.materials import reading
from interfaces.web.materials.routes import edition_file, known_material
from projections import materials
from projections.materials import MaterialRow

router = operations("materials", read=Scope.DELIBERATION_READ, write=Scope.DELIBERATION_WRITE)

PATH = "/congresses/{slug}/materials"
ONE = f"{PATH}/{{material}}"
OWN = "/congresses/{slug}/own-materials"
CARDS = "/congresses/{slug}/deliberation/{year}/card-readers"

Sender = Annotated[At, Depends(needing(Act.SEND_MATERIALS))]


@router.get(PATH, summary="会议材料")
def listed(here: OfficeReader, paging: Paged) -> Page[MaterialLine]:
    """The newest first."""
    with here.house.reading.connect() as connection:
        rows = materials.materials_of(connection, here.congress.id)
    return paging.part(here.told, rows, lambda row: row.material, line)


@router.get(ONE, summary="一份材料", description="包括各代表团的阅读情况。")
def one(here: OfficeReader, material: TheMaterial) -> MaterialShown:
    """With its readers."""
    here.shows(material)
    row = known_material(here.house, here.place, material)
    with here.house.reading.connect() as connection:
        readers = reading.of_material(connection, row)
    return MaterialShown(**line(row).model_dump(), readers=readers_shown(readers))


@router.post(f"{PATH}/documents", status_code=201, summary="先上传文件", description="留存一小时，凭标识随材料发出。")
def keep(here: Sender, document: SentDocument) -> DocumentSent:
    """Looked through as on the pages."""
    return keep_document(here, document)


@router.post(PATH, status_code=201, summary="发送材料")
def send(here: Sender, body: MaterialBody) -> MaterialShown:
    """To all delegates or to some delegations."""
    by = here.by()
    made = here.house.office.new_id(by, "material")
    with keeping(here.house, by, here.congress.id, sent_document(here, body.document), "file") as file:
        written = Written(title=body.title, words=body.words, file=file)
        position = commands.send_material(
            here.house.office, by, here.congress.id, body.session, made, written, body.delegations
        )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/materials/{made}")
    return one(here, made)


@router.post(f"{ONE}/replace", summary="更换材料", description="代表须重新阅读；以前的版本保留。")
def replace(here: Sender, material: TheMaterial, body: EditionBody) -> MaterialShown:
    """A better edition."""
    known_material(here.house, here.place, material)
    by = here.by(material)
    with keeping(here.house, by, here.congress.id, sent_document(here, body.document), "file") as file:
        written = Written(title=body.title, words=body.words, file=file)
        position = commands.replace_material(here.house.office, by, material, written, body.reason)
    here.done(position)
    return one(here, material)


@router.post(f"{ONE}/withdraw", summary="撤回材料")
def withdraw(here: Sender, material: TheMaterial, body: ReasonBody) -> MaterialShown:
    """It does not hold any more."""
    known_material(here.house, here.place, material)
    here.done(commands.withdraw_material(here.house.office, here.by(material), material, body.reason))
    return one(here, material)


@router.post(f"{ONE}/remind", summary="提醒未读的代表", description="每天最多一次。")
def remind(here: Sender, material: TheMaterial) -> MaterialShown:
    """Shown on their first page."""
    known_material(here.house, here.place, material)
    here.done(commands.remind_of_material(here.house.office, here.by(), material))
    return one(here, material)


@router.get(f"{ONE}/document", summary="材料的文件", **file_of(PDF))
def document(here: OfficeReader, material: TheMaterial) -> Response:
    """Of the newest edition."""
    row = known_material(here.house, here.place, material)
    return edition_file(here.house, material, row.latest.edition)


@router.get(CARDS, summary="候选项目卡片的阅读情况", description="读完名单上全部卡片才算已读。")
def card_readers(here: OfficeReader, year: TheYear) -> ReadersShown:
    """Of the published list."""
    here.shows(list_stream(here.congress.id, year))
    found = reading.of_cards(here.house, here.place, year)
    if found is None:
        raise NotFound(kind="candidate_list", id=str(year))
    return readers_shown(found)


@router.post(f"{CARDS}/remind", summary="提醒没有读完卡片的代表", description="每天最多一次。")
def remind_of_cards(here: Sender, year: TheYear) -> ReadersShown:
    """Shown on their first page."""
    here.done(commands.remind_of_cards(here.house.office, here.by(), here.congress.id, year))
    return card_readers(here, year)


@router.get(OWN, summary="发给本人的材料", description="令牌的账号所代表的代表收到的。")
def own(here: CandidateReader, paging: Paged) -> Page[OwnMaterialShown]:
    """What the delegate was sent."""
    with here.house.reading.connect() as connection:
        found = own_materials(connection, here.place)
    return paging.part(here.told, found, lambda mine: mine.row.material, _own)


@router.get(f"{OWN}/{{material}}", summary="发给本人的一份材料", description="读取不算已读。")
def own_one(here: CandidateReader, material: TheMaterial) -> OwnMaterialShown:
    """One of them."""
    here.shows(material)
    return _own(own_material(here.house, here.place, material))


@router.get(f"{OWN}/{{material}}/document", summary="发给本人的文件", **file_of(PDF))
def own_document(here: CandidateReader, material: TheMaterial) -> Response:
    """Of the newest edition."""
    return own_file(here.house, here.place, material)


@router.post(f"{OWN}/{{material}}/read", summary="标记材料已读", description="标记最新一版；重复标记不起作用。")
def read(here: CandidateReader, material: TheMaterial) -> OwnMaterialShown:
    """The delegate's read receipt."""
    by = here.by(material)
    edition = own_material(here.house, here.place, material).row.latest.edition
    here.done(commands.read_material(here.house.office, by, material, edition))
    return own_one(here, material)


def _own(mine: OwnMaterial) -> OwnMaterialShown:
    row: MaterialRow = mine.row
    return OwnMaterialShown(**line(row).model_dump(), is_read=mine.is_read)
