"""Settings about accounts: what is wrong is said in one sentence when the program starts."""

from pathlib import Path

import pytest

from domain.accounts.permissions import Role
from interfaces.settings import Settings, WrongSettings


@pytest.mark.parametrize("issuer", ["http://id.example.cn", "https://id.example.cn?x=1", "ftp://id.example.cn", "id"])
def test_an_issuer_that_others_could_speak_for_is_no_setting(issuer: str) -> None:
    with pytest.raises(WrongSettings, match="PIAOJUE_OIDC_ISSUER"):
        Settings(oidc_issuer=issuer)


@pytest.mark.parametrize(
    "issuer", ["", "https://id.example.cn", "https://id.example.cn/realms/city", "http://127.0.0.1:8160"]
)
def test_an_issuer_is_reached_over_tls_or_on_this_computer(issuer: str) -> None:
    assert Settings(oidc_issuer=issuer, oidc_client_id="piaojue").oidc_issuer == issuer


def test_roles_that_need_a_second_factor_are_named() -> None:
    settings = Settings(second_factor_for="administrator, staff scrutineer")
    assert settings.roles_with_second_factor == {Role.ADMINISTRATOR, Role.STAFF, Role.SCRUTINEER}
    assert Settings().roles_with_second_factor == frozenset()
    with pytest.raises(WrongSettings, match="unknown: boss"):
        Settings(second_factor_for="staff,boss")


def test_a_key_that_is_none_is_refused_without_being_told() -> None:
    with pytest.raises(WrongSettings, match="64 hexadecimal digits") as refused:
        Settings(second_factor_key="not a key")
    assert "not a key" not in str(refused.value)
    assert Settings(second_factor_key="AB" * 32).second_factor_key.get_secret_value() == "AB" * 32


def test_secrets_come_from_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("PIAOJUE_OIDC_CLIENT_SECRET_FILE", str(tmp_path / "secret"))
    assert Settings().oidc_client_secret.get_secret_value() == "from a file"


def test_a_provider_needs_to_know_this_installation() -> None:
    with pytest.raises(WrongSettings, match="PIAOJUE_OIDC_CLIENT_ID"):
        Settings(oidc_issuer="https://id.example.cn")
    assert Settings().oidc_client_id == ""
