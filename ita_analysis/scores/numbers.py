"""Exact arithmetic on scores: fractions inside, two decimals, rounded half up, at the end."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor

PLACES = 2
"""Decimals with which scores are published."""

STEP = Decimal("0.01")
"""The smallest difference between two published scores."""


def round_half_up(value: Fraction, places: int = PLACES) -> Decimal:
    """Return a value rounded to a number of decimals; a half goes away from zero.

    Args:
        value: The exact value.
        places: Number of decimals.
    """
    scale = 10**places
    steps = floor(abs(value) * scale + Fraction(1, 2))
    return Decimal(steps if value >= 0 else -steps).scaleb(-places)


def mean(values: Iterable[Fraction]) -> Fraction:
    """Return the exact mean of at least one value."""
    numbers = list(values)
    return sum(numbers, Fraction()) / len(numbers)


def least_rounding_to(score: Decimal) -> Fraction:
    """Return the smallest exact value that is published as this score or more."""
    return Fraction(score) - Fraction(STEP) / 2
