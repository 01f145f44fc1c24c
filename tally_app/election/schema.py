"""The JSON Schema of the pack format, generated from the model.

``python -m tally_app.election.schema docs/pack.schema.json`` writes it.
"""

import json
import sys
from pathlib import Path

import msgspec

from tally_app.election.model import Pack

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_json() -> bytes:
    """Return the schema as UTF-8 text. It says what a pack looks like, not whether its keys refer to each other."""
    schema = {"$schema": DIALECT, "title": "Election pack", **msgspec.json.schema(Pack)}
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(schema_json())
