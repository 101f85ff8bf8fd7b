"""The report of an export as data, and its renderings: HTML, JSON, SARIF, conformance statement."""
