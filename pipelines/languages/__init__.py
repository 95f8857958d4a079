"""The language of a headline or an article: `detect`."""

from pipelines.languages.detector import UNDETERMINED, detect, warm_up

__all__ = ["UNDETERMINED", "detect", "warm_up"]
