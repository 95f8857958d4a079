"""Dates as papers write them: `read_date` is the door, the other files are its steps."""

from pipelines.dates.reader import read_date, warm_up

__all__ = ["read_date", "warm_up"]
