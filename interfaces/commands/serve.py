"""正式运行,在浏览器里使用 / serves an installation until it is stopped with Ctrl-C."""

import argparse
import json
import logging
import socket
import sys
from datetime import datetime

import uvicorn

from domain.shared import CHINA
from interfaces.composition import open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- --lan asks for it
_TOLD = ("page", "method", "status", "ms")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen; everything else is set by PIAOJUE_… environment variables."""
    parser.add_argument("--host", help="address to listen on (default: PIAOJUE_HOST, else this computer only)")
    parser.add_argument("--port", type=int, help="port (default: PIAOJUE_PORT, else 8000)")
    parser.add_argument("--lan", action="store_true", help="serve the local network; QR codes lead to this computer")


def run(arguments: argparse.Namespace) -> int:
    """Serves; 0 after a stop, 1 when the port is taken."""
    settings = configured(arguments)
    house = open_house(settings)
    print(f"票决 → {settings.public_url}", file=sys.stderr, flush=True)
    try:
        return serve(create_app(house), settings)
    finally:
        house.close()


def configured(arguments: argparse.Namespace) -> Settings:
    """The settings with what the command line says; on the local network its address is the public one."""
    settings = Settings()
    changed: dict[str, object] = {}
    if arguments.port:
        changed["port"] = arguments.port
    if arguments.host or arguments.lan:
        changed["host"] = arguments.host or EVERYWHERE
    if "public_url" not in settings.model_fields_set:
        port = changed.get("port", settings.port)
        changed["public_url"] = f"http://{own_address() if arguments.lan else 'localhost'}:{port}"
    return Settings(**{**settings.model_dump(exclude_unset=True), **changed})


def serve(app: object, settings: Settings) -> int:
    """One process: SQLite has one writer, and followers run as threads. The server's own access log stays off."""
    set_up_logs()
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]  # uvicorn's type for applications is narrower than ASGI
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        limit_concurrency=2000,
        backlog=4096,
    )
    server = uvicorn.Server(config)
    try:
        server.run()
    except SystemExit:  # uvicorn says why on its log
        return 1
    return 0 if server.started else 1


def own_address() -> str:
    """The address of this computer on the local network, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(asked.getsockname()[0])


class OneLine(logging.Formatter):
    """A record as one line of JSON: its message and what was told with it, never arguments of a request."""

    def format(self, record: logging.LogRecord) -> str:
        """Failures keep their traceback, which holds places in the program and no values of theirs."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, CHINA).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in _TOLD if hasattr(record, name)})
        if record.exc_info:
            line["failure"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logs() -> None:
    """Everything on standard error; only warnings from libraries, which could name addresses."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
    logging.getLogger("piaojue").setLevel(logging.INFO)
