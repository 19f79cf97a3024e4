"""The register of measures: from a document's raw tables to measures and obligations."""
