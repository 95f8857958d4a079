"""``scrapy crawl``: as Scrapy's, but what is wrong with the site or its arguments is a sentence, not a traceback."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import crawl as scrapy_crawl
from scrapy.exceptions import UsageError

from newscrawl.crawling import check_extraction
from newscrawl.exit_codes import CLUSTER
from newscrawl.sites import SpiderArgumentError, check_arguments, known_names
from pipelines.cluster import ClusterError

if TYPE_CHECKING:
    import argparse

__all__ = ["Command"]


class Command(scrapy_crawl.Command):
    """Checks the arguments before anything starts; exits with 2 like Scrapy's usage errors, with 6 for a cluster."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the one spider that ``args`` names."""
        if len(args) == 1:
            try:
                check_arguments(args[0], opts.spargs)
            except KeyError:
                names = ", ".join(known_names())
                raise UsageError(f"there is no site {args[0]!r}: there are {names}", print_help=False) from None
            except SpiderArgumentError as error:
                raise UsageError(str(error), print_help=False) from None
        try:
            if self.settings is not None:
                check_extraction(self.settings)
        except ClusterError as error:
            print(f"newscrawl: {error}", file=sys.stderr)
            sys.exit(CLUSTER)
        super().run(args, opts)
