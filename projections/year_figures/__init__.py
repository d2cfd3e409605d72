"""What do several years of one congress, or of all congresses below one, add up to? Nobody types these figures."""

from projections.reading.projection import Projection
from projections.year_figures.asking import (
    CategoryFigures,
    Rated,
    YearFigures,
    categories_of,
    figures_of,
    newest_year,
    rated_of,
    summed,
    years_of,
)
from projections.year_figures.following import project
from projections.year_figures.tables import metadata

__all__ = [
    "PROJECTION",
    "CategoryFigures",
    "Rated",
    "YearFigures",
    "categories_of",
    "figures_of",
    "newest_year",
    "rated_of",
    "summed",
    "years_of",
]

PROJECTION = Projection(name="year_figures", shape=1, metadata=metadata, project=project)
