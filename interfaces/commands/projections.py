"""读模型：查看、重建、重试 / read models: their standing; filling them anew; going on after a fault."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from unicodedata import east_asian_width

from sqlalchemy.exc import OperationalError
from tqdm import tqdm

from application.history.history import History
from application.office import Busy, system_clock
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from projections.reading.beside_postgres import RebuiltElsewhere
from projections.reading.engine import writing
from projections.reading.position import Standing, forgive
from projections.reading.projection import Projection
from projections.reading.rebuild import Rebuilt, Told, rebuild_all
from projections.reading.shelf import ALL
from projections.reading.tidy import tidy

WELL, NOT_WELL, NOT_UNDERSTOOD, INTERRUPTED = 0, 1, 2, 130

STATES: Final = {
    "serving": "正常 serving",
    "filling": "生成中 filling",
    "broken": "出错 broken",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which read models."""
    acts = parser.add_subparsers(dest="act", required=True)
    status = acts.add_parser("status", help="how far each read model is, and what broke one")
    status.add_argument("--json", action="store_true", help="for programs")
    for act, told in (
        ("rebuild", "fill read models anew from the history; until it is done the old ones are read"),
        ("retry", "let broken read models go on where they stopped"),
    ):
        acts.add_parser(act, help=told).add_argument("names", nargs="*", help="which; all of them without a name")


def run(arguments: argparse.Namespace) -> int:
    """0 when all is well; 1 for a broken read model or no database; 2 for an unknown name; 130 when interrupted."""
    names = list(getattr(arguments, "names", ()))
    if unknown := sorted(set(names) - {projection.name for projection in ALL}):
        known = " ".join(sorted(projection.name for projection in ALL))
        return _say(f"没有这个读模型 / unknown: {' '.join(unknown)}\n{known}", NOT_UNDERSTOOD)
    chosen = [projection for projection in ALL if not names or projection.name in names]
    try:
        with closing(open_house(Settings(), follow=False)) as house:
            return _ACTS[arguments.act](house, chosen, arguments)
    except RebuiltElsewhere as busy:
        return _say(f"{busy.name} 正由另一个进程重建 / is being rebuilt by another process", NOT_WELL)
    except KeyboardInterrupt:
        return _say("\n已中断，原有的读模型继续使用 / interrupted, the old read models go on serving", INTERRUPTED)
    except (Busy, OperationalError):
        return _say("数据库没有回应，请检查 PIAOJUE_DATABASE_URL / the database does not answer", NOT_WELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One read model. Lag is counted in places of the history, and in seconds since its next fact was recorded."""

    name: str
    state: str
    shape: str
    generation: int
    position: int
    lag_facts: int
    lag_seconds: float
    facts_per_second: int | None
    fault: str | None
    fault_position: int | None
    fault_fact: str | None


def _status(house: House, chosen: Sequence[Projection], arguments: argparse.Namespace) -> int:
    last, moment = house.history.last_position(), system_clock()
    standings = house.followers.standings()
    lines = [_line(one.name, standings[one.name], house.history, last, moment) for one in chosen]
    if arguments.json:
        print(json.dumps({"position": last, "projections": [asdict(line) for line in lines]}, ensure_ascii=False))
    else:
        _print_table(lines, last)
    return NOT_WELL if any(line.fault for line in lines) else WELL


def _line(name: str, standing: Standing, history: History, last: int, moment: datetime) -> Line:
    next_fact = history.select(standing.position, 1) if standing.position < last else []
    return Line(
        name=name,
        state="broken" if standing.fault else standing.stage.value,
        shape=standing.shape,
        generation=standing.generation,
        position=standing.position,
        lag_facts=max(0, last - standing.position),
        lag_seconds=max(0.0, round((moment - next_fact[0].at).total_seconds(), 1)) if next_fact else 0.0,
        facts_per_second=standing.pace,
        fault=standing.fault,
        fault_position=standing.fault_position,
        fault_fact=standing.fault_fact,
    )


def _print_table(lines: Sequence[Line], last: int) -> None:
    head = ("读模型 model", "状态 state", "位置 position", "落后 facts", "秒 s", "条/秒 facts/s", "形状 shape")
    rows = [
        (
            line.name,
            STATES[line.state],
            str(line.position),
            str(line.lag_facts),
            f"{line.lag_seconds:.1f}",
            "" if line.facts_per_second is None else f"{line.facts_per_second:,}",
            f"{line.shape} #{line.generation}",
        )
        for line in lines
    ]
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        print("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"史实到 / the history reaches {last}")
    for line in lines:
        if line.fault:
            print(f"{line.name} 停在 / stopped at {line.fault_position} {line.fault_fact}: {line.fault}")


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in cell)


def _rebuild(house: House, chosen: Sequence[Projection], _arguments: argparse.Namespace) -> int:
    with _progress() as told:
        rebuilt: Rebuilt = rebuild_all(house.history, house.reading, chosen, told)
    tidy(house.reading, system_clock())
    for name, position in rebuilt.reached.items():
        print(f"{name}\t{position}")
    for name, error in rebuilt.failed.items():
        _say(f"{name} 重建失败，原有的继续使用 / failed, the old one goes on serving: {error!r}", NOT_WELL)
    return NOT_WELL if rebuilt.failed else WELL


def _retry(house: House, chosen: Sequence[Projection], _arguments: argparse.Namespace) -> int:
    with writing(house.reading).begin() as conn:
        again = forgive(conn, [one.name for one in chosen])
    for name in again:
        print(f"{name} 将从停下处继续 / goes on where it stopped")
    if not again:
        print("没有出错的读模型 / none of them is broken")
    return WELL


_ACTS: Final[dict[str, Callable[[House, Sequence[Projection], argparse.Namespace], int]]] = {
    "status": _status,
    "rebuild": _rebuild,
    "retry": _retry,
}


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on a terminal; elsewhere a line after each tenth."""
    if not sys.stderr.isatty():
        yield _tenths()
        return
    with tqdm(unit=" 条", unit_scale=True, desc="重建 / rebuilding") as bar:

        def told(reached: int, last: int) -> None:
            bar.total = last
            bar.update(reached - bar.n)

        yield told


def _tenths() -> Told:
    seen = -1

    def told(reached: int, last: int) -> None:
        nonlocal seen
        if (tenth := reached * 10 // last) > seen:
            seen = tenth
            print(f"重建 / rebuilding {tenth * 10}% {reached}/{last}", file=sys.stderr, flush=True)

    return told


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
