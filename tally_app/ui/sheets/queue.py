"""Does a printer's queue take jobs, and does it print them? Qt hands pages to CUPS and does not hear its answer."""

import sys
from ctypes import CDLL, POINTER, Structure, c_char_p, c_int, c_void_p
from typing import ClassVar, NamedTuple

_LIBRARY = "libcups.so.2"
_STOPPED = b"5"
"""``printer-state`` of RFC 8011, 5.4.11."""


class Queue(NamedTuple):
    """A printer's queue: it takes jobs, it is *stopped* and keeps them waiting, and *why*, in its own words."""

    accepting: bool
    stopped: bool
    why: str = ""


class _Destination(Structure):
    """``cups_dest_t`` of cups/cups.h."""

    _fields_: ClassVar = [
        ("name", c_char_p),
        ("instance", c_char_p),
        ("is_default", c_int),
        ("num_options", c_int),
        ("options", c_void_p),
    ]


def queue(printer: str) -> Queue | None:
    """Ask CUPS for a printer's queue; None: there is no CUPS here, or it does not know the printer."""
    if not sys.platform.startswith("linux") or not printer:
        return None
    try:
        cups = CDLL(_LIBRARY)
    except OSError:
        return None
    cups.cupsGetNamedDest.restype = POINTER(_Destination)
    cups.cupsGetNamedDest.argtypes = [c_void_p, c_char_p, c_char_p]
    cups.cupsGetOption.restype = c_char_p
    cups.cupsGetOption.argtypes = [c_char_p, c_int, c_void_p]
    cups.cupsFreeDests.argtypes = [c_int, POINTER(_Destination)]
    found = cups.cupsGetNamedDest(None, printer.encode(), None)
    if not found:
        return None
    try:

        def option(name: bytes) -> bytes:
            return cups.cupsGetOption(name, found.contents.num_options, found.contents.options) or b""

        reasons = option(b"printer-state-reasons").decode(errors="replace")
        return Queue(
            accepting=option(b"printer-is-accepting-jobs") != b"false",
            stopped=option(b"printer-state") == _STOPPED,
            why="" if reasons == "none" else reasons,
        )
    finally:
        cups.cupsFreeDests(1, found)
