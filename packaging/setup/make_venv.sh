#!/bin/sh
# Makes a private Python environment in the folder $1, or leaves it as it is where its Python still runs.
set -eu
folder=${1:?the folder of the environment}

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed; found: $(python3 --version 2>&1 || true)." >&2
    echo "Please install it, then run make again. On Debian 12 and later, Ubuntu 22.04 and later:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y python3.11 python3.11-venv" >&2
    return 1
}

if "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
python=$(find_python)
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then # Debian keeps the two in a package of their own
    "$(dirname "$0")/system_packages.sh" "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
fi
echo "Making the environment $folder with $("$python" --version)"
"$python" -m venv --clear "$folder"
