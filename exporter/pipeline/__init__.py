"""The story of an export (`export`) of the publications (`manuscripts`, `context`) with their `settings`.

`steps` has what is done to a publication, `execution` how and where, `storage` what is kept, `output` what is placed.
"""
