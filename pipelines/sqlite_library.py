"""sqlite-utils without pandas, which it would import wherever that is installed: half a second and 60 MB for nothing.

The only importer of sqlite-utils. Whoever wants pandas imports it, before or after.
"""

from __future__ import annotations

import sys

_STAND_IN = "pandas" not in sys.modules
if _STAND_IN:
    sys.modules["pandas"] = None  # type: ignore[assignment]  # to import it now is a ModuleNotFoundError
try:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations
finally:
    if _STAND_IN:
        del sys.modules["pandas"]

__all__ = ["Database", "Migrations"]
