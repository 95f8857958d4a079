"""Datasette on one database, on this machine alone. The only importer of datasette and uvicorn."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

__all__ = ["serve"]

HOST = "127.0.0.1"
MOUNT = "newscrawl"
SETTINGS = {
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 3_000,  # Datasette's 200 ms are too few for a million articles
    "suggest_facets": False,
    "default_page_size": 50,
    "max_returned_rows": 5_000,
    "truncate_cells_html": 400,
}


def serve(path: Path, metadata: dict[str, Any], port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. ``port`` 0 takes a free one; ``ready`` gets the address once it answers.

    :raises OSError: when the port is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
        style = {"extra_css_urls": [f"/{MOUNT}/browse.css"]}
        mounts = [(MOUNT, str(Path(__file__).parent))]
        datasette = Datasette([str(path)], metadata=metadata | style, settings=SETTINGS, static_mounts=mounts)
        server = uvicorn.Server(uvicorn.Config(datasette.app(), lifespan="on", log_level="warning", workers=1))
        ready(f"http://{HOST}:{listener.getsockname()[1]}/{path.stem}")
        server.run(sockets=[listener])
