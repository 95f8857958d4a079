"""`newscrawl sites`: which sites can be crawled."""

from __future__ import annotations

import click

from newscrawl.tables import print_table

__all__ = ["command"]


@click.command("sites")
def command() -> None:
    """List the sites that can be crawled."""
    from newscrawl.sites import all_sites

    rows = [
        (site.name, site.hosts[0] if site.hosts else "", ",".join(site.editions), site.timezone, site.note)
        for site in all_sites()
    ]
    print_table(("site", "host", "editions", "time zone", "note"), rows)
