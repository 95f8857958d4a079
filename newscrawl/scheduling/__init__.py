"""Crawls that run by themselves: timers, crontab lines, a process that stays, and one crawl of a site at a time."""
