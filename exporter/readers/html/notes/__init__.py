"""Notes: found by roles, classes and links, cleaned of numbers and backlinks, and joined to their references."""
