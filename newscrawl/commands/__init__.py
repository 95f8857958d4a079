"""The verbs of the command line, one file each: the file's name is the verb, its `command` the click command."""
