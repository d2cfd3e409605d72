"""The command line: `piaojue COMMAND …`, one module of `interfaces/commands` for each command.

A command module has `add_arguments(parser)` and `run(arguments) -> int` (the exit status), and its docstring's
first line says what it does. Only the module asked for is imported, so that `piaojue tally`, which has a folder
of its own, starts at once and needs neither a database nor a server.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from interfaces import commands

TALLY = "tally"


class Command(Protocol):
    """What a module of `interfaces/commands` offers."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 refused, 2 not understood."""
    given = list(sys.argv[1:] if words is None else words)
    name = given[0] if given else ""
    if name == TALLY:
        return _tally(given[1:])
    if name in _names():
        return _run(name, given[1:])
    asked_for_help = name in {"-h", "--help"}
    print(_overview(), file=sys.stdout if asked_for_help else sys.stderr)
    return 0 if asked_for_help else 2


def _tally(words: list[str]) -> int:
    from interfaces.tally.command import main as tally  # noqa: PLC0415 - imported only when it is the command

    return tally(words)


def _run(name: str, words: list[str]) -> int:
    from interfaces.settings import WrongSettings  # noqa: PLC0415 - as above, `piaojue tally` starts without it

    command = _command(name)
    parser = argparse.ArgumentParser(prog=f"piaojue {name}", description=command.__doc__)
    command.add_arguments(parser)
    try:
        return command.run(parser.parse_args(words))
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads the output has seen enough
        sys.stderr.close()
        return 0


def _names() -> list[str]:
    found = (module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))
    return sorted(found)


def _command(name: str) -> Command:
    return cast("Command", importlib.import_module(f"interfaces.commands.{name.replace('-', '_')}"))


def _overview() -> str:
    lines = ["piaojue COMMAND …   (piaojue COMMAND --help)", ""]
    for name in [*_names(), TALLY]:
        module = importlib.import_module("interfaces.tally.command") if name == TALLY else _command(name)
        summary = (module.__doc__ or "").strip().partition("\n")[0]
        lines.append(f"  {name:<14}{summary}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
