"""data/news.db: `Store` is the door; the other files hold its SQL, one concern each."""

from pipelines.store.store import Store, StoreError

__all__ = ["Store", "StoreError"]
