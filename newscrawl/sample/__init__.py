"""A sample aggregator of invented articles, in the real mark-up of the -ress engine: the demo's and the tests' web."""

from newscrawl.sample.expected import (
    KEPT_LANGUAGES,
    ExpectedArticle,
    expected_articles,
    expected_outcomes,
    noise_lines,
    redirects,
)
from newscrawl.sample.server import Override, Request, SampleServer
from newscrawl.sample.web import SampleWeb

__all__ = [
    "KEPT_LANGUAGES",
    "ExpectedArticle",
    "Override",
    "Request",
    "SampleServer",
    "SampleWeb",
    "expected_articles",
    "expected_outcomes",
    "noise_lines",
    "redirects",
]
