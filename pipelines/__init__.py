"""From a fetched page to a stored article. Begin reading in :mod:`pipelines.article`."""
