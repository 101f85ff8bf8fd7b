"""Views of a manuscript and its editions: what their pages show, and what a screen reader announces."""
