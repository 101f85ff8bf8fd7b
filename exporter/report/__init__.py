"""What a report says, and the forms in which it is handed out: page, JSON, SARIF, conformance statement."""
