"""How well pages, headlines and dates are read: our own pipeline beside the tools people use instead.

``python -m benchmarks.quality --help``; what the figures mean and what they were: docs/quality.md.
"""
