"""What an edition says, read back with other libraries than those that wrote it, compared with the tree."""
