"""The store: results of steps under their keys.

`store` has objects under their digests, `results` the records of steps, `step_cache` what a step keeps for its parts.
Keys have the digests of `fingerprints` (files) and `code_digest`. `store_size` removes what was used longest ago,
`scratch` makes the folders of runs in it and empties it, `shared_folder` is a store that machines share.
"""
