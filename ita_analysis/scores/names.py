"""Agencies by name: one agency under its several spellings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from ita_analysis.register.agencies import Agency
from ita_analysis.scores.values import clean

# Longest first: the short form of one type is part of another's.
_TYPES = (
    ("องค์การบริหารส่วนตำบล", "อบต"),
    ("องค์การบริหารส่วนจังหวัด", "อบจ"),
    ("เทศบาลตำบล", "ทต"),
    ("เทศบาลเมือง", "ทม"),
    ("เทศบาลนคร", "ทน"),
)
_NOISE = re.compile(r"[\s.\-–()\"']+")


def name_key(name: str) -> str:
    """Return what all spellings of an agency's name have in common.

    Spaces, dots and hyphens do not count; องค์การบริหารส่วนตำบล and อบต. are the same, and so are
    the other types of local bodies.
    """
    key = _NOISE.sub("", clean(name)).casefold()
    for long, short in _TYPES:
        if key.startswith(long):
            return short + key.removeprefix(long)
    return key


def new_agency_id(name: str) -> str:
    """Return a key for an agency that is not in the list: the same for all its spellings."""
    return "agency-" + hashlib.sha256(name_key(name).encode()).hexdigest()[:10]


class AgencyNames:
    """The agencies of the list, found by any spelling of their names."""

    def __init__(self, agencies: Mapping[str, Agency]) -> None:
        self._ids: dict[str, list[str]] = {}
        for agency in agencies.values():
            for name in {name_key(agency.name_th), name_key(agency.name_en)} - {""}:
                self._ids.setdefault(name, []).append(agency.agency_id)

    def find(self, name: str) -> list[str]:
        """Return the ids of all agencies of this name: none, one, or several."""
        return self._ids.get(name_key(name), [])
