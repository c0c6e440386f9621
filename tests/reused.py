"""Has one PostgreSQL database serve test after test, with nothing left of the one before."""

from contextlib import ExitStack
from typing import Any

import psycopg

from tests.servers import DatabaseServer

LEAVE = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Ends what others have open, and waits until it is: it could hold locks."""
SHAPE = """
SELECT md5(string_agg(one, ' ' ORDER BY one)) FROM (
    SELECT format('%s %s', oid, relname) FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT format('%s.%s %s', attrelid, attnum, xmin)
        FROM pg_attribute WHERE attrelid >= 16384
    UNION ALL SELECT format('%s %s', oid, xmin) FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT format('%s %s', oid, xmin) FROM pg_trigger
    UNION ALL SELECT version_num FROM public.alembic_version
) AS all_there_is (one)
"""
"""Says in one word which tables there are, with what, and at which migration."""
SIZE = "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE oid >= 16384 AND relkind = 'r'"
EMPTYING = """
SELECT 'WITH ' || string_agg(format('d%s AS (DELETE FROM %s)', oid, oid::regclass), ', ')
    || ' SELECT' FROM pg_class
WHERE oid >= 16384 AND relkind = 'r' AND relname <> 'alembic_version'
"""
"""Writes the statement that empties all tables but the one of migrations."""
AGAIN = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
"""Lets everything be counted from the start."""
MOST = 2**22
"""How many bytes the rows that were deleted may still take: more of them make it slow."""


class Reused:
    """A migrated database that is emptied for each test, and made anew where that is not enough.

    Rows are deleted, all in one statement since they refer to each other: for the few that tests
    leave behind that takes a quarter of what TRUNCATE takes.
    """

    def __init__(self, server: DatabaseServer, template: str) -> None:
        self.server = server
        self.template = template
        self.left = ExitStack()
        self.name = self.shape = self.emptying = ""

    def fresh(self) -> str:
        """Give its address, once nothing is left of what was there before."""
        if not (self.name and self._emptied()):
            self.close()
            self._begin()
        return self.server.url(self.name)

    def close(self) -> None:
        """Drop it."""
        self.left.close()

    def _begin(self) -> None:
        self.name = self.left.enter_context(self.server.database(self.template))
        login = self.server.url(self.name, "postgresql")
        opened = psycopg.connect(login, autocommit=True, options="-c lock_timeout=30s")
        self.connection = self.left.enter_context(opened)
        self.shape = self._one(SHAPE)
        self.emptying = self._one(EMPTYING)

    def _emptied(self) -> bool:
        """Empty it, unless the tables were changed or are full of what was deleted."""
        try:
            self.connection.execute(LEAVE)
            if self._one(SHAPE) != self.shape or self._one(SIZE) > MOST:
                return False
            self.connection.execute(self.emptying.encode(), prepare=True)
            self.connection.execute(AGAIN)
        except psycopg.Error:  # a test has cut this connection, or dropped a table
            return False
        return True

    def _one(self, statement: str) -> Any:
        found = self.connection.execute(statement.encode()).fetchone()
        return found and found[0]
