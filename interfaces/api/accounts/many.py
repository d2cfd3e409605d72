"""Many accounts of a congress's offices at once, and the slips of those who have not begun."""

from pydantic import Field

from application import account_slips
from application import accounts as commands
from application.accounts import NewAccount as NewPerson
from domain.accounts import account as accounts
from domain.accounts.permissions import Role
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import Here
from interfaces.api._base.models import LINE, Asked, Id, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api.accounts.models import AccountShown, Given, SlipsShown, shown, slip_shown
from interfaces.web.accounts.words import OFFICE_ROLES
from projections.accounts import Sought, accounts_sought

router = operations("accounts", read=Scope.ACCOUNTS_READ, write=Scope.ACCOUNTS_WRITE)

PATH = "/congresses/{slug}/accounts"
MOST_AT_ONCE = 500


class Person(Asked):
    """Somebody of an office."""

    login: str = Field(
        pattern=LINE, max_length=64, description="登录名：文字、数字、点和连字符，不能全是数字。", examples=["wangmin"]
    )
    name: str = Field(pattern=LINE, max_length=200, description="姓名。", examples=["王敏"])
    role: Given = Field(description="角色。", examples=["department"])
    unit: Id | None = Field(
        default=None,
        description="所在单位的标识；角色为责任单位时必填。",
        examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"],
    )


class People(Asked):
    """A list of people."""

    people: list[Person] = Field(
        min_length=1, max_length=MOST_AT_ONCE, description="开设账号的人；全部开设，或者一个也不开设。"
    )


class AccountsShown(Shown):
    """The accounts of a list."""

    accounts: list[AccountShown] = Field(description="开设的账号，按名单的次序。")


@router.post(PATH, status_code=201, summary="按名单开设账号", description="全部开设，或者一个也不开设。")
def opened_many(here: Here, body: People) -> AccountsShown:
    """The accounts of a list, all or none."""
    office, by = here.house.office, here.by()
    people = [NewPerson(name=one.name, login=one.login, role=Role(one.role), unit=one.unit) for one in body.people]
    position = commands.open_accounts(office, by, here.congress.id, people)
    here.done(position, f"{ROOT}/accounts?congress={here.congress.slug}")
    ids = [office.new_id(by, f"account/{person.login}") for person in people]
    known = office.states_of(ids, accounts.evolve)
    return AccountsShown(accounts=[shown(account, known[account]) for account in ids if account in known])


@router.post(
    f"{PATH}/slips",
    summary="为各单位发出启用条",
    description="为还没有启用的账号各发一张，代表除外。启用码只在回应中出现一次。",
)
def waiting_slips(here: Here) -> SlipsShown:
    """Slips for everybody of the offices who has not begun."""
    house = here.house
    sought = Sought(congress=here.congress.id, roles=OFFICE_ROLES, disabled=False, activated=False)
    with house.reading.connect() as connection:
        waiting = tuple(accounts_sought(connection, sought))
    position, printed = account_slips.issue_waiting_slips(
        house.office, house.private, here.by(), waiting, house.slips_last
    )
    here.done(position)
    return SlipsShown(slips=[slip_shown(one, house.settings.public_url) for one in printed])
