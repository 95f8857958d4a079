"""One small declarative file an aggregator; its name, its ``name`` and its folder in tests/sites are the same word."""
