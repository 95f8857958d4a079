"""What is to be fetched: Scrapy's SCHEDULER on the database, what it knows, and what earlier runs left."""

from newscrawl.frontier.scheduler import Frontier

__all__ = ["Frontier"]
