"""The files of a deployment fit each other, the program, and what the ballot demands of an installation."""

import json
import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from deploy.by_hand.compose import ROOT, Compose, MissingValue, stage
from deploy.by_hand.nginx import CONFIGURATION
from interfaces import cli
from interfaces.settings import PREFIX, Settings
from interfaces.web._base.areas import COOKIE_PATHS
from interfaces.web._base.discovery import all_routes
from interfaces.web.health import probes

PUBLIC_URL = "https://piaojue.example.gov.cn"
COMPOSE = Compose({"PIAOJUE_PUBLIC_URL": PUBLIC_URL})
SERVICES: dict[str, Any] = COMPOSE.file["services"]
OURS = ("migrate", "web", "worker")
TEMPLATE = (CONFIGURATION / "piaojue.conf.template").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def settings_of(service: str) -> dict[str, str]:
    return {name: str(value) for name, value in SERVICES[service]["environment"].items()}


# ---- the compose file


def test_the_public_address_is_asked_for() -> None:
    with pytest.raises(MissingValue, match="PIAOJUE_PUBLIC_URL"):
        _ = Compose({}).file


def explained() -> dict[str, str]:
    """Every variable of the example with the value it shows."""
    return dict(re.findall(r"^#?([A-Z0-9_]+)=(.*)$", ENV_EXAMPLE, re.MULTILINE))


def test_every_setting_is_explained_in_the_example_unless_the_compose_file_decides_it() -> None:
    fields = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    decided = {
        name.removesuffix("_FILE")
        for name, value in yaml.safe_load(COMPOSE.path.read_text(encoding="utf-8"))["services"]["web"][
            "environment"
        ].items()
        if "${" not in str(value)
    }
    nowhere = {"PIAOJUE_DATA", "PIAOJUE_UNIX_SOCKET"}
    assert set(explained()) == (fields | COMPOSE.names) - decided - nowhere


def test_what_the_example_says_of_defaults_is_true() -> None:
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE.path.read_text(encoding="utf-8")))
    for name, said in explained().items():
        field = Settings.model_fields.get(name.removeprefix(PREFIX).lower())
        if name in {"PIAOJUE_BALLOT_NAME", "PIAOJUE_PUBLIC_URL"}:
            continue
        default = defaults[name] if name in defaults else getattr(field, "default", None)
        shown = default.get_secret_value() if isinstance(default, SecretStr) else default
        assert said == str("" if shown is None else shown), name


@pytest.mark.parametrize("service", OURS)
def test_every_setting_given_to_the_program_is_one_it_knows(service: str) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given = {name.removesuffix("_FILE") for name in COMPOSE.service(service).environment if name.startswith(PREFIX)}
    assert given <= known


def test_the_settings_are_accepted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss/word\n", encoding="utf-8")
    for name, value in COMPOSE.service("web").environment.items():
        if name.startswith(PREFIX):
            monkeypatch.setenv(name, value.replace("/run/secrets/database_password", str(tmp_path / "password")))
    settings = Settings()
    assert settings.storage_url == "postgresql://piaojue:p%40ss%2Fword@database:5432/piaojue"
    assert settings.is_https
    assert not settings.is_embedded


@pytest.mark.parametrize("service", OURS)
def test_every_command_is_one_of_the_programs(service: str) -> None:
    command = COMPOSE.service(service).command
    assert command[:4] == ("python", "-P", "-m", "interfaces.cli")
    assert command[4] in cli._names()


def test_the_web_processes_follow_nothing_because_the_worker_does() -> None:
    assert "--no-worker" in SERVICES["web"]["command"]
    assert SERVICES["worker"]["command"] == ["worker"]


def test_each_starts_after_what_it_needs() -> None:
    order = [service.name for service in COMPOSE.in_order()]
    assert order[:2] == ["database", "migrate"]
    assert order[-1] == "proxy"
    for service in ("web", "worker"):
        assert COMPOSE.service(service).after == {
            "migrate": "service_completed_successfully",
            "database": "service_healthy",
        }
    assert COMPOSE.service("proxy").after == {"web": "service_healthy"}


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    networks = COMPOSE.file["networks"]
    assert {name for name, network in networks.items() if not network.get("internal")} == {"outside"}
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]
    assert "database" not in SERVICES["proxy"]["networks"]
    assert "inside" not in SERVICES["proxy"]["networks"]


def test_forwarded_addresses_are_believed_from_the_proxy_alone() -> None:
    front = {name: SERVICES[name]["networks"]["front"]["ipv4_address"] for name in ("proxy", "web")}
    assert settings_of("web")["PIAOJUE_TRUSTED_PROXIES"] == front["proxy"]
    assert settings_of("proxy")["PIAOJUE_UPSTREAM"] == f"{front['web']}:8000"


@pytest.mark.parametrize("service", list(SERVICES))
def test_every_container_is_locked_up(service: str) -> None:
    told = SERVICES[service]
    assert told["read_only"] is True
    assert told["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in told["security_opt"]
    assert {"cpus", "memory", "pids"} <= set(told["deploy"]["resources"]["limits"])
    assert told["restart"] == ("no" if service == "migrate" else "unless-stopped")
    assert told["logging"]["options"]["max-size"]
    assert "privileged" not in told


@pytest.mark.parametrize("service", list(SERVICES))
def test_no_secret_stands_in_a_setting(service: str) -> None:
    for name, value in settings_of(service).items():
        if re.search(r"PASSWORD|TOKEN|SECRET|_KEY", name):
            assert value.startswith("/run/secrets/"), name
            assert value.removeprefix("/run/secrets/") in SERVICES[service]["secrets"]


def test_secrets_and_data_are_neither_committed_nor_built_in() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/.env", "/secrets/"} <= set(ignored)
    built_in = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"]
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1] == "*"
    assert not {"!secrets", "!.env", "!data", "!.git"} & set(built_in)


def test_everybody_has_longer_to_stop_than_the_program_takes() -> None:
    assert COMPOSE.service("web").stop_seconds > Settings.model_fields["stop_seconds"].default


# ---- PostgreSQL


@pytest.mark.parametrize(
    "said",
    [
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "track_commit_timestamp=off",
        "log_error_verbosity=terse",
        "log_statement=none",
        "log_min_error_statement=panic",
        "log_min_duration_statement=-1",
        "log_min_duration_sample=-1",
        "log_transaction_sample_rate=0",
        "log_duration=off",
        "log_lock_waits=off",
        "log_parameter_max_length=0",
        "log_parameter_max_length_on_error=0",
        "shared_preload_libraries=",
        "wal_keep_size=0",
        "archive_mode=off",
    ],
)
def test_the_database_is_durable_and_writes_down_nothing_about_a_ballot(said: str) -> None:
    """Rule: ballot.md, "PostgreSQL settings for a poll"."""
    assert f"-c{said}" in SERVICES["database"]["command"]


def test_a_postgresql_without_docker_is_given_the_same_settings() -> None:
    text = (ROOT / "deploy/postgresql/piaojue.conf").read_text(encoding="utf-8")
    given = {f"-c{name}={value}" for name, value in re.findall(r"^(\w+) = '?([^'\n]*?)'?$", text, re.MULTILINE)}
    wanted = {word for word in SERVICES["database"]["command"][1:] if not word.startswith("-cshared_buffers=")}
    assert given == wanted


# ---- the images


def test_every_image_is_pinned() -> None:
    images = re.findall(r"^ARG \w+_IMAGE=(\S+)$", DOCKERFILE, re.MULTILINE)
    images.append(SERVICES["database"]["image"])
    assert len(images) == 3
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?-[a-z]", image), image
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON_IMAGE}", "${NGINX_IMAGE}"}


@pytest.mark.parametrize("name", ["piaojue", "proxy"])
def test_nothing_runs_as_root(name: str) -> None:
    after = DOCKERFILE.split(f" AS {name}\n", 1)[1].split("\nFROM ", 1)[0]
    users = re.findall(r"^USER (\d+):(\d+)$", after, re.MULTILINE)
    assert users
    assert all(int(user) and int(group) for user, group in users)


def test_the_program_is_installed_from_hashes_before_its_sources_are_copied() -> None:
    built = DOCKERFILE.split(" AS build\n", 1)[1].split("\nFROM ", 1)[0]
    assert built.index("RUN ./run install") < built.index("COPY . .")
    assert "pip install" not in DOCKERFILE
    assert "apt-get" not in DOCKERFILE
    assert "curl" not in re.sub(r"#.*", "", DOCKERFILE)


def test_what_is_copied_into_the_images_is_there_and_is_sent_to_the_builder() -> None:
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for name in copied.split():
            if name != ".":
                assert (ROOT / name).exists(), name
                assert name.split("/")[0] in sent, name
    assert sent <= {path.name for path in ROOT.iterdir()}


def test_health_is_asked_where_the_program_answers_it() -> None:
    words = stage("piaojue").health
    script = ROOT / str(words[-1]).removeprefix("/srv/piaojue/")
    assert f'"{probes.HEALTH}"' in script.read_text(encoding="utf-8")
    assert "/-/alive" in TEMPLATE
    assert "/-/alive" in stage("proxy").health[-1]


def test_the_health_check_fails_where_nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    from deploy import healthy  # noqa: PLC0415  # read only here: it reads its port when it runs

    monkeypatch.setenv("PIAOJUE_PORT", "1")
    assert healthy.main() == 1


# ---- nginx


def test_every_value_of_the_template_is_given_by_the_compose_file() -> None:
    wanted = set(re.findall(r"\$\{(PIAOJUE_\w+)\}", TEMPLATE))
    assert wanted == {name for name in settings_of("proxy") if name.startswith(PREFIX)}


def test_every_signed_in_area_has_a_place_where_nothing_is_kept() -> None:
    kept_apart = re.findall(r"location ~ \^/\(?([\w|-]+?)\)?\(/\|\$\)", TEMPLATE)
    named = {f"/{name}" for names in kept_apart for name in names.split("|")}
    assert set(COOKIE_PATHS) <= named
    assert "/a" in named


def test_every_address_that_takes_a_form_is_outside_of_what_is_kept() -> None:
    apart = re.findall(r"location ~ (\^\S+) \{", TEMPLATE)
    public = {"v", "static", "api", "healthz", "readyz", "metrics"}
    for route in all_routes():
        methods = getattr(route, "methods", None) or set()
        if methods - {"GET", "HEAD"}:
            path = re.sub(r"\{\w+\}", "qc", re.sub(r"\{\w+:int\}", "2027", str(getattr(route, "path", ""))))
            assert path.split("/")[1] in public or any(re.match(where, path) for where in apart), path


@pytest.mark.parametrize("name", ["ballot.conf", "static.conf"])
def test_neither_the_ballot_nor_its_files_are_logged(name: str) -> None:
    text = (CONFIGURATION / "piaojue" / name).read_text(encoding="utf-8")
    assert "access_log off;" in text
    assert "error_log /dev/null emerg;" in text


def test_no_request_that_changes_something_is_repeated() -> None:
    texts = [file.read_text(encoding="utf-8") for file in CONFIGURATION.rglob("*.conf")] + [TEMPLATE]
    assert not any("non_idempotent" in text for text in texts)


def test_the_page_shown_meanwhile_needs_nothing_from_elsewhere() -> None:
    page = (CONFIGURATION / "piaojue/pages/busy.html").read_text(encoding="utf-8")
    assert "已投票" in page
    assert not re.search(r"(src|href)=|<script", page)


# ---- systemd


UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_starts_the_program_as_the_install_pages_lay_it_out(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=(.+)$", text, re.MULTILINE)
    assert command is not None
    words = command[1].split()
    assert " ".join(words).count("/opt/piaojue/.venv/bin/python -P -m interfaces.cli ") == 1
    assert words[words.index("interfaces.cli") + 1] in cli._names()
    assert "EnvironmentFile=/etc/piaojue/piaojue.env" in text


def test_a_service_is_told_once_to_stop_and_has_the_time() -> None:
    """Told twice it stops at once: systemd may tell only the first process, which tells the others."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        if "Type=exec" in text:
            assert "KillMode=mixed" in text
            seconds = re.search(r"^TimeoutStopSec=(\d+)$", text, re.MULTILINE)
            assert seconds is not None
            assert int(seconds[1]) >= Settings.model_fields["stop_seconds"].default + 5


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_is_locked_up(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "User=piaojue"):
        assert re.search(rf"^{re.escape(line)}$", text, re.MULTILINE), line


# ---- the pages


PAGES = sorted((ROOT / "docs/operations").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_page_is_there_in_both_languages_and_leads_somewhere(page: Path) -> None:
    stem = page.name.split(".")[0]
    assert (page.parent / f"{stem}.md").exists()
    assert (page.parent / f"{stem}.en.md").exists()
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_of_the_pages_is_one_of_the_programs(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in re.findall(
        r"(?:\./run piaojue|sudo piaojue|compose (?:exec|run --rm) (?:web|migrate) piaojue) ([a-z-]+)", text
    ):
        assert name in {*cli._names(), "tally"}, name
    for variable in re.findall(r"\b(PIAOJUE_[A-Z0-9_]*[A-Z0-9])\b(?!_?[…*])", text):
        known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields} | COMPOSE.names
        assert variable.removesuffix("_FILE") in known | set(settings_of("proxy")), variable


def test_scripts_are_plain_shell_and_can_be_run() -> None:
    for script in (ROOT / "deploy").glob("*.sh"):
        subprocess.run(["sh", "-n", str(script)], check=True)
        assert script.stat().st_mode & stat.S_IXUSR


def test_the_compose_file_is_plain_yaml_and_json_could_say_it() -> None:
    assert json.loads(json.dumps(yaml.safe_load(COMPOSE.path.read_text(encoding="utf-8"))))
