"""The pages that readers meet in the output folder: one for each publication, the catalogue, and its feeds."""
