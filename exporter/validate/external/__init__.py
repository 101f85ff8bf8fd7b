"""Validators of others, one module each, in the shape of `validators.Validator`.

None of them is needed to export. What they say is held against what they do: one whose exit code and report contradict
each other, or whose report has another shape than it should, has not judged the file.
"""
