"""Makes the city in full size in an empty place: facts in bulk, pages' data, accounts."""

from interfaces.composition import open_house
from interfaces.demo.clock import DemoClock
from interfaces.demo.scale.bodies import bodies
from interfaces.demo.scale.people import move_in
from interfaces.demo.scale.years import Size, fill
from interfaces.demo.town_hall import TownHall
from interfaces.settings import Settings
from interfaces.upkeep.telling import Bar
from projections.reading.engine import open_reading
from projections.reading.rebuild import rebuild_all
from projections.reading.shelf import ALL


def make(settings: Settings, size: Size, seed: int) -> int:
    """Returns the number of facts. Raises NotEmpty where there is something already."""
    facts = fill(settings.storage_url, size)
    house = open_house(settings, DemoClock(size.today), follow=False)
    try:
        reading = open_reading(settings.storage_url)
        with Bar() as bar:
            rebuild_all(house.history, reading, ALL, lambda reached, last: bar("show", reached, last))
        reading.dispose()
        move_in(TownHall(house, DemoClock(size.today), seed), bodies(size.congresses, size.first_year))
        house.followers.catch_up()
        house.notary.catch_up()
    finally:
        house.close()
    return facts
