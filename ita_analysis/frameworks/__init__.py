"""The rules of each assessment year as data, and which sub-indicator a title names."""

from ita_analysis.frameworks.folders import data_folder
from ita_analysis.frameworks.framework import Framework
from ita_analysis.frameworks.loading import check_frameworks, known_years, load_framework
from ita_analysis.frameworks.matching import Match, match_sub_indicator
from ita_analysis.frameworks.model import (
    BASES,
    Band,
    Basis,
    Break,
    Indicator,
    Item,
    Period,
    Source,
    SubIndicator,
    Tool,
)

__all__ = [
    "BASES",
    "Band",
    "Basis",
    "Break",
    "Framework",
    "Indicator",
    "Item",
    "Match",
    "Period",
    "Source",
    "SubIndicator",
    "Tool",
    "check_frameworks",
    "data_folder",
    "known_years",
    "load_framework",
    "match_sub_indicator",
]
