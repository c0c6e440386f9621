#!/bin/sh
# Installs what the tests in a real browser need, on Debian or Ubuntu, as root: Chromium with its
# driver, and into .venv axe-core, which is under the MPL and not kept in the repository.
set -eu
version=4.14.1
axe=$PWD/.venv/axe.min.js

if ! command -v chromedriver >/dev/null; then
    apt-get update -q
    apt-get install -q -y --no-install-recommends chromium chromium-driver
fi

if [ ! -f "$axe" ]; then
    if ! command -v npm >/dev/null; then
        echo "npm is not there to fetch axe-core: pages are tested without it." >&2
        exit
    fi
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    (cd "$folder" && npm pack --silent "axe-core@$version" >/dev/null && tar -xzf ./*.tgz package/axe.min.js)
    mv "$folder/package/axe.min.js" "$axe"
fi
