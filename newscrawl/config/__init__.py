"""What newscrawl.toml, the environment and the command line say: read, checked, and laid over each other."""

from newscrawl.config.in_force import FILE_NAME, Config, ConfigError, SiteOptions, Value, find_file, load

__all__ = ["FILE_NAME", "Config", "ConfigError", "SiteOptions", "Value", "find_file", "load"]
