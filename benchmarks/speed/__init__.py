"""How fast it all is, beside its peers and on the same pages: `python -m benchmarks.speed`."""
