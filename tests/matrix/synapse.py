"""A real Synapse on loopback: one for all test processes, and more for tests that stop or change theirs.

No server outlives its users, however they end: see ``server/serve.py``.
"""

from __future__ import annotations

import atexit
import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.ports import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / ".venv-synapse" / "bin" / "python"
PASSWORD = "een heel lang wachtwoord"
_SECRET = "shared secret of the tests"
_STARTS_WITHIN = timedelta(seconds=60)

_FREE = {"per_second": 100_000, "burst_count": 100_000}
UNLIMITED: Mapping[str, Any] = {
    "rc_message": _FREE,
    "rc_registration": _FREE,
    "rc_login": {"address": _FREE, "account": _FREE, "failed_attempts": _FREE},
    "rc_joins": {"local": _FREE, "remote": _FREE},
    "rc_joins_per_room": _FREE,
    "rc_invites": {"per_room": _FREE, "per_user": _FREE, "per_issuer": _FREE},
    "rc_room_creation": _FREE,
    "rc_media_create": _FREE,
    "rc_key_requests": _FREE,
    "rc_federation": {"sleep_limit": 100_000, "sleep_delay": 1, "reject_limit": 100_000, "concurrent": 100},
}
"""What a test changes in the configuration: no limits. Without it the server has its real defaults."""

DIRECT_ROOMS_FOR_TWO: Mapping[str, Any] = {
    # The public module of a government's servers knows power levels of before room version 12.
    "modules": [{"module": "room_access_rules.RoomAccessRules", "config": {"id_server": "localhost"}}],
    "default_room_version": "11",
}


class MatrixError(Exception):
    """A homeserver refused a request of a test."""

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {answer}")
        self.status = status
        self.code = answer.get("errcode")


@dataclass(frozen=True)
class Login:
    """A device of somebody on a homeserver, for raw requests."""

    url: str
    user: str
    token: str
    device: str

    async def __call__(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """A request below ``/_matrix/client/v3``, or a whole path. Raises :class:`MatrixError`."""
        whole = path if path.startswith("/") else f"/_matrix/client/v3/{path}"
        return await request(method, self.url + whole, body, self.token)


class Homeserver:
    """One homeserver with data of its own. Its name holds a port, as ids in the wild do.

    ``federates``: it also listens with TLS under its name, so that two of these reach each other.
    """

    def __init__(self, home: Path, *, federates: bool = False, **configuration: Any) -> None:
        self.home = home
        self.configuration = configuration
        self.port, self._tls = free_port(), free_port() if federates else None
        self.name = f"localhost:{self._tls or self.port}"
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline: IO[bytes] | None = None

    def start(self) -> None:
        """Start, with the data that are there, and wait until it answers."""
        if not PYTHON.exists():
            raise RuntimeError(f"say 'make {PYTHON.relative_to(ROOT).parts[0]}/.installed' first")
        self.home.mkdir(parents=True, exist_ok=True)
        self._configure()
        self._lifeline = self._lifeline or hold(self.home / "lifeline")
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as ready:
            address = f"koffie-{secrets.token_hex(8)}"
            ready.bind("\0" + address)
            ready.settimeout(0.2)
            with (self.home / "output").open("ab") as output:
                self._process = subprocess.Popen(  # noqa: S603 - our own script
                    [
                        PYTHON,
                        HERE / "server" / "serve.py",
                        self.home / "homeserver.json",
                        self.home / "lifeline",
                    ],
                    cwd=self.home,
                    env={
                        "NOTIFY_SOCKET": "@" + address,
                        "PATH": os.environ.get("PATH", os.defpath),
                        "LC_ALL": "C",
                    },
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    # So that Ctrl-C in a terminal ends the tests first, and the server with the last of them.
                    start_new_session=True,
                )
            self._await(ready)

    def stop(self) -> None:
        """End as an operator's restart does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End as a power cut does."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop, and throw the data away."""
        self.stop()
        self._let_go()
        shutil.rmtree(self.home, ignore_errors=True)

    async def register(self, name: str, *, admin: bool = False) -> Login:
        """A new user with a first device; the password is ``PASSWORD``."""
        path = f"{self.url}/_synapse/admin/v1/register"
        nonce = (await request("GET", path))["nonce"]
        parts = (nonce, name, PASSWORD, "admin" if admin else "notadmin")
        mac = hmac.new(_SECRET.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": PASSWORD, "admin": admin, "mac": mac}
        made = await request("POST", path, body)
        return Login(self.url, made["user_id"], made["access_token"], made["device_id"])

    async def login(self, user: str) -> Login:
        """One more device of somebody."""
        made = await request(
            "POST",
            f"{self.url}/_matrix/client/v3/login",
            {
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": user},
                "password": PASSWORD,
            },
        )
        return Login(self.url, made["user_id"], made["access_token"], made["device_id"])

    async def lift_limits(self, admin: Login, user: str) -> None:
        """What an operator may do for a bot: no limits on what it sends."""
        path = f"/_synapse/admin/v1/users/{quote(user)}/override_ratelimit"
        await admin("POST", path, {"messages_per_second": 0, "burst_count": 0})

    def _let_go(self) -> None:
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None

    def _end(self, by: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait()
            self._process = None

    def _await(self, ready: socket.socket) -> None:
        """Synapse says itself when it is ready."""
        if self._process is None:
            raise RuntimeError("not started")
        until = time.monotonic() + _STARTS_WITHIN.total_seconds()
        while self._process.poll() is None and time.monotonic() < until:
            with suppress(TimeoutError):
                if b"READY=1" in ready.recv(1024):
                    return
        self._end(signal.SIGKILL)
        self._let_go()
        told = (self.home / "output").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"Synapse does not start: {told}")

    def _configure(self) -> None:
        listener: dict[str, Any] = {"type": "http", "bind_addresses": ["127.0.0.1"]}
        client = {"port": self.port, "resources": [{"names": ["client", "federation"], "compress": False}]}
        configuration: dict[str, Any] = {
            "server_name": self.name,
            "public_baseurl": f"{self.url}/",
            "pid_file": str(self.home / "pid"),
            "listeners": [listener | client],
            "database": {"name": "sqlite3", "args": {"database": str(self.home / "homeserver.db")}},
            "log_config": str(self.home / "log.json"),
            "media_store_path": str(self.home / "media"),
            "signing_key_path": str(self.home / "signing.key"),
            "registration_shared_secret": _SECRET,
            "macaroon_secret_key": _SECRET,
            "form_secret": _SECRET,
            "report_stats": False,
            "trusted_key_servers": [],
            "user_directory": {"search_all_users": True},
            "presence": {"enabled": False},
            "bcrypt_rounds": 4,
            # By default a first sync is answered from a cache of two minutes: a restarted bot sees old rooms.
            "caches": {"sync_response_cache_duration": "0s"},
            # Officials' clients ask for a room's state as it is now. Else, when two do something at once,
            # they are told the state that one of these knew of, and believe it. The bot does not ask.
            "experimental_features": {"msc4222_enabled": True},
        }
        if self._tls is not None:
            certificate, key = _certificate(self.home)
            tls = {
                "port": self._tls,
                "tls": True,
                "resources": [{"names": ["federation"], "compress": False}],
            }
            configuration["listeners"].append(listener | tls)
            configuration |= {
                "tls_certificate_path": str(certificate),
                "tls_private_key_path": str(key),
                "federation_verify_certificates": False,
                "ip_range_blacklist": [],
                "federation_ip_range_blacklist": [],
            }
        configuration |= self.configuration
        if not (self.home / "signing.key").exists():
            seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
            (self.home / "signing.key").write_text(f"ed25519 a_test {seed}\n")
        # All JSON is YAML.
        (self.home / "homeserver.json").write_text(json.dumps(configuration))
        handlers = {"file": {"class": "logging.FileHandler", "filename": str(self.home / "log")}}
        log = {"version": 1, "disable_existing_loggers": False, "handlers": handlers}
        (self.home / "log.json").write_text(
            json.dumps(log | {"root": {"level": "WARNING", "handlers": ["file"]}})
        )


@cache
def homeserver() -> Homeserver:
    """The homeserver of this machine's test processes, without limits, started by the first that comes.

    Each names its users at random, so that they do not meet; it ends with the last process that used it.
    """
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    home = Path(tempfile.gettempdir()) / f"koffie-synapse-{os.geteuid()}-{mark}"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.is_symlink() or home.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{home} belongs to someone else")
    with (home / "start").open("ab") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        # Waits here for a server that is about to go: it holds its lifeline until it is gone.
        atexit.register(hold(home / "lifeline").close)
        return _running(home) or _start_shared(home)


def hold(lifeline: Path) -> IO[bytes]:
    """Hold a lifeline until the file is closed."""
    stream = lifeline.open("ab")
    fcntl.flock(stream, fcntl.LOCK_SH)
    return stream


async def request(method: str, url: str, body: object = None, token: str | None = None) -> dict[str, Any]:
    """A request of a test's own. Raises :class:`MatrixError`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession(headers=headers) as session:
        sent = {} if body is None and method == "POST" else body
        async with session.request(method, url, json=sent if method != "GET" else None) as answer:
            told: dict[str, Any] = await answer.json(content_type=None)
            if answer.status >= 400:
                raise MatrixError(answer.status, told)
            return told


def _start_shared(home: Path) -> Homeserver:
    for left in ("homeserver.db", "homeserver.db-shm", "homeserver.db-wal", "signing.key", "output", "log"):
        (home / left).unlink(missing_ok=True)
    shutil.rmtree(home / "media", ignore_errors=True)
    server = Homeserver(home, **UNLIMITED)
    server.start()
    (home / "running.json").write_text(json.dumps({"port": server.port}))
    return server


def _running(home: Path) -> Homeserver | None:
    """The shared server, if it runs: then it listens."""
    server = Homeserver(home, **UNLIMITED)
    with suppress(FileNotFoundError, ConnectionRefusedError):
        port = json.loads((home / "running.json").read_text())["port"]
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        server.port, server.name, server.url = port, f"localhost:{port}", f"http://127.0.0.1:{port}"
        return server
    return None


def _certificate(home: Path) -> tuple[Path, Path]:
    """A self-signed certificate for ``localhost`` and its key, made once."""
    certificate, key = home / "tls.crt", home / "tls.key"
    if not certificate.exists():
        private = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(private, hashes.SHA256())
        )
        key.write_bytes(
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return certificate, key
