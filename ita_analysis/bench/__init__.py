"""``ita bench``: this runner against stock papermill, in one run, on invented data."""
