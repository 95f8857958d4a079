"""What it costs to find an article's story, as the database grows."""
