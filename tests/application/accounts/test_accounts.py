"""Commands about accounts, on both stores."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from application.account_slips import NoSlipsDue, SlipsAlreadyPrinted, issue_delegate_slips, issue_slip
from application.accounts import (
    disable_account,
    enable_account,
    grant_role,
    open_account,
    revoke_role,
)
from application.office import Office
from application.private import sign_ins, slips
from application.private.sign_ins import Endurance
from application.private.store import PrivateStore, open_private
from application.signing_in import use_slip
from domain.accounts import account as accounts
from domain.accounts.account import AccountIsDisabled, OwnAccount
from domain.accounts.login import LoginTaken
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress.congress import Level
from domain.congress.roll import DelegateEntry
from domain.shared import NotFound, NotPermitted
from tests.support.stores import Clock, by, granted

LASTING = timedelta(days=30)
PASSWORD = "three short words"
ENDURANCE = Endurance(idle=timedelta(hours=4), longest=timedelta(hours=14))
CHIEF = granted(Role.ADMINISTRATOR, name="管理员")


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


@pytest.fixture
def congress(office: Office) -> UUID:
    return founded(office, "qc")


def founded(office: Office, slug: str) -> UUID:
    made = uuid4()
    fact = congresses.found_congress(name=f"{slug}人民代表大会", short_name=slug, slug=slug, level=Level.CITY, term=16)
    office.change(by(), made, congresses.evolve, lambda _: fact)
    return made


@pytest.fixture
def delegates(office: Office, congress: UUID) -> dict[str, UUID]:
    """Six delegates in two delegations, by name."""
    import_id = uuid4()
    entries = [
        DelegateEntry(
            delegate=rolls.delegate_id(import_id, f"{number:03}"),
            number=f"{number:03}",
            name=name,
            delegation="第一代表团" if number <= 4 else "第二代表团",
        )
        for number, name in enumerate(("阿古拉", "欧阳海燕", "张丽", "李建国", "陈晓", "苏和"), start=1)
    ]
    office.change(
        by(),
        rolls.roll_stream(congress),
        rolls.evolve,
        lambda roll: rolls.import_delegates(roll, congress, import_id, "名册.xlsx", entries),
    )
    return {entry.name: entry.delegate for entry in entries}


def staff(congress: UUID) -> Actor:
    return granted(Role.STAFF, congress)


def opened(office: Office, *grants: Grant, login: str = "wangmin") -> UUID:
    account = uuid4()
    open_account(office, by(CHIEF), account, login, "王敏", grants[0])
    for grant in grants[1:]:
        grant_role(office, by(CHIEF), account, grant)
    return account


def test_an_account_is_opened_with_a_role(office: Office, congress: UUID) -> None:
    account = opened(office, Grant(role=Role.STAFF, congress=congress))
    state = office.state_of(account, accounts.evolve)
    assert state is not None
    assert (state.login, state.name, state.activated) == ("wangmin", "王敏", False)
    assert state.grants == (Grant(role=Role.STAFF, congress=congress),)


def test_opening_twice_with_one_key_opens_one_account(office: Office, congress: UUID) -> None:
    grant = Grant(role=Role.STAFF, congress=congress)
    asked = by(CHIEF)
    account = office.new_id(asked, "account")
    first = open_account(office, asked, account, "wangmin", "王敏", grant)
    assert open_account(office, asked, account, "wangmin", "王敏", grant) == first


def test_two_accounts_never_share_a_sign_in_name(office: Office, congress: UUID) -> None:
    opened(office, Grant(role=Role.STAFF, congress=congress))
    with pytest.raises(LoginTaken):
        opened(office, Grant(role=Role.STAFF, congress=congress), login="WangMin")


def test_an_administrator_of_one_congress_opens_accounts_there_only(office: Office, congress: UUID) -> None:
    local = granted(Role.ADMINISTRATOR, congress)
    open_account(office, by(local), uuid4(), "li", "李红", Grant(role=Role.STAFF, congress=congress))
    for grant in (
        Grant(role=Role.STAFF, congress=founded(office, "dh")),
        Grant(role=Role.ADMINISTRATOR, congress=None),
    ):
        with pytest.raises(NotPermitted):
            open_account(office, by(local), uuid4(), "zhao", "赵强", grant)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_manages_accounts(role: Role, office: Office, congress: UUID) -> None:
    with pytest.raises(NotPermitted):
        open_account(
            office, by(granted(role, congress)), uuid4(), "li", "李红", Grant(role=Role.STAFF, congress=congress)
        )


def test_a_role_needs_a_congress_and_a_unit_that_are_there(office: Office, congress: UUID) -> None:
    with pytest.raises(NotFound):
        opened(office, Grant(role=Role.STAFF, congress=uuid4()))
    with pytest.raises(NotFound):
        opened(office, Grant(role=Role.DEPARTMENT, congress=congress, unit=uuid4()))


def test_taking_a_role_back_ends_what_it_permitted(office: Office, congress: UUID) -> None:
    account = opened(office, Grant(role=Role.STAFF, congress=congress))
    revoke_role(office, by(CHIEF), account, Role.STAFF, congress)
    state = office.state_of(account, accounts.evolve)
    assert state is not None
    assert state.grants == ()


def test_disabling_ends_every_sign_in_and_the_slip(office: Office, private: PrivateStore, congress: UUID) -> None:
    account = opened(office, Grant(role=Role.STAFF, congress=congress))
    token = sign_ins.begin(private, account, office.now())
    _, slip = issue_slip(office, private, by(CHIEF), account, LASTING)
    disable_account(office, private, by(CHIEF), account, "调离")
    assert sign_ins.account_of(private, token, office.now(), ENDURANCE) is None
    assert slips.find(private, slip.secret, office.now()) is None
    enable_account(office, by(CHIEF), account)
    assert slips.find(private, slip.secret, office.now()) is None


def test_nobody_disables_the_own_account(office: Office, private: PrivateStore) -> None:
    account = opened(office, Grant(role=Role.ADMINISTRATOR, congress=None))
    me = office.state_of(account, accounts.evolve)
    assert me is not None
    with pytest.raises(OwnAccount):
        disable_account(office, private, by(me.actor(account)), account, "调离")


def test_an_administrator_of_one_congress_touches_no_account_that_reaches_farther(
    office: Office, private: PrivateStore, congress: UUID
) -> None:
    elsewhere = founded(office, "dh")
    shared = opened(
        office, Grant(role=Role.STAFF, congress=congress), Grant(role=Role.STAFF, congress=elsewhere), login="shared"
    )
    chief = opened(office, Grant(role=Role.ADMINISTRATOR, congress=None), login="chief")
    local = granted(Role.ADMINISTRATOR, congress)
    for account in (shared, chief):
        with pytest.raises(NotPermitted):
            issue_slip(office, private, by(local), account, LASTING)
        with pytest.raises(NotPermitted):
            disable_account(office, private, by(local), account, "调离")


def test_an_account_without_roles_is_the_installations(office: Office, private: PrivateStore, congress: UUID) -> None:
    account = opened(office, Grant(role=Role.STAFF, congress=congress))
    revoke_role(office, by(CHIEF), account, Role.STAFF, congress)
    with pytest.raises(NotPermitted):
        issue_slip(office, private, by(granted(Role.ADMINISTRATOR, congress)), account, LASTING)


def test_every_delegate_of_the_roll_gets_a_slip_and_an_account(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    _, printed = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    assert [(slip.login, slip.name, slip.delegation) for slip in printed][:2] == [
        ("qc-001", "阿古拉", "第一代表团"),
        ("qc-002", "欧阳海燕", "第一代表团"),
    ]
    assert len({slip.secret for slip in printed}) == 6
    assert {slip.expires_at for slip in printed} == {office.now() + LASTING}
    state = office.state_of(printed[0].account, accounts.evolve)
    assert state is not None
    assert state.grants == (Grant(role=Role.DELEGATE, congress=congress, delegate=delegates["阿古拉"]),)


def test_slips_are_printed_for_one_delegation_or_one_delegate(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    _, second = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegation="第二代表团")
    assert [slip.name for slip in second] == ["陈晓", "苏和"]
    _, one = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegate=delegates["张丽"])
    assert [slip.name for slip in one] == ["张丽"]


def test_a_lost_slip_is_dead_when_it_is_issued_anew(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    _, first = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    _, (again,) = issue_delegate_slips(
        office, private, by(staff(congress)), congress, LASTING, delegate=delegates["张丽"]
    )
    lost = next(slip for slip in first if slip.name == "张丽")
    assert slips.find(private, lost.secret, office.now()) is None
    found = slips.find(private, again.secret, office.now())
    assert found is not None
    assert found.account == lost.account


def test_printing_for_all_leaves_those_who_have_begun_alone(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    _, printed = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    use_slip(office, private, printed[0].secret, PASSWORD)
    _, rest = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    assert [slip.name for slip in rest] == [slip.name for slip in printed[1:]]
    for slip in rest:
        use_slip(office, private, slip.secret, PASSWORD)
    with pytest.raises(NoSlipsDue):
        issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)


def test_the_same_form_sent_twice_does_not_kill_the_slips_on_paper(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    asked = by(staff(congress))
    _, printed = issue_delegate_slips(office, private, asked, congress, LASTING)
    with pytest.raises(SlipsAlreadyPrinted):
        issue_delegate_slips(office, private, asked, congress, LASTING)
    assert all(slips.find(private, slip.secret, office.now()) for slip in printed)


def test_a_crash_between_recording_and_printing_prints_the_recorded_slips(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = by(staff(congress))
    with monkeypatch.context() as broken:
        broken.setattr(slips, "keep", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            issue_delegate_slips(office, private, asked, congress, LASTING)
    _, printed = issue_delegate_slips(office, private, asked, congress, LASTING)
    assert len(printed) == 6
    assert all(slips.find(private, slip.secret, office.now()) for slip in printed)


def test_staff_cannot_enter_an_administrators_account_by_a_delegates_slip(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegate=delegates["张丽"])
    account = accounts.account_of_delegate(delegates["张丽"])
    grant_role(office, by(CHIEF), account, Grant(role=Role.ADMINISTRATOR, congress=congress))
    with pytest.raises(NotPermitted):
        issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegate=delegates["张丽"])
    _, others = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    assert "张丽" not in [slip.name for slip in others]
    _, (slip,) = issue_delegate_slips(office, private, by(CHIEF), congress, LASTING, delegate=delegates["张丽"])
    assert slip.name == "张丽"


def test_a_disabled_delegate_gets_no_slip(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID]
) -> None:
    issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegate=delegates["张丽"])
    disable_account(office, private, by(CHIEF), accounts.account_of_delegate(delegates["张丽"]), "调离")
    with pytest.raises(AccountIsDisabled):
        issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegate=delegates["张丽"])


def test_slips_are_for_those_on_the_roll(office: Office, private: PrivateStore, congress: UUID) -> None:
    with pytest.raises(NotFound):
        issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    with pytest.raises(NotFound):
        issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING, delegate=uuid4())


def test_no_secret_is_in_the_history_or_readable_in_the_private_store(
    office: Office, private: PrivateStore, congress: UUID, delegates: dict[str, UUID], clock: Clock
) -> None:
    _, printed = issue_delegate_slips(office, private, by(staff(congress)), congress, LASTING)
    use_slip(office, private, printed[0].secret, PASSWORD)
    told = repr(office.history.select(0, 1000))
    with private.reading() as connection:
        for table in ("private_slip", "private_credential", "private_sign_in"):
            told += repr(connection.execute(text(f"SELECT * FROM {table}")).all())
    assert PASSWORD not in told
    assert not any(slip.secret in told for slip in printed)
