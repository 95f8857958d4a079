"""Scrapy's own commands where the project has something to add (setting ``COMMANDS_MODULE``); one file a command."""
