#!/bin/sh
# Starts Election Tally from this folder, wherever it lies: on a disk, or on a memory stick that can only be read.
#
#   sh start-election-tally.sh [FILE | COMMAND …]
#   sh start-election-tally.sh --check-files        compares every file of this folder with the list FILES.sha256
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
program=$here/program/tally-app

if [ "${1-}" = --check-files ]; then
    cd -- "$here"
    sha256sum --check --quiet FILES.sha256 && echo 'Every file is as it was made.'
    exit
fi

# A memory stick may forbid to start programs: FAT knows no such permission, or the stick was attached without it.
if [ -x "$program" ]; then
    exec "$program" "$@"
fi

copy=$(mktemp -d "${TMPDIR:-/tmp}/election-tally.XXXXXXXX")
trap 'rm -rf -- "$copy"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
cp -R -- "$here/program" "$copy/"
chmod -R u+rwX,go-rwx "$copy"
chmod u+x "$copy/program/tally-app"
"$copy/program/tally-app" "$@"
