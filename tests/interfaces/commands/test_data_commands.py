"""Export, import, backup, restore and migrate as somebody at a shell meets them: one sentence, one status."""

import json
import stat
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from application.migrating import migrate, standings
from application.office import system_clock
from application.private.file_store_s3 import S3Files
from application.private.files import Upload, keep_file
from application.private.store import open_private
from domain.files import FileType
from interfaces.cli import main
from interfaces.serving.opening import WrongStores, open_patiently
from interfaces.settings import Settings
from tests.support import first_release
from tests.support.buckets import bucket, object_store


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation of the first release that was brought to this one."""
    monkeypatch.setenv("PIAOJUE_DATA", str(tmp_path))
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", f"sqlite:///{tmp_path}/piaojue.db")
    first_release.laid_out(f"sqlite:///{tmp_path}/piaojue.db")
    migrate(f"sqlite:///{tmp_path}/piaojue.db", system_clock())
    return tmp_path


def elsewhere(monkeypatch: pytest.MonkeyPatch, at: Path, name: str) -> None:
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", f"sqlite:///{at}/{name}/piaojue.db")


def test_an_export_goes_into_a_file_of_its_owner_or_to_standard_output(
    at: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = at / "record.jsonl"
    assert main(["history", "export", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    capfdbinary.readouterr()
    assert main(["history", "export"]) == 0
    said = capfdbinary.readouterr()
    assert said.out.splitlines()[1:-1] == file.read_bytes().splitlines()[1:-1]
    assert f"{first_release.FACTS} 条记录" in said.err.decode()


def test_an_export_is_imported_elsewhere_once(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = at / "record.jsonl"
    assert main(["history", "export", str(file)]) == 0
    assert main(["history", "export", str(file)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"{file} 已经存在，不会覆盖。"
    elsewhere(monkeypatch, at, "a")
    assert main(["history", "import", str(file)]) == 0
    assert main(["history", "import", str(file)]) == 1
    assert "这里已经有数据（记录）" in capsys.readouterr().err
    elsewhere(monkeypatch, at, "b")
    file.write_bytes(file.read_bytes().replace("王敏".encode(), "王明".encode()))
    assert main(["history", "import", str(file)]) == 1
    assert "校验值不符" in capsys.readouterr().err
    assert main(["history", "import", str(at / "none.jsonl")]) == 1
    assert "无法读写" in capsys.readouterr().err


def test_a_backup_is_restored_elsewhere_with_read_models_and_recorded_where_it_was_taken(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = at / "backup.zip"
    assert main(["backup", str(file)]) == 0
    told = capsys.readouterr().out
    assert "已写入并读回核对" in told
    assert "SHA-256" in told
    assert main(["backup", "--verify", str(file)]) == 0
    assert main(["backup", str(file)]) == 1
    assert main(["history", "export", str(at / "record.jsonl")]) == 0
    facts = [json.loads(line) for line in (at / "record.jsonl").read_bytes().splitlines()[1:-1]]
    assert [fact["fact"]["way"] for fact in facts if fact.get("name") == "backups.backup-taken"] == ["command"]
    elsewhere(monkeypatch, at, "a")
    capsys.readouterr()
    assert main(["restore", str(file)]) == 0
    assert "页面数据已重新建成" in capsys.readouterr().out
    assert main(["projections", "status"]) == 0
    assert main(["restore", str(file)]) == 1
    assert main(["migrate"]) == 0
    assert "无须重建" in capsys.readouterr().out


def test_a_backup_that_is_none_is_one_sentence(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = at / "table.zip"
    file.write_bytes(b"PK\x03\x04 not really")
    elsewhere(monkeypatch, at, "a")
    for words in (["backup", "--verify", str(file)], ["restore", str(file)], ["restore", str(at / "none.zip")]):
        assert main(words) == 1
        (said,) = capsys.readouterr().err.splitlines()
        assert said.endswith("。")


def test_a_database_that_is_away_is_one_sentence(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIAOJUE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    for words in (["history", "export"], ["backup", str(at / "b.zip")], ["migrate", "--dry-run"], ["migrate"]):
        assert main(words) == 1
        (said,) = capsys.readouterr().err.splitlines()
        assert said.endswith("。")
    assert not list(at.glob("*.zip"))


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_server_asks_for_migrate_before_it_uses_a_database_of_an_earlier_release(
    database_url: str, tmp_path: Path
) -> None:
    first_release.laid_out(database_url)
    settings = Settings(data=tmp_path, database_url=database_url)
    with pytest.raises(WrongStores, match="请先备份，再运行 piaojue migrate"):
        open_patiently(settings, follow=False)
    migrate(database_url, system_clock())
    open_patiently(settings, follow=False).close()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_embedded_server_brings_its_files_up_by_itself(database_url: str, tmp_path: Path) -> None:
    first_release.laid_out(database_url)
    open_patiently(Settings(data=tmp_path, database_url=database_url), follow=True).close()
    assert not any(standing.pending for standing in standings(database_url))


def test_files_move_out_of_the_database_and_are_counted_by_those_who_look(
    at: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the table to a bucket; then one is lost there."""
    url = f"sqlite:///{at}/piaojue.db"
    with closing(open_private(url)) as private:
        for number in range(3):
            photo = Upload(name=f"{number}.jpg", type=FileType.JPEG, content=b"photo" * 99)
            keep_file(private, uuid4(), photo, system_clock(), uuid4())
    with object_store() as endpoint:
        made = bucket(endpoint, prefix="")
        for name, value in {"BUCKET": made.name, "ENDPOINT": endpoint, "ACCESS_KEY": "a", "SECRET_KEY": "b"}.items():
            monkeypatch.setenv(f"PIAOJUE_S3_{name}", value)
        assert main(["migrate", "--dry-run"]) == 0
        assert "将把 3 个从数据库移到" in capsys.readouterr().out
        assert main(["migrate"]) == 0
        assert "已把 3 个从数据库移到" in capsys.readouterr().out
        assert main(["audit", "--files"]) == 0
        store = S3Files(made)
        places = [place for place, _size in store.listed()]
        assert len(places) == 3
        store.remove(places[0])
        capsys.readouterr()
        assert main(["audit"]) == 1
        assert "内容不在存放处了" in capsys.readouterr().out
        main(["doctor"])
        assert "1 个照片或文件的内容不在存放处" in capsys.readouterr().out
        assert main(["backup", str(at / "b.zip")]) == 0
        assert "备份里没有它们" in capsys.readouterr().err
    main(["doctor"])
    assert "没有回应" in capsys.readouterr().out
    assert main(["backup", str(at / "c.zip")]) == 1
    assert "照片和文件的存放处没有回应" in capsys.readouterr().err
    assert not list(at.glob("*c.zip*"))
