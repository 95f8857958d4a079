"""Text that a site repeats on its pages: learned in `learning`, removed by `strip_noise`."""

from pipelines.noise.stripping import RECURRING, TICKER, strip_noise

__all__ = ["RECURRING", "TICKER", "strip_noise"]
