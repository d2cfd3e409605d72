"""Signing in, slips used up, passwords, and slowing down who guesses."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.account_slips import issue_slip
from application.accounts import disable_account, open_account
from application.office import Office
from application.private import notes, passwords, patience, sign_ins, slips
from application.private.patience import Addresses, TooManyAttempts, wait_of
from application.private.sign_ins import Endurance
from application.private.store import PrivateStore, open_private
from application.private.vault import Vault
from application.signing_in import (
    Door,
    SignedIn,
    SignInRefused,
    WrongPassword,
    change_password,
    confirm_password,
    create_administrator,
    living_slip,
    sign_in,
    use_slip,
)
from domain.accounts import account as accounts
from domain.accounts.account import SlipSpent
from domain.accounts.login import LoginTaken
from domain.accounts.permissions import Act, Actor, Grant, Role
from domain.shared import Invalid
from tests.support.stores import Clock, by, granted

PASSWORD = "three short words"
ENDURANCE = Endurance(idle=timedelta(hours=4), longest=timedelta(hours=14))
CHIEF = granted(Role.ADMINISTRATOR, name="管理员")


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    opened = open_private(database_url)
    yield opened
    opened.close()


@pytest.fixture
def wang(office: Office, private: PrivateStore) -> UUID:
    return create_administrator(office, private, "first", login="wangmin", name="王敏", password=PASSWORD)


def enters(
    office: Office, private: PrivateStore, login: str, password: str, addresses: Addresses | None = None
) -> UUID:
    door = Door(office=office, private=private, vault=Vault(Path("nowhere")), log_kept_for=timedelta(days=184))
    came = sign_in(door, addresses or Addresses(), login=login, password=password, address="10.0.0.7")
    assert isinstance(came, SignedIn)
    return came.account


def actor_of(office: Office, account: UUID) -> Actor:
    state = office.state_of(account, accounts.evolve)
    assert state is not None
    return state.actor(account)


def slip_for(office: Office, private: PrivateStore, account: UUID) -> str:
    return issue_slip(office, private, by(CHIEF), account, timedelta(days=30))[1].secret


def test_the_first_administrator_is_made_on_the_command_line_and_signs_in(
    office: Office, private: PrivateStore, wang: UUID
) -> None:
    assert enters(office, private, " WangMin ", PASSWORD) == wang
    assert actor_of(office, wang).may(Act.FOUND_CONGRESS, None)
    with pytest.raises(LoginTaken):
        create_administrator(office, private, "second", login="wangmin", name="王敏", password=PASSWORD)
    with pytest.raises(Invalid):
        create_administrator(office, private, "third", login="li", name="李红", password="12345678")


@pytest.mark.parametrize(("login", "password"), [("wangmin", "wrong"), ("nobody", PASSWORD), ("wangmin", ""), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(
    login: str, password: str, office: Office, private: PrivateStore, wang: UUID
) -> None:
    with pytest.raises(SignInRefused):
        enters(office, private, login, password)


def test_an_unknown_name_costs_the_same_work_as_a_known_one(
    office: Office, private: PrivateStore, wang: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    really = passwords._verified

    def counted(stored: str, typed: str) -> bool:
        verified.append(stored)
        return really(stored, typed)

    monkeypatch.setattr(passwords, "_verified", counted)
    for login in ("wangmin", "nobody"):
        with pytest.raises(SignInRefused):
            enters(office, private, login, "wrong words")
    assert len(verified) == 2
    assert verified[0].split("$")[:4] == verified[1].split("$")[:4]


def test_a_disabled_account_does_not_sign_in(office: Office, private: PrivateStore, wang: UUID) -> None:
    disable_account(office, private, by(CHIEF), wang, "调离")
    with pytest.raises(SignInRefused):
        enters(office, private, "wangmin", PASSWORD)


def test_waiting_doubles_after_five_failures_and_never_exceeds_a_minute() -> None:
    assert [wait_of(failures) for failures in (0, 4, 5, 6, 7, 8, 9, 10, 500)] == [0, 0, 2, 4, 8, 16, 32, 60, 60]


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait_but_not_for_ever(
    office: Office, private: PrivateStore, wang: UUID, clock: Clock
) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            enters(office, private, "wangmin", "wrong words")
    with pytest.raises(TooManyAttempts) as refused:
        enters(office, private, "wangmin", PASSWORD)
    assert refused.value.seconds == 2
    clock.forward(seconds=2)
    assert enters(office, private, "wangmin", PASSWORD) == wang
    assert enters(office, private, "wangmin", PASSWORD) == wang


def test_one_who_guesses_slows_down_nobody_else_in_the_hall(office: Office, private: PrivateStore, wang: UUID) -> None:
    hall = Addresses()
    for number in range(60):
        with pytest.raises(SignInRefused):
            enters(office, private, f"qc-{number:03}", "typed wrongly", hall)
    assert enters(office, private, "wangmin", PASSWORD, hall) == wang


def test_an_address_is_slowed_only_far_beyond_a_hall(clock: Clock) -> None:
    addresses = Addresses()
    for _ in range(patience.ADDRESS_FAILURES):
        addresses.require_patience("10.0.0.7", clock())
        addresses.note_failure("10.0.0.7", clock())
    with pytest.raises(TooManyAttempts):
        addresses.require_patience("10.0.0.7", clock())
    addresses.require_patience("10.0.0.8", clock())
    clock.forward(minutes=5, seconds=1)
    addresses.require_patience("10.0.0.7", clock())


def test_failures_are_forgotten_after_an_hour(private: PrivateStore, clock: Clock) -> None:
    for _ in range(30):
        patience.take_turn(private, "wangmin", clock())
        clock.forward(seconds=60)
    with pytest.raises(TooManyAttempts):
        patience.take_turn(private, "wangmin", clock() - timedelta(seconds=30))
    clock.forward(hours=1)
    for _ in range(5):
        patience.take_turn(private, "wangmin", clock())


def test_many_attempts_at_once_do_not_pass_together(private: PrivateStore, clock: Clock) -> None:
    def attempt(_: int) -> bool:
        try:
            patience.take_turn(private, "wangmin", clock())
        except TooManyAttempts:
            return False
        return True

    patience.take_turn(private, "wangmin", clock())
    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(attempt, range(40))) == patience.FREE_FAILURES - 1


def test_a_sign_in_ends_when_nothing_was_asked_for_hours(private: PrivateStore, clock: Clock) -> None:
    account = uuid4()
    token = sign_ins.begin(private, account, clock())
    clock.forward(hours=3, minutes=59)
    assert sign_ins.account_of(private, token, clock(), ENDURANCE) == account
    clock.forward(hours=4)
    assert sign_ins.account_of(private, token, clock(), ENDURANCE) is None


def test_a_sign_in_ends_in_any_case(private: PrivateStore, clock: Clock) -> None:
    token = sign_ins.begin(private, uuid4(), clock())
    for _ in range(13):
        clock.forward(hours=1)
        assert sign_ins.account_of(private, token, clock(), ENDURANCE) is not None
    clock.forward(hours=1)
    assert sign_ins.account_of(private, token, clock(), ENDURANCE) is None
    sign_ins.sweep(private, clock(), ENDURANCE)


def test_a_token_is_new_at_every_sign_in(private: PrivateStore, clock: Clock) -> None:
    account = uuid4()
    assert sign_ins.begin(private, account, clock()) != sign_ins.begin(private, account, clock())
    assert sign_ins.account_of(private, "brought along", clock(), ENDURANCE) is None


def test_a_slip_sets_the_first_password_and_signs_out_everywhere(office: Office, private: PrivateStore) -> None:
    account = uuid4()
    open_account(office, by(CHIEF), account, "lihong", "李红", Grant(role=Role.ADMINISTRATOR, congress=None))
    secret = slip_for(office, private, account)
    earlier = sign_ins.begin(private, account, office.now())
    used_by, _ = use_slip(office, private, secret, PASSWORD)
    assert used_by == account
    assert sign_ins.account_of(private, earlier, office.now(), ENDURANCE) is None
    assert enters(office, private, "lihong", PASSWORD) == account


def test_a_slip_works_once_however_often_it_is_sent(office: Office, private: PrivateStore, wang: UUID) -> None:
    secret = slip_for(office, private, wang)

    def attempt(number: int) -> bool:
        try:
            use_slip(office, private, secret, f"password number {number}")
        except SlipSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(attempt, range(8))) == 1


def test_a_slip_is_read_however_it_is_typed(office: Office, private: PrivateStore, wang: UUID) -> None:
    secret = slip_for(office, private, wang)
    typed = " ".join(secret[start : start + 5].lower() for start in range(0, 21, 5)).replace("0", "o").replace("1", "l")
    known, state = living_slip(office, private, typed)
    assert known.account == wang
    assert state.name == "王敏"


def test_a_slip_expires(office: Office, private: PrivateStore, wang: UUID, clock: Clock) -> None:
    secret = slip_for(office, private, wang)
    clock.forward(days=30)
    with pytest.raises(SlipSpent):
        use_slip(office, private, secret, PASSWORD)


@pytest.mark.parametrize("typed", ["", "0", "AAAAA AAAAA AAAAA AAAAA A", "../../etc/passwd", "票" * 21])
def test_what_is_no_slip_is_refused(typed: str, office: Office, private: PrivateStore) -> None:
    with pytest.raises(SlipSpent):
        living_slip(office, private, typed)


def test_a_bad_password_does_not_use_the_slip_up(office: Office, private: PrivateStore, wang: UUID) -> None:
    secret = slip_for(office, private, wang)
    with pytest.raises(Invalid):
        use_slip(office, private, secret, "88888888")
    use_slip(office, private, secret, "other short words")


def test_a_crash_while_a_slip_is_used_leaves_it_working(
    office: Office, private: PrivateStore, wang: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = slip_for(office, private, wang)
    with monkeypatch.context() as broken:
        broken.setattr(passwords, "keep", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            use_slip(office, private, secret, "other short words")
    use_slip(office, private, secret, "other short words")
    assert enters(office, private, "wangmin", "other short words") == wang


def test_secrets_of_slips_are_a_hundred_random_bits_that_fit_into_an_address() -> None:
    made = {slips.new_secret() for _ in range(300)}
    assert len(made) == 300
    assert all(len(secret) == 21 and secret.isalnum() for secret in made)


def test_the_own_password_is_changed_with_the_old_one_and_other_browsers_are_signed_out(
    office: Office, private: PrivateStore, wang: UUID
) -> None:
    here, there = (sign_ins.begin(private, wang, office.now()) for _ in range(2))
    me = actor_of(office, wang)
    with pytest.raises(WrongPassword):
        change_password(office, private, by(me), old="wrong words", new="new short words", token=here)
    with pytest.raises(Invalid):
        change_password(office, private, by(me), old=PASSWORD, new="short", token=here)
    change_password(office, private, by(me), old=PASSWORD, new="new short words", token=here)
    assert sign_ins.account_of(private, here, office.now(), ENDURANCE) == wang
    assert sign_ins.account_of(private, there, office.now(), ENDURANCE) is None
    assert enters(office, private, "wangmin", "new short words") == wang
    with pytest.raises(SignInRefused):
        enters(office, private, "wangmin", PASSWORD)


def test_a_password_asked_once_more_is_slowed_down_too(office: Office, private: PrivateStore, wang: UUID) -> None:
    confirm_password(office, private, wang, PASSWORD)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            confirm_password(office, private, wang, "wrong words")
    with pytest.raises(TooManyAttempts):
        confirm_password(office, private, wang, PASSWORD)


def test_notes_are_the_persons_own_and_can_be_erased(private: PrivateStore) -> None:
    me, you, project = uuid4(), uuid4(), uuid4()
    notes.write_note(private, me, project, " 问一问管护费用 ")
    assert notes.note(private, me, project) == "问一问管护费用"
    assert notes.note(private, you, project) == ""
    assert notes.notes_of(private, me) == {project: "问一问管护费用"}
    notes.write_note(private, me, project, "")
    assert notes.notes_of(private, me) == {}
    with pytest.raises(Invalid):
        notes.write_note(private, me, project, "字" * 10_001)


def test_the_chosen_language_is_remembered(private: PrivateStore) -> None:
    me = uuid4()
    assert sign_ins.language_of(private, me) is None
    sign_ins.choose_language(private, me, "en")
    sign_ins.choose_language(private, me, "zh-CN")
    assert sign_ins.language_of(private, me) == "zh-CN"


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        open_private("mysql://x")
