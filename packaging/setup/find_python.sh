#!/bin/sh
# Prints the name of a Python that is new enough, or says what to install.
#
#   find_python.sh          to run the program
#   find_python.sh system   to bundle it: the system's own before any other, since its version and licence are known
set -eu
names='python3 python3.13 python3.12 python3.11 python3.14 python'
[ "${1-}" != system ] || names="/usr/bin/python3 /usr/bin/python3.11 $names"
for name in $names; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$name"
        exit 0
    fi
done
echo "Python 3.11 or newer is needed; found: $(python3 --version 2>/dev/null || echo none)." >&2
echo "Please install it, then run make again. On Debian 12 and Ubuntu 22.04:" >&2
echo "    sudo apt-get update && sudo apt-get install -y python3.11 python3.11-venv" >&2
exit 1
