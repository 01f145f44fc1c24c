#!/bin/sh
# Prints the name of a Python that is new enough, or says what to install.
set -eu
for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$name"
        exit 0
    fi
done
echo "Python 3.11 or newer is needed; found: $(python3 --version 2>/dev/null || echo none)." >&2
echo "Please install it, then run make again. On Debian 12 and Ubuntu 22.04:" >&2
echo "    sudo apt-get update && sudo apt-get install -y python3.11 python3.11-venv" >&2
exit 1
