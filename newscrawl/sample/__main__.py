"""``python -m newscrawl.sample --port N``: run the sample aggregator by hand."""

from __future__ import annotations

import threading
from contextlib import suppress

import click

from newscrawl.sample.server import SampleServer


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
def main(port: int) -> None:
    """Serve the sample aggregator on 127.0.0.1 until Ctrl-C."""
    try:
        server = SampleServer(port).start()
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be opened: {error.strerror or error}.") from error
    click.echo(f"The sample aggregator is at {server.base_url}/fr (Ctrl-C stops it).")
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    server.stop()


if __name__ == "__main__":
    main(prog_name="python -m newscrawl.sample")
