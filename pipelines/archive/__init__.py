"""data/pages.db: `Archive` is the door; compression, care of the file, and WARC in and out."""

from pipelines.archive.archive import Archive

__all__ = ["Archive"]
