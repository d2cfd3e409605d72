"""Between closing and count: the closed box's record, unused cards, papers entered by two teams."""

from tests.browser.whole_path import town
from tests.browser.whole_path.hands import Screen
from tests.browser.whole_path.voting import Vote

_MARKS = ("赞成", "反对", "弃权")


def unused_card_handed_in(scrutineer: Screen, vote: Vote, card: str) -> None:
    """Nobody voted with it; it is counted, never named."""
    scrutineer.go(vote.scrutineers).follow("回收没有用过的票卡")
    scrutineer.fill(code=card.partition("#")[2]).press("清点").says("已清点一张")
    scrutineer.shows("发出9＝票箱里8＋交回未用1＋没有交回0")


def box_recorded(chief: Screen, vote: Vote) -> str:
    """Number and root, large, to be printed; the root as it is written there."""
    chief.go(f"{vote.scrutineers}/closed").shows("8", "main dd")
    return chief.page.locator("p.hash.large").inner_text()


def papers_entered(staff: Screen, scrutineer: Screen, vote: Vote) -> None:
    """Both teams enter the one batch; the second has miscounted, sees what differs, and counts that item again."""
    staff.go(vote.poll).follow("纸质票").fill(papers="2").press("登记").says("收回的纸质票已登记")
    staff.go(f"{vote.poll}/papers/1/1").fill(**_figures()).press("录入").says("已录入")
    second = f"{vote.scrutineers}/papers/1/2"
    scrutineer.go(second).fill(**_figures() | {"r1.1": "2"}).press("录入").refuses("多1张")
    scrutineer.go(second).fill(**_figures() | {"r1.1": "2", "r1.2": "0"}).press("录入").shows("不一致：第1批")
    scrutineer.go(second).fill(**{name: figure for name, figure in _figures().items() if name.startswith("r1.")})
    scrutineer.press("录入").says("已录入").shows("一致")


def _figures() -> dict[str, str]:
    """How often each mark stands on the papers, by the fields of the form."""
    on_paper = [marks.split()[-len(town.ON_PAPER) :] for marks in town.VOTES.values()]
    return {
        f"r{item}.{place}": str(marks.count(mark))
        for item, marks in enumerate(on_paper, start=1)
        for place, mark in enumerate(_MARKS, start=1)
    }
