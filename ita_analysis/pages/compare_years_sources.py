"""On what the numbers of the comparison of years rest: sites, rules with their basis, the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ita_analysis.analysis.comparison import Comparison
from ita_analysis.frameworks import Basis
from ita_analysis.pages import compare_years_words as words
from ita_analysis.pages.compare_years_case import ScoreCase
from ita_analysis.pages.info import agency_place
from ita_analysis.reports import ReportInfo
from ita_analysis.texts import Texts
from ita_analysis.thai import format_date


@dataclass(frozen=True, slots=True)
class Sources:
    """Makes the lines that name a number's source.

    Attributes:
        case: The scores and the rules.
        result: The comparison.
        as_of: The day the report speaks for.
        say: Words of the report's language.
    """

    case: ScoreCase
    result: Comparison
    as_of: dt.date
    say: Texts

    def info(self) -> ReportInfo:
        """Return what stands on the title block."""
        agency, say = self.case.agency, self.say
        return ReportInfo(
            notebook="compare_years",
            lang=say.lang,
            title=say("compare.title"),
            agency_id=agency.agency_id,
            agency_name=agency.name(say.lang),
            agency_place=agency_place(agency, say),
            fiscal_year_be=self.case.fiscal_year_be,
            round_months=None,
            as_of=self.as_of,
            data_kind=self.result.data_kind,
            source=self._sites(),
            subtitle=say("compare.subtitle"),
        )

    def line(self, rules: str, *, with_national: bool = False) -> str:
        """Return the source line of a figure; it names synthetic data before all else.

        Args:
            rules: As :meth:`rules` or :meth:`bands`; empty where the figure rests on none.
            with_national: Whether the figure shows the national mean too.
        """
        say = self.say
        pieces = [say("compare.source", places=self._sites())]
        if self.result.data_kind == "synthetic":
            pieces.insert(0, say("compare.synthetic"))
        sites = words.places(self.national_shown()) if with_national else []
        if sites:
            pieces.append(say("compare.source_of_national", places=", ".join(sites)))
        source = words.SEPARATOR.join(pieces)
        values = {"source": source, "as_of": format_date(self.as_of, say.lang)}
        if not rules:
            return say("compare.source_plain", **values)
        return say("compare.source_basis", rules=rules, **values)

    def rules(self, years: Iterable[int]) -> str:
        """Say how sure the rule is by which scores of these years were computed.

        Empty without years.
        """
        bases = words.rule_bases(self.case.frameworks, years)
        return self.say("compare.rules", parts=words.basis_parts(bases, self.say)) if bases else ""

    def bands(self, years: Iterable[int]) -> str:
        """Say how sure the rating bands of these years are."""
        bases: dict[int, Basis] = {year: self.case.frameworks[year].ratings.basis for year in years}
        return self.say("compare.bands", parts=words.basis_parts(bases, self.say))

    def national_shown(self) -> pd.DataFrame:
        """Return the national result of the years whose national mean is shown."""
        years = self.result.years
        shown = years.loc[years["national_mean_pct"].notna(), "fiscal_year_be"]
        national = self.case.national
        return national[national["fiscal_year_be"].isin(shown)]

    def _sites(self) -> str:
        return ", ".join(words.places(self.case.scores)) or "–"
