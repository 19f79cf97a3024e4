"""One theme; an analysis frame in, a plotly figure out. Charts only draw."""
