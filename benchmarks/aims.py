"""Schools for benchmarks, with the aim that their results speak of."""

from models import Aim, School


def aiming(school: School, aim: Aim) -> School:
    """Give the school with an aim."""
    weights = school.settings.weights.model_copy(update={"aim": aim})
    return school.replaced(settings=school.settings.model_copy(update={"weights": weights}))


def for_points(school: School) -> School:
    """Give the school with points alone as its aim.

    So are all suites, peers and best known values measured: other methods know of nothing else,
    and a bound on points is then one on what is aimed at.
    """
    return aiming(school, Aim.MOST_POINTS)
