#!/bin/sh
# Makes .venv hold what a lock file names; does nothing when it does already.
set -eu
lock=$1
python=.venv/bin/python

cmp -s "$lock" ".venv/$lock" && exit

suits() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
        suits "$candidate" && echo "$candidate" && return
    done
    echo "Convener needs Python 3.11 or newer with its venv module, and found none." >&2
    echo "Install one (Debian, Ubuntu: apt install python3-venv), or name it: make PYTHON=/path/to/python3" >&2
    exit 1
}

if ! suits "$python"; then
    found=$(find_python)
    "$found" -m venv --clear .venv </dev/null
fi
echo "Installing what $lock names into .venv: once, and again only when it changes."
# All is in the lock: without --no-deps, pip 23 and older trip over `coverage[toml]`, asked for
# by another package, once there is a newer coverage than the one in the lock.
"$python" -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r "$lock" </dev/null
cp "$lock" ".venv/$lock"
if [ "$lock" = requirements-dev.lock ]; then
    cp requirements.lock .venv/ # every line of it is in the longer one too
fi
