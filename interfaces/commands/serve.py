"""正式运行，在浏览器里使用 / serves an installation until it is stopped with Ctrl-C."""

import argparse
import socket
import sys
from pathlib import Path

from interfaces.serving.listening import CannotListen, bound, put_off_collecting
from interfaces.serving.logs import set_up_logs
from interfaces.serving.supervisor import Supervisor
from interfaces.settings import Settings

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- --lan asks for it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen; everything else is set by PIAOJUE_… environment variables."""
    parser.add_argument("--host", help="address to listen on (default: PIAOJUE_HOST, else this computer only)")
    parser.add_argument("--port", type=int, help="port (default: PIAOJUE_PORT, else 8000)")
    parser.add_argument("--unix-socket", type=Path, help="listen here instead (default: PIAOJUE_UNIX_SOCKET)")
    parser.add_argument(
        "--processes", type=int, help="web processes, on PostgreSQL (default: PIAOJUE_PROCESSES, else 1)"
    )
    parser.add_argument("--no-worker", action="store_true", help="follow nothing here: `piaojue worker` does")
    parser.add_argument("--lan", action="store_true", help="serve the local network; QR codes lead to this computer")


def run(arguments: argparse.Namespace) -> int:
    """Serves; 0 after a stop, 1 when the address is taken or the database away, 2 when that cannot be asked for."""
    settings = configured(arguments)
    if settings.is_embedded and (settings.processes > 1 or arguments.no_worker):
        print(
            "SQLite 只能用一个进程；--processes 和 --no-worker 需要 PostgreSQL"
            " / SQLite is served by one process; these need PostgreSQL",
            file=sys.stderr,
        )
        return 2
    set_up_logs(settings.log_level)
    try:
        listener = bound(settings)
        print(f"票决 → {settings.public_url}", file=sys.stderr, flush=True)
        if settings.processes > 1:
            return Supervisor(settings, listener, worker=not arguments.no_worker).run()
    except CannotListen as taken:
        print(taken, file=sys.stderr)
        return 1
    put_off_collecting()
    from interfaces.serving import alone  # noqa: PLC0415  # the whole site: a supervisor starts without it

    return alone.run(settings, listener, follow=not arguments.no_worker)


def configured(arguments: argparse.Namespace) -> Settings:
    """The settings with what the command line says; on the local network its address is the public one."""
    settings = Settings()
    changed: dict[str, object] = {}
    for name in ("port", "processes", "unix_socket"):
        if getattr(arguments, name, None) is not None:
            changed[name] = getattr(arguments, name)
    if arguments.host or arguments.lan:
        changed["host"] = arguments.host or EVERYWHERE
    if "public_url" not in settings.model_fields_set:
        port = changed.get("port", settings.port)
        changed["public_url"] = f"http://{own_address() if arguments.lan else 'localhost'}:{port}"
    return Settings(**{**settings.model_dump(exclude_unset=True), **changed})


def own_address() -> str:
    """The address of this computer on the local network, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(asked.getsockname()[0])
