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

# Shows which package is fetched, on one line of a terminal; ends as pip did.
progress() {
    count=0
    while read -r word name _; do
        case $word in
            Collecting)
                count=$((count + 1))
                [ ! -t 2 ] || printf '\r\033[K  %s of %s: %s' "$count" "$total" "${name%%==*}" >&2 ;;
            Installing) [ ! -t 2 ] || printf '\r\033[K  putting all of it in place\n' >&2 ;;
            ended) return "$name" ;;
        esac
    done
}

if ! suits "$python"; then
    found=$(find_python)
    echo "1 of 2: making .venv with $found" >&2
    "$found" -m venv --clear .venv </dev/null
fi
total=$(grep -c '^[a-z0-9]' "$lock")
echo "2 of 2: installing $total packages from $lock into .venv, only now and when it changes" >&2
# All is in the lock: without --no-deps, pip 23 and older trip over `coverage[toml]`, asked for
# by another package, once there is a newer coverage than the one in the lock.
{
    PYTHONUNBUFFERED=1 "$python" -m pip install --disable-pip-version-check --no-deps \
        --require-hashes -r "$lock" </dev/null && echo "ended 0" || echo "ended 1"
} | progress
cp "$lock" ".venv/$lock"
if [ "$lock" = requirements-dev.lock ]; then
    cp requirements.lock .venv/ # every line of it is in the longer one too
fi
