"""The tables of a file, and whether a file has exactly these."""

from sqlite3 import Connection
from typing import NamedTuple

APPLICATION_ID = 0x54414C59
"""``TALY``, bytes 68 to 71 of a file: a real count. Before version 3 also of practice."""
TRAINING_ID = 0x54414C54
"""``TALT``, in the same place: practice."""
MARKED_SINCE = 3
"""The first version in which the mark says what event 1 says."""
VERSION = 3
"""Of the files that are written."""

Schema = dict[str, str]
"""Name of a table or trigger → the SQL that makes it."""

TABLES: Schema = {
    "definition": """CREATE TABLE definition (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pack TEXT NOT NULL
) STRICT""",
    "journal": """CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    operator TEXT NOT NULL,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT""",
    "head": """CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT""",
    "current": """CREATE TABLE current (
    "row" INTEGER PRIMARY KEY,
    figures BLOB NOT NULL
) STRICT""",
    "stated": """CREATE TABLE stated (
    source TEXT NOT NULL,
    figure TEXT NOT NULL,
    region TEXT NOT NULL,
    unit TEXT NOT NULL,
    party TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (source, figure, region, unit, party)
) STRICT, WITHOUT ROWID""",
    "records": """CREATE TABLE records (
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, "key")
) STRICT, WITHOUT ROWID""",
}

TRIGGERS: Schema = {
    "journal_no_update": """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "journal_no_delete": """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "journal_in_order": """CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END""",
    "definition_no_update": """CREATE TRIGGER definition_no_update BEFORE UPDATE ON definition
BEGIN SELECT RAISE(ABORT, 'the definition is fixed'); END""",
    "definition_no_delete": """CREATE TRIGGER definition_no_delete BEFORE DELETE ON definition
BEGIN SELECT RAISE(ABORT, 'the definition is fixed'); END""",
    "definition_once": """CREATE TRIGGER definition_once BEFORE INSERT ON definition
WHEN EXISTS (SELECT 1 FROM definition)
BEGIN SELECT RAISE(ABORT, 'the definition is fixed'); END""",
}

SCHEMA: Schema = TABLES | TRIGGERS

SCHEMAS: dict[int, Schema] = {
    1: {name: sql for name, sql in SCHEMA.items() if name != "records"},
    2: SCHEMA,
    VERSION: SCHEMA,
}
"""Version → its schema, for every version that can be read. Files of earlier versions stay as they were made."""


class SchemaFault(NamedTuple):
    """The first way in which a file's schema is not the expected one."""

    text: str
    tables_intact: bool
    """True if the expected tables are all there as expected, so that they can be read."""


def create_schema(connection: Connection, *, training: bool) -> None:
    """Make all tables and triggers, and mark the file as ours."""
    for statement in SCHEMA.values():
        connection.execute(statement)
    mark(connection, training=training)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def mark(connection: Connection, *, training: bool) -> None:
    """Say in the file's first bytes what it is, so that a desktop can show it by the file's icon."""
    connection.execute(f"PRAGMA application_id = {TRAINING_ID if training else APPLICATION_ID}")


def schema_fault(connection: Connection, expected: Schema) -> SchemaFault | None:
    """Compare a file's schema with *expected*; the tables of ANALYZE are let pass, for other tools make them."""
    rows = connection.execute(
        "SELECT name, CAST(sql AS BLOB) FROM sqlite_schema WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4')"
    )
    found = {str(name): sql for name, sql in rows}
    wanted = {name: sql.encode() for name, sql in expected.items()}
    intact = all(found.get(name) == sql for name, sql in wanted.items() if sql.startswith(b"CREATE TABLE"))
    for name, sql in wanted.items():
        if name not in found:
            return SchemaFault(f"'{name}' is missing from its schema", intact)
        if found[name] != sql:
            return SchemaFault(f"'{name}' in its schema was altered", intact)
    foreign = sorted(found.keys() - wanted.keys())
    return SchemaFault(f"'{foreign[0]}' in its schema is foreign", intact) if foreign else None
