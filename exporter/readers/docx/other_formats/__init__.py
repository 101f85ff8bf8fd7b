"""LibreOffice converts other formats to Word, and lays out Word files as pages (`conversion`).

Before, `link_removal` removes links to other files, and `confinement` keeps LibreOffice from all others.
"""
