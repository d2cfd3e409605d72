"""Scopes of API tokens: every act that a person may do belongs to one, and reading is not changing."""

from domain.accounts.permissions import PERMITTED, Act, Role
from domain.accounts.scopes import ACTS, Scope

BY_NO_TOKEN = {Act.TAKE_BACKUP, Act.READ_CONTACTS}
"""What only a person or the command line does: also reading how to reach whoever proposed."""


def test_every_scope_has_its_acts() -> None:
    assert set(ACTS) == set(Scope)


def test_every_act_is_in_a_scope_to_change_or_to_read() -> None:
    covered = {act for acts in ACTS.values() for act in acts}
    assert set(Act) - covered == BY_NO_TOKEN


def test_who_may_change_may_read_what_there_is() -> None:
    for scope in Scope:
        if scope.changes:
            reading = Scope(scope.value.replace(":write", ":read"))
            assert ACTS[reading] <= ACTS[scope] | {Act.READ_AUDIT}, scope


def test_a_scope_gives_nobody_more_than_a_role_does() -> None:
    for scope in Scope:
        assert ACTS[scope] <= {act for role in Role for act in PERMITTED[role]}
