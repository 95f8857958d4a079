"""What every worker process has loaded, once: workers are copies of the process that imported this file.

Libraries and language models take a second of processor time and 200 MB, as much as two hundred pages. A worker that
is forked from a process that has them (multiprocessing's fork server: one thread, no page, no database) begins at once
and shares that memory with the other workers; also the one that replaces a worker whose page took too long.
"""

from __future__ import annotations

import gc
import signal

# Ctrl-C reaches the whole process group, also while this loads: the crawling process decides when workers end.
signal.signal(signal.SIGINT, signal.SIG_IGN)

gc.disable()  # what is loaded stays: to look for garbage in it again and again takes a tenth of the time

from pipelines import article, dates, extraction_pool, languages  # noqa: E402  # after both

__all__ = ["article", "extraction_pool"]

languages.warm_up()
dates.warm_up()
gc.freeze()  # the collector would write to every shared page of memory
gc.enable()
