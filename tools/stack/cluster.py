"""Private PostgreSQL clusters on a Unix socket: of the rows, and of the keys that seal them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from stack.errors import StackError
from stack.home import Home
from stack.process import Process, clean_environment
from stack.secret_files import SecretFiles
from stack.wait import until

_TOOLS = Path(__file__).resolve().parents[1]
_BINARIES = Path("/usr/lib/postgresql")
_OLDEST = 15
_ROLES = ("owner", "app", "directory", "dispatcher", "sealer", "backup", "keys")
# Those whose passwords `artel` reads.
ARTEL_ROLES = ("owner", "app", "directory", "dispatcher", "sealer", "keys")
DATABASE = "artel"
# Where the keys are: in a cluster of its own, so that no backup of the rows' has them.
KEY_STORE = "artel_keys"

# Of each: the port, what makes the roles, and shared memory.
_CLUSTERS = {
    DATABASE: (5432, "roles.sql", "128MB"), KEY_STORE: (5433, "keys.sql", "16MB")}

_SETTINGS = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
log_destination = stderr
logging_collector = off
"""
# For tests: what is lost by a power cut is lost; a killed server still loses nothing.
_HURRIED = """\
fsync = off
full_page_writes = off
"""


class Cluster:
    """PostgreSQL as a child of ours: scram passwords only, no network.

    PostgreSQL refuses to run as root: started by root, it runs as the system's user `postgres`.
    """

    def __init__(
        self, home: Home, secrets: SecretFiles, own: SecretFiles, hurried: bool,
        database: str = DATABASE,
    ) -> None:
        """Takes where passwords of the roles go (`secrets`: those that `artel` reads; `own`: the
        others), whether to trade durability for time, and which of the two it is."""
        self._home = home
        self._secrets = secrets
        self._own = own
        self._hurried = hurried
        self._user = "postgres" if os.geteuid() == 0 else None
        self.database = database
        # Both have their sockets in one folder, where the port tells them apart.
        self.port, self._script, self._memory = _CLUSTERS[database]
        self._folder = _folder(home, database)
        self._data = self._folder / "data"
        self._process: Process | None = None
        self.host = home.sockets()
        if self._user is not None:
            try:
                pwd.getpwnam(self._user)
            except KeyError:
                raise StackError("the package postgresql is missing") from None

    @property
    def is_made(self) -> bool:
        """Whether its data are there."""
        return (self._data / "PG_VERSION").exists()

    def start(self) -> None:
        """Starts it: made, where it is not there; recovered, where it was killed."""
        _end_left_over(self._data)
        if not self.is_made:
            self._initialize()
        self._configure()
        self._launch()
        self._prepare()

    def stop(self) -> None:
        """Stops it; open sessions are cut off, nothing committed is lost."""
        if self._process is not None:
            self._process.stop(30)
            self._process = None

    def crash(self) -> None:
        """Kills the server and all of its backends at once, and leaves it down."""
        children = _children(self.process.pid)
        self.process.kill()
        self._process = None
        for child in children:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                pass  # Its server's end was its own.

    @property
    def process(self) -> Process:
        """The server that runs."""
        if self._process is None:
            raise StackError("PostgreSQL is not running")
        return self._process

    def query(
        self, sql: str, role: str = "postgres", environment: dict[str, str] | None = None,
        database: str | None = None,
    ) -> list[list[str]]:
        """Runs a statement as a role, and returns the rows as texts."""
        separators = ["-F", "\x1f", "-R", "\x1e"]
        text = self._psql(role, database or self.database, ["-At", *separators, "-c", sql], environment)
        rows = text.removesuffix("\n")
        return [row.split("\x1f") for row in rows.split("\x1e")] if rows else []

    # --- Starting -------------------------------------------------------------------------------

    def _binaries(self) -> Path:
        """The programs of the version that made the data, or of the newest."""
        version_file = self._data / "PG_VERSION"
        if version_file.exists():
            found = _BINARIES / version_file.read_text().strip() / "bin"
            if not (found / "postgres").exists():
                raise StackError(f"{self._data} needs PostgreSQL {version_file.read_text()}")
            return found
        versions = [int(f.name) for f in _BINARIES.glob("[0-9]*") if (f / "bin/initdb").exists()]
        newest = max((each for each in versions if each >= _OLDEST), default=None)
        if newest is None:
            raise StackError(
                f"PostgreSQL {_OLDEST} or newer is missing: apt-get install postgresql")
        return _BINARIES / str(newest) / "bin"

    @staticmethod
    def end_left_over(home: Home) -> None:
        """Ends servers that a killed run left behind."""
        for database in _CLUSTERS:
            _end_left_over(_folder(home, database) / "data")

    def _initialize(self) -> None:
        """Makes the cluster; one that is half made is not taken for a whole one."""
        shutil.rmtree(self._folder, ignore_errors=True)  # Of a run that was cut off here.
        self._folder.mkdir(mode=0o700)
        draft = self._folder / "draft"
        password_file = self._folder / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._own.password("postgres"))
        if self._user is not None:
            for path in (self._folder, password_file):
                shutil.chown(path, self._user, self._user)
        command: list[str | Path] = [
            self._binaries() / "initdb", "--pgdata", draft, "--username", "postgres",
            "--pwfile", password_file, "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--data-checksums", "--no-instructions",
        ]
        if self._hurried:
            command.append("--no-sync")
        made = subprocess.run(
            self._as_user(command), cwd="/", env=clean_environment(), capture_output=True,
            text=True, check=False)
        if made.returncode != 0:
            raise StackError(f"initdb failed: {made.stderr.strip()}")
        password_file.unlink()
        draft.rename(self._data)

    def _configure(self) -> None:
        """Writes the settings anew, so that those of an older version do not stay."""
        settings = _SETTINGS + (_HURRIED if self._hurried else "")
        socket = str(self.host).replace("'", "''")
        files = {
            "postgresql.conf": f"{settings}unix_socket_directories = '{socket}'\n"
                f"port = {self.port}\nshared_buffers = {self._memory}\n"
                f"cluster_name = '{self.database}'\n",
            "pg_hba.conf": "local all all scram-sha-256\n",
            "pg_ident.conf": "",
        }
        for name, text in files.items():
            (self._data / name).write_text(text)

    def _launch(self) -> None:
        if self._user is not None:
            shutil.chown(self.host, self._user, self._user)
        command: list[str | Path] = [self._binaries() / "postgres", "-D", self._data]

        def start() -> bool:
            process = Process(
                f"postgresql-{self.database}", command, self._home.logs, clean_environment(), self._user,
                signal.SIGINT)
            self._process = process
            until("PostgreSQL starts", lambda: self._is_ready() or process.status is not None, 60)
            # After a crash its orphans may take a moment to let go of shared memory.
            return process.status is None

        try:
            until("PostgreSQL stays up", start, 20)
        except StackError as error:
            words = self._process.last_words() if self._process else ""
            raise StackError(f"{error}\n{words}") from None

    def _is_ready(self) -> bool:
        """Whether the server that we started says so in its own file."""
        try:
            lines = (self._data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        started = self._process is not None and lines[0] == str(self._process.pid)
        return started and len(lines) > 7 and lines[7].strip() == "ready"

    def _prepare(self) -> None:
        """Makes the database and the roles, with the passwords that are in the files."""
        exists = f"SELECT 1 FROM pg_database WHERE datname = '{self.database}'"
        if not self._psql("postgres", "postgres", ["-At", "-c", exists]):
            self._psql("postgres", "postgres", ["-c", f"CREATE DATABASE {self.database}"])
        passwords = {f"ARTEL_{role.upper()}_PASSWORD": self.password(role) for role in _ROLES}
        script = _TOOLS / "postgres" / self._script
        self._psql("postgres", self.database, ["-f", str(script)], passwords)

    # --- Talking --------------------------------------------------------------------------------

    def password(self, role: str) -> str:
        """The password of a role: `postgres`, or a login role such as `app`."""
        if role == "postgres":
            return self._own.password("postgres")
        secrets = self._secrets if role in ARTEL_ROLES else self._own
        return secrets.password(f"database-{role}-password")

    def _psql(
        self, role: str, database: str, arguments: list[str],
        environment: dict[str, str] | None = None,
    ) -> str:
        user = role if role == "postgres" else f"artel_{role}"
        command = [
            str(self._binaries() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
            "-h", str(self.host), "-p", str(self.port), "-U", user, "-d", database, *arguments,
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False,
            env=clean_environment(PGPASSWORD=self.password(role)) | (environment or {}))
        if done.returncode != 0:
            raise StackError(f"psql as {user} failed: {done.stderr.strip()}")
        return done.stdout

    def _as_user(self, command: list[str | Path]) -> list[str | Path]:
        if self._user is None:
            return command
        return ["setpriv", "--reuid", self._user, "--regid", self._user, "--init-groups", "--",
                *command]


def _folder(home: Home, database: str) -> Path:
    """Where a cluster's data are."""
    return home.folder / ("cluster" if database == DATABASE else "key-cluster")


def _end_left_over(data: Path) -> None:
    """Ends a server that a killed run left behind."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
    if _runs_on(pid, data):
        os.kill(pid, signal.SIGINT)
        until("the server of a killed run ends", lambda: not _runs_on(pid, data), 60)


def _runs_on(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL server of this data folder."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return command[0].endswith(b"postgres") and bytes(data) in command


def _children(pid: int) -> list[int]:
    """The processes that a process started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]
