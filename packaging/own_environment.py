"""Run first in the bundle: what the program starts (a browser, a file manager) gets the system's libraries, not ours.

PyInstaller starts the program with LD_LIBRARY_PATH set to the bundle. The loader has read it by now.
"""

import os
import sys

if sys.platform.startswith("linux"):
    original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = original
    # Started by the program itself (sheets, verifying), it needs the bundle again: it is to begin as from outside.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

# numpy's matrix library would start a thread for each processor, and the program multiplies no matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
