#!/bin/sh
# Sees to the system packages that pip cannot bring: installs what is missing, or says how and stops.
#
#   system_packages.sh [venv] [window] [screen] [bundle] [field] [PACKAGE...]
#       venv      what `python -m venv` needs, unless .venv is there already
#       window    the shared libraries that Qt loads to open a window
#       screen    the programs with which the tests drive a window on a virtual screen, and ask a desktop about files
#       bundle    what `make package` needs: a Python with a shared library, and the tools that look into libraries
#       field     what `make test-package` makes a minimal Debian with, and traces the program with
#       PACKAGE   this Debian package, known to be missing
#
# Takes some milliseconds where nothing is missing. The names are those of Debian 12 and later, Ubuntu 22.04 and later.
set -eu

# What Qt's own libraries and its platform plugins "xcb" and "offscreen" ask the loader for (readelf -d),
# less what every Debian has. libcups is for printing on paper, libgssapi for QtNetwork.
libraries='
libEGL.so.1             libegl1
libGL.so.1              libgl1
libX11.so.6             libx11-6
libX11-xcb.so.1         libx11-xcb1
libcups.so.2            libcups2
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libglib-2.0.so.0        libglib2.0-0
libgssapi_krb5.so.2     libgssapi-krb5-2
libxcb.so.1             libxcb1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-glx.so.0         libxcb-glx0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render.so.0      libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxkbcommon.so.0       libxkbcommon0
libxkbcommon-x11.so.0   libxkbcommon-x11-0
'

programs='
Xvfb                  xvfb
desktop-file-validate desktop-file-utils
gio                   libglib2.0-bin
import                imagemagick
mimetype              libfile-mimeinfo-perl
openbox               openbox
update-mime-database  shared-mime-info
xdg-mime              xdg-utils
xdotool               xdotool
xdpyinfo              x11-utils
'

bundlers='
readelf  binutils
strip    binutils
'

fielders='
mmdebstrap mmdebstrap
nsenter    util-linux
strace     strace
'

missing_venv() {
    [ ! -x .venv/bin/python ] || return 0
    python=$("$(dirname "$0")/find_python.sh") || exit 1
    venv_of "$python"
}

venv_of() {
    "$1" -c '
import importlib.util as installed, sys
if not all(map(installed.find_spec, ("venv", "ensurepip"))):
    print("python%d.%d-venv" % sys.version_info[:2])' # Debian keeps them in a package of their own
}

missing_libraries() {
    PATH="$PATH:/usr/sbin:/sbin"
    known=$(ldconfig -p 2>/dev/null) || return 0 # no glibc loader's cache: not for this script to judge
    echo "$libraries" | while read -r library package; do
        case $known in *"	$library "*) ;; *) echo "$package" ;; esac
    done
}

missing_for_bundle() {
    [ "$(uname)" = Linux ] || return 0
    python=$("$(dirname "$0")/find_python.sh" system) || exit 1
    venv_of "$python"
    "$python" -c '
import ctypes, sys
try:
    ctypes.CDLL("libpython%d.%d.so.1.0" % sys.version_info[:2])
except OSError:
    import sysconfig
    if sys.prefix == "/usr" or not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        print("libpython%d.%d" % sys.version_info[:2])'
    missing_of "$bundlers"
}

missing_programs() {
    [ "$(uname)" = Linux ] || return 0
    missing_of "$programs"
}

missing_for_field() {
    [ "$(uname)" = Linux ] || return 0
    PATH="$PATH:/usr/sbin:/sbin"
    missing_of "$fielders"
}

missing_of() {
    echo "$1" | while read -r program package; do
        [ -z "$program" ] || command -v "$program" >/dev/null || echo "$package"
    done
}

install() {
    command="apt-get install -y --no-install-recommends $*"
    if [ "$(id -u)" = 0 ]; then
        root='env'
    elif sudo -n true 2>/dev/null; then
        root='sudo -n env'
    else
        root=
    fi
    if [ -z "$root" ] || ! command -v apt-get >/dev/null; then
        echo "These system packages are missing: $*" >&2
        echo "Please install them, then run make again. On Debian and Ubuntu:" >&2
        echo "    sudo apt-get update && sudo $command" >&2
        exit 1
    fi
    echo "Installing system packages: $*"
    # The package lists are fetched only where they are missing or out of date.
    quietly="$root DEBIAN_FRONTEND=noninteractive"
    # shellcheck disable=SC2086 # the commands are meant to be split into words
    $quietly $command -qq >/dev/null 2>&1 </dev/null || {
        $quietly apt-get update -qq </dev/null || echo "Some package lists could not be fetched; going on." >&2
        $quietly $command -qq >/dev/null </dev/null
    }
}

missing=
for need in "$@"; do
    case $need in
    venv) found=$(missing_venv) ;;
    window) found=$(missing_libraries) ;;
    screen) found=$(missing_programs) ;;
    bundle) found=$(missing_for_bundle) ;;
    field) found=$(missing_for_field) ;;
    *) found=$need ;;
    esac
    missing="$missing $found"
done
# shellcheck disable=SC2086 # one word a package
set -- $missing
[ $# = 0 ] || install "$@"
