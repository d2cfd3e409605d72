"""试用：造出青城市的演示数据并在浏览器里打开 / makes the demonstration city and serves it."""

import argparse
import json
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from application.checkpoint_key import KEY_FILE
from domain.polls.card import printed_code, read_secret
from domain.polls.card_set import PrintAs, SetName
from domain.polls.share import printed_share, read_share
from interfaces.commands import serve
from interfaces.composition import open_house
from interfaces.demo import story
from interfaces.demo.clock import DemoClock
from interfaces.demo.scale.making import make
from interfaces.demo.scale.people import LOGINS
from interfaces.demo.scale.years import CONGRESSES, YEARS, Size
from interfaces.demo.town_hall import PASSWORD, TownHall
from interfaces.documents.cards import CardSheets, card_sheets
from interfaces.serving import alone
from interfaces.settings import Settings

SEED = 2026
IN_FULL_SIZE = "facts"
"""What only the demonstration in full size remembers."""
CARDS_PDF = "ballot-cards.pdf"
CARDS_TEXT = "ballot-cards.txt"
SHARES_TEXT = "key-shares.txt"
"""In the demonstration one folder holds what three people would keep apart."""
READY = "demo-ready"
"""Written last: a folder without it holds a demonstration that was never finished."""

ACCOUNTS = (
    ("qc-office", "王敏 · 青城市人大办公室:票决今天进行"),
    ("dh-office", "陈静 · 东河区人大办公室:正在征集,项目实施中,四问"),
    ("dh-zhujian", "陈立新 · 东河区住房和城乡建设局:答复四问"),
    ("qc-gov", "李涛 · 市政府办公室:候选项目,答复审议意见"),
    ("nd-office", "苏晴 · 南店街道:居民议事会"),
    ("qc-venue", "张蕾 · 会场签到"),
    ("qingcheng-0001", "代表(手机阅读候选项目)"),
    ("qc-upper", "何伟 · 上级人大,只读"),
    ("qc-audit", "沈静 · 审计,只读"),
    ("admin", "系统管理员"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and where to keep the data."""
    parser.add_argument("--port", type=int, help="port (default: 8000)")
    parser.add_argument("--data", type=Path, help="data folder (default: data/demo, or data/scale with --scale)")
    parser.add_argument("--scale", action="store_true", help="ten years of sixty congresses instead; takes minutes")
    parser.add_argument("--years", type=int, default=YEARS, help=f"with --scale (default: {YEARS})")
    parser.add_argument("--congresses", type=int, default=CONGRESSES, help=f"with --scale (default: {CONGRESSES})")
    parser.add_argument("--fresh", action="store_true", help="start over: what is in the data folder is removed")
    parser.add_argument("--lan", action="store_true", help="serve the local network; QR codes lead to this computer")
    parser.add_argument("--no-serve", action="store_true", help="only make the data")
    parser.set_defaults(host=None)


def run(arguments: argparse.Namespace) -> int:
    """Makes the data once, then serves it; 0 after a stop, 1 when the port is taken or the folder is not a demo's."""
    folder = (arguments.data or Path("data/scale" if arguments.scale else "data/demo")).absolute()
    settings = _settings(arguments, folder)
    if arguments.fresh and not _clear(folder):
        print(f"{folder} 不是演示数据的文件夹,没有删除 / is no demonstration's folder, not removed", file=sys.stderr)
        return 1
    if not (folder / READY).exists():
        if folder.exists() and not _clear(folder):
            print(f"{folder} 里有别的数据,请换一个 --data / holds other data, choose another", file=sys.stderr)
            return 1
        if arguments.scale:
            _make_in_full_size(settings, folder, arguments)
        else:
            _make(settings, folder)
    if IN_FULL_SIZE in json.loads((folder / READY).read_text(encoding="utf-8")):
        _tell_of_full_size(settings, folder)
    else:
        _print_cards(settings, folder)
        _tell(settings, folder)
    if arguments.no_serve:
        return 0
    return alone.serve(open_house(settings))


def _settings(arguments: argparse.Namespace, folder: Path) -> Settings:
    known = serve.configured(arguments)
    return Settings(**{**known.model_dump(exclude_unset=True), "data": folder, "database_url": ""})


def _clear(folder: Path) -> bool:
    """Removes a demonstration, finished or not; anything else stays."""
    if not folder.exists():
        return True
    own = {READY, CARDS_PDF, CARDS_TEXT, SHARES_TEXT, KEY_FILE}
    if any(path.name not in own and not path.name.startswith("piaojue") for path in folder.iterdir()):
        return False
    shutil.rmtree(folder)
    return True


def _make(settings: Settings, folder: Path) -> None:
    print("正在生成演示数据,约几秒钟…… / making the demonstration", file=sys.stderr, flush=True)
    folder.mkdir(parents=True, mode=0o700)
    today = DemoClock.today()
    clock = DemoClock(story.beginning(today))
    house = open_house(settings, clock)
    try:
        told = story.tell(TownHall(house, clock, SEED), today)
    finally:
        house.close()
    codes = "".join(f"{printed_code(code)}\n" for code in told.cards)
    (folder / CARDS_TEXT).write_text(codes, encoding="ascii")
    shares = "".join("\n".join(printed_share(read_share(share))) + "\n\n" for share in told.shares)
    (folder / SHARES_TEXT).write_text(shares, encoding="ascii")
    remembered = {
        "session": told.session_title,
        "poll": told.poll_title,
        "set": [told.set_name.colour, told.set_name.word, told.set_name.number],
        "scrutineers": list(told.scrutineers),
    }
    (folder / READY).write_text(json.dumps(remembered, ensure_ascii=False), encoding="utf-8")


def _make_in_full_size(settings: Settings, folder: Path, arguments: argparse.Namespace) -> None:
    print("正在生成大数据量演示,约十分钟…… / making a city in full size", file=sys.stderr, flush=True)
    folder.mkdir(parents=True, mode=0o700)
    size = Size(today=DemoClock.today(), years=max(1, arguments.years), congresses=max(2, arguments.congresses))
    remembered = {IN_FULL_SIZE: make(settings, size, SEED), "years": size.years, "congresses": size.congresses}
    (folder / READY).write_text(json.dumps(remembered), encoding="utf-8")


def _tell_of_full_size(settings: Settings, folder: Path) -> None:
    remembered = json.loads((folder / READY).read_text(encoding="utf-8"))
    years, congresses, facts = (remembered[name] for name in ("years", "congresses", IN_FULL_SIZE))
    lines = (
        "",
        f"  {congresses} 个大会 {years} 年,{facts} 条记录 / congresses, years, facts; no ballots are made",
        f"  打开 / open            {settings.public_url}/sign-in",
        f"  密码都是 / password    {PASSWORD}",
        *(f"    {login:<16}{words}" for login, words in LOGINS),
        "  停止 / stop            Ctrl-C",
        "",
    )
    print("\n".join(lines), file=sys.stderr, flush=True)


def _print_cards(settings: Settings, folder: Path) -> None:
    """The cards on the table, for this address. Outside the demonstration secrets are streamed once, never stored."""
    remembered = json.loads((folder / READY).read_text(encoding="utf-8"))
    colour, word, number = remembered["set"]
    codes = (folder / CARDS_TEXT).read_text(encoding="ascii").split()
    sheets = CardSheets(
        session=remembered["session"],
        poll=remembered["poll"],
        name=SetName(colour=colour, word=word, number=number),
        print_as=PrintAs.ADDRESS,
        address=settings.public_url,
        secrets=tuple(read_secret(code) for code in codes),
    )
    (folder / CARDS_PDF).write_bytes(card_sheets(sheets))


def _tell(settings: Settings, folder: Path) -> None:
    chief, *scrutineers = json.loads((folder / READY).read_text(encoding="utf-8"))["scrutineers"]
    simulate = f"--url http://localhost:{settings.port} --cards {shlex.quote(str(folder / CARDS_TEXT))}"
    lines: Sequence[str] = (
        "",
        f"  打开 / open            {settings.public_url}/sign-in",
        f"  公开页 / public page   {settings.public_url}/",
        f"  密码都是 / password    {PASSWORD}",
        *(f"    {login:<16}{words}" for login, words in ACCOUNTS),
        f"    {chief:<16}总监票人；监票人：{'、'.join(scrutineers)}",
        f"  票卡 / ballot cards    {folder / CARDS_PDF}",
        f"  密钥分片 / key shares  {folder / SHARES_TEXT}（任意两份可开票箱 / any two open the box）",
        f"  模拟投票 / simulate    ./run piaojue simulate {simulate}",
        "  停止 / stop            Ctrl-C",
        "",
    )
    print("\n".join(lines), file=sys.stderr, flush=True)
