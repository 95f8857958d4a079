"""A dataset bundle: data files, and beside them all that says exactly which data that is."""
