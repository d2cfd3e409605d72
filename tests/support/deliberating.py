"""A congress whose delegates read and remark: a published list, two units, materials, remarks with answers.

`room = Deliberating(office)` has the list out; `room.speak()` lets delegations and delegates say something and the
units answer some of it; `room.send()` sends two materials and lets some of the delegates read them.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from application import deliberation, materials
from application.congress import add_units
from application.deliberation import Said
from application.materials import Written
from application.office import Office
from application.projects import import_candidates, publish_list
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.projects.remark import RemarkKind
from tests.support import polls
from tests.support.stores import by

OTHER_UNIT = "市教育局"
NAMES = polls.NAMES[:4]
_IMPORT = UUID("00000000-0000-4000-8000-00000000cade")


class Deliberating:
    """The congress, its people and its candidates; the last one is a draft that is not on the list."""

    def __init__(self, office: Office, *, delegates: int = 6, slug: str = "jz") -> None:
        self.office = office
        today = office.today()
        self.year = today.year + 1 if today.month > 6 else today.year
        self.congress, self.clerk = polls.founded(office, slug)
        add_units(office, by(self.clerk), self.congress, [(OTHER_UNIT, "")])
        self.delegates = polls.roll_of(office, self.clerk, self.congress, delegates)
        self.session = polls.convened(office, self.clerk, self.congress, date(self.year, 1, 25))
        made = [polls.candidate(name, number, self.year) for number, name in enumerate(NAMES, 1)]
        made[1] = replace(made[1], lead_unit_name=OTHER_UNIT, supporters=320, support_proposals=14)
        import_id = uuid5(_IMPORT, str(self.congress))
        import_candidates(office, by(self.clerk), self.congress, self.year, import_id, made)
        self.projects = [uuid5(import_id, str(place)) for place in range(len(made))]
        chosen = [(project, number) for number, project in enumerate(self.projects[:3], 1)]
        publish_list(
            office, by(self.clerk), self.congress, self.year, self.session, chosen, "主席团第一次会议通过", today
        )
        known = office.state_of(self.congress, congresses.evolve)
        assert known is not None
        self.units = {unit.name: unit.id for unit in known.units.values()}

    def delegate(self, place: int) -> Actor:
        grant = Grant(role=Role.DELEGATE, congress=self.congress, delegate=self.delegates[place].delegate)
        return Actor(account=uuid5(self.congress, f"delegate/{place}"), name="代表", grants=(grant,))

    def officer(self, name: str) -> Actor:
        grant = Grant(role=Role.DEPARTMENT, congress=self.congress, unit=self.units[name])
        return Actor(account=uuid5(self.congress, f"officer/{name}"), name="承办人", grants=(grant,))

    def id(self, name: str) -> UUID:
        return uuid5(self.congress, name)

    def speak(self) -> int:
        """Two remarks and a question on the first project, one remark on the second; one is answered."""
        east, west = "城东代表团", "城西代表团"
        for name, place, said in (
            ("support", 0, Said(kind=RemarkKind.SUPPORT, words="支持这个项目，应当尽快实施。", delegation=east)),
            ("suggestion", 0, Said(kind=RemarkKind.SUGGESTION, words="先治理学校周边的易涝点。", delegation=west)),
            ("objection", 1, Said(kind=RemarkKind.OBJECTION, words="电梯的维护费用没有来源。", delegation=west)),
        ):
            deliberation.record_remark(self.office, by(self.clerk), self.projects[place], self.id(name), said)
        me, project = self.delegate(0), self.projects[0]
        deliberation.ask_question(self.office, by(me), project, self.id("question"), "资金何时到位？")
        officer = self.officer(polls.UNIT)
        return deliberation.answer_remark(
            self.office, by(officer), project, self.id("suggestion"), "已排在第一批，三月开工。"
        )

    def send(self) -> int:
        """A material for all, read by two, and one for one delegation, read by nobody."""
        first, second = self.id("agenda"), self.id("notes")
        written = Written(title="会议议程（草案）", words="一、听取和审议候选项目的说明；二、票决。")
        materials.send_material(self.office, by(self.clerk), self.congress, self.session, first, written)
        for place in (1, 2):
            materials.read_material(self.office, by(self.delegate(place)), first, 1)
        written = Written(title="城西代表团讨论安排", words="1 月 26 日上午九点，城西宾馆。")
        west = ("城西代表团",)
        return materials.send_material(self.office, by(self.clerk), self.congress, self.session, second, written, west)
