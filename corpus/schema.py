"""The tables of a catalogue, and the number of their form."""

from corpus import revectoring, stamps, vector_digests

FORMAT = 4
"""Raised whenever a file of an older Khamtob could be misread by this one, or the reverse.

2: files have stamps, and a second set of vectors may be in the making.
3: vectors lie in a file of their own (`corpus.vectors`).
4: most texts are stored a byte a character (`corpus.packing`).
"""

IN_FILES = 3
"""The first format whose vectors lie in files."""

ALL = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER,
    path TEXT NOT NULL, encoding TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
    publisher TEXT NOT NULL, date TEXT, language TEXT NOT NULL,
    body_start INTEGER NOT NULL, body_end INTEGER NOT NULL, content_hash TEXT NOT NULL, text BLOB NOT NULL
);
CREATE UNIQUE INDEX document_alive ON document (id) WHERE died IS NULL;
CREATE INDEX document_by_id ON document (id);
CREATE INDEX document_died ON document (died) WHERE died IS NOT NULL;
CREATE INDEX document_born ON document (born);
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX chunk_document ON chunk (document);
"""
SINCE_2 = f"""
CREATE INDEX IF NOT EXISTS document_path ON document (path);
CREATE INDEX IF NOT EXISTS document_seen ON document (born, died);
{stamps.SCHEMA}
{revectoring.SCHEMA}
"""
LISTED = """
CREATE INDEX IF NOT EXISTS document_listed
ON document (date DESC, id, born, died, language, publisher, title);
"""
"""So that lists and counts needn't walk past every text; an index without it is only slower."""
DIGESTS = vector_digests.SCHEMA
NUMBERED = f"UPDATE setting SET value = '{FORMAT}' WHERE name = 'format'"
SINCE_3 = "ALTER TABLE chunk DROP COLUMN vector;"
