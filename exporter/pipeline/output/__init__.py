"""The output folder: the folder of each publication, placed at once, and the catalogue of all."""
