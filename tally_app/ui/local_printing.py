"""Printers are asked for at this computer's own print service, and nowhere else."""

import sys
from collections.abc import MutableMapping

_SERVICE = "/run/cups/cups.sock"


def print_locally(environment: MutableMapping[str, str], platform: str = sys.platform) -> None:
    """Have CUPS talk to the service of this computer through its socket. To be called before Qt looks for a printer.

    Without this CUPS opens port 631 where there is no such socket, and a connection to another computer where
    somebody named that as print server. Printers in the network are the business of this computer's service.
    """
    if platform.startswith("linux"):
        environment["CUPS_SERVER"] = _SERVICE
