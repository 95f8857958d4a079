#!/bin/sh
# Make .venv from a lock file: set_up.sh LOCK PYTHON. Says in one sentence what is missing when it cannot.
set -eu
lock=$1
python=${2:-}

if [ -z "$python" ]; then
    echo "newscrawl needs Python 3.11 or newer and found none: install it (Debian: apt-get install python3 python3-venv) or name one with 'make demo PYTHON=/path/to/python3.11'." >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "newscrawl needs Python 3.11 or newer, and '$python' is not: name another with 'make demo PYTHON=/path/to/python3.11'." >&2
    exit 2
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "'$python' has no venv module: install it (Debian and Ubuntu: apt-get install python3-venv) and run the same command again." >&2
    exit 2
fi

echo "Setting up .venv from $lock (once; a minute or two) ..." >&2
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
# setuptools is in the lock, so that installing the project itself downloads nothing.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
