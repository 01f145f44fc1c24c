#!/bin/sh
# check_image.sh IMAGE.dmg: looks at a disk image as whoever receives it: signatures, the bundle's papers, and whether the
# program in it works. What only a signature with a certificate passes is asked where CODESIGN_IDENTITY is set.
set -eu
image=$1
place=$(mktemp -d)
trap 'hdiutil detach -quiet "$place" || true' EXIT
hdiutil attach -quiet -nobrowse -readonly -mountpoint "$place" "$image"
app="$place/Election Tally.app"

plutil -lint "$app/Contents/Info.plist"
codesign --verify --deep --strict --verbose=2 "$app"
if [ -n "${CODESIGN_IDENTITY-}" ]; then
    codesign --verify --verbose=2 "$image"
fi
if [ -n "${NOTARY_PROFILE-}" ]; then
    xcrun stapler validate "$app"
    xcrun stapler validate "$image"
    spctl --assess --type execute --verbose=2 "$app"
fi
PYTHONPATH=packaging python3 -m release.smoke "$app/Contents/MacOS/tally-app"
