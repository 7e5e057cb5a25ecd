"""Whether a figure is of a size that its area can have: a firm's debt is no country's, nor a country's a district's."""

from model.records import Observation

BILLION = 1_000_000_000
SIZES = {
    ("arrears", "country"): (100 * BILLION, 60_000 * BILLION),
    ("arrears", "region"): (5 * BILLION, 20_000 * BILLION),
    ("arrears", "province"): (2 * BILLION, 9_000 * BILLION),
    ("arrears", "district"): (BILLION // 2, 1_500 * BILLION),
    ("arrears", "commune"): (BILLION // 50, 300 * BILLION),
    ("revenue", "country"): (20 * BILLION, 1_500_000 * BILLION),
    ("revenue", "province"): (BILLION, 120_000 * BILLION),
    ("revenue", "district"): (BILLION // 10, 15_000 * BILLION),
    ("revenue", "commune"): (0, 2_000 * BILLION),
    ("payouts", "country"): (50 * BILLION, 1_000_000 * BILLION),
    ("payouts", "province"): (BILLION, 60_000 * BILLION),
    ("payouts", "district"): (BILLION // 10, 15_000 * BILLION),
    ("payouts", "commune"): (0, 2_000 * BILLION),
    ("participants", "country"): (20_000, 105_000_000),
    ("participants", "province"): (100, 11_000_000),
    ("participants", "district"): (10, 1_600_000),
    ("participants", "commune"): (1, 400_000),
    ("beneficiaries", "country"): (5_000, 60_000_000),
    ("beneficiaries", "province"): (50, 5_000_000),
    ("beneficiaries", "district"): (5, 800_000),
    ("beneficiaries", "commune"): (1, 200_000),
    ("visits", "country"): (1_000_000, 400_000_000),
    ("visits", "province"): (5_000, 60_000_000),
    ("visits", "district"): (500, 8_000_000),
    ("visits", "commune"): (50, 1_000_000),
    ("cards", "country"): (1_000_000, 105_000_000),
    ("cards", "province"): (1_000, 11_000_000),
    ("cards", "district"): (100, 1_600_000),
    ("cards", "commune"): (1, 400_000),
}
"""Lowest and highest total that a scheme has had in one area of a level."""
PARTLY = frozenset({"BHXH_TN", "BHYT_HGD", "BHYT_HSSV", "BHTN"})
"""Schemes, and with a scope any, of which a small part is told: their lower bound is a twentieth."""


LEAST = {
    ("BHYT", "province"): 50_000,
    ("BHYT", "district"): 500,
    ("BHYT", "commune"): 50,
    ("BHXH", "province"): 3_000,
    ("BHXH", "district"): 100,
    ("BHXH_BB", "province"): 2_000,
    ("BHXH_BB", "district"): 50,
}
"""Fewest people that a scheme has in one area: fewer came to a meeting about it, or are a part that no scope tells."""


def beyond(scheme: str, concept: str, level: str, value: float) -> bool:
    """Whether a total is larger than any that an area of a level can have, and the country can."""
    bounds, whole = SIZES.get((concept, level)), SIZES.get((concept, "country"))
    if bounds is None or whole is None or level in ("country", "region"):
        return False
    share = 8 if scheme in PARTLY and concept in ("revenue", "payouts", "arrears") else 1
    return bounds[1] // share < value <= whole[1] // share


def improbable(one: Observation) -> bool:
    """Whether a total is too large or too small for its area, so that it must be of another one, or of a part."""
    if one.measure != "level" or one.unit == "percent" or one.area_level is None:
        return False
    scheme, _, concept = one.indicator.partition(".")
    bounds = SIZES.get((concept, one.area_level))
    if bounds is None:
        return False
    low, high = bounds
    if one.area_level == "country" and scheme in ("BHYT", "BHXH", "BHXH_BB") and concept in ("revenue", "payouts"):
        low = 1_000 * BILLION
    if concept == "participants" and not one.scope:
        least = max(LEAST.get((single, one.area_level), 0) for single in scheme.split("+"))
        if one.obs_value < least:
            return True
    low = low // 20 if one.scope or scheme in PARTLY else low
    high = high // 8 if scheme in PARTLY and concept in ("revenue", "payouts", "arrears") else high
    return not low <= one.obs_value <= high
