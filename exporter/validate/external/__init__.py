"""External validators, one module each, as `validators.Validator`.

None of them is required for an export. A validator whose exit code contradicts its report, or whose report is invalid,
counts as one that did not check the file.
"""
