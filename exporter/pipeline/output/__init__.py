"""The output folder: the folder of each publication, placed at once, and the catalogue of all.

`publication_folder` replaces a folder by one rename, with `staging` where the system cannot exchange folders;
`shared_output` sends it where several machines share it. `catalogue_update` decides whether `catalogue` is written.
"""
