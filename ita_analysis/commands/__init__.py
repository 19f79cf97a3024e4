"""The commands that work on data; each parses its words, calls the package and prints."""
