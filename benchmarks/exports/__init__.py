"""How fast and in how much memory a million articles are exported: `python -m benchmarks.exports`."""
