"""Who may use a server: names with the scrypt digests of their passwords, a line each in a file.

A line is `name:scrypt:n:r:p:salt:digest`, salt and digest in hexadecimal. The file is read again when it changes.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from corpus.errors import KhamtobError

SHORTEST = 8
"""Characters that a password must have."""

_COST = (2**14, 8, 1)  # 16 MiB and some 50 ms for each guess
_REMEMBERED = 1_000


class PasswordError(KhamtobError):
    """A file of names and passwords that can't be used; names it, and the line."""


@dataclass(frozen=True, slots=True)
class _Digest:
    """A password's digest, and what it was made with."""

    cost: tuple[int, int, int]
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, password: str) -> "_Digest":
        salt = secrets.token_bytes(16)
        return cls(_COST, salt, _scrypt(password, salt, _COST))

    def fits(self, password: str) -> bool:
        return hmac.compare_digest(_scrypt(password, self.salt, self.cost), self.digest)

    def line(self, name: str) -> str:
        return ":".join((name, "scrypt", *map(str, self.cost), self.salt.hex(), self.digest.hex()))


class Accounts:
    """The names in a file; any number of threads may check."""

    def __init__(self, path: Path) -> None:
        """Raises:
        PasswordError: the file can't be read, or has no name in it.
        """
        self._path = path
        self._lock = Lock()
        self._secret = secrets.token_bytes(32)
        self._nobody = _Digest.of(secrets.token_hex(16))
        self._known: dict[bytes, None] = {}
        self._stamp = _stamp(path)
        self._digests = _read(path)
        if not self._digests:
            raise PasswordError(
                f"{path}: there is nobody in it; add somebody with `khamtob passwd {path} NAME`"
            )

    def recognises(self, name: str, password: str) -> bool:
        """Whether they fit and were found to fit before; takes no time."""
        self._refresh()
        return self._token(name, password) in self._known

    def check(self, name: str, password: str) -> bool:
        """Whether they fit; takes as long where there is no such name."""
        self._refresh()
        with self._lock:
            digest = self._digests.get(name)
        fits = (digest or self._nobody).fits(password) and digest is not None
        if fits:
            with self._lock:
                if self._digests.get(name) == digest:
                    if len(self._known) >= _REMEMBERED:
                        self._known.clear()
                    self._known[self._token(name, password)] = None
        return fits

    def _token(self, name: str, password: str) -> bytes:
        parts = [name.encode("utf-8", "surrogatepass"), password.encode("utf-8", "surrogatepass")]
        told = b"".join(len(part).to_bytes(8, "little") + part for part in parts)
        return hashlib.blake2b(told, key=self._secret).digest()

    def _refresh(self) -> None:
        """Read the file again if it has changed; one that can't be read lets nobody in."""
        if (stamp := _stamp(self._path)) == self._stamp:
            return
        with self._lock:
            try:
                self._digests = _read(self._path)
            except PasswordError:
                self._digests = {}
            self._known.clear()
            self._stamp = stamp


def set_password(path: Path, name: str, password: str) -> bool:
    """Add a name to the file, which is made if need be, or give it another password; whether it is new.

    Raises:
        PasswordError: the name or the password is none, or the file can't be read or written.
    """
    if not name or ":" in name or not name.isprintable():
        raise PasswordError("a name is of printable characters, without a colon")
    if len(password) < SHORTEST:
        raise PasswordError(f"a password needs {SHORTEST} characters or more")
    digests = _read(path) if path.exists() else {}
    new = name not in digests
    _write(path, {**digests, name: _Digest.of(password)})
    return new


def remove_name(path: Path, name: str) -> None:
    """Take a name out of the file.

    Raises:
        PasswordError: it isn't in there, or the file can't be read or written.
    """
    digests = _read(path)
    if digests.pop(name, None) is None:
        raise PasswordError(f"{path}: there is nobody called «{name}»")
    _write(path, digests)


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(path: Path) -> dict[str, _Digest]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise PasswordError(f"{path}: can't be read ({getattr(error, 'strerror', None) or error})") from error
    digests = {}
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            try:
                name, kind, n, r, p, salt, digest = line.split(":")
                if kind != "scrypt":
                    raise ValueError(kind)
                digests[name] = _Digest((int(n), int(r), int(p)), bytes.fromhex(salt), bytes.fromhex(digest))
            except ValueError as error:
                raise PasswordError(
                    f"{path}:{number}: not a name with a digest; make it with `khamtob passwd`"
                ) from error
    return digests


def _write(path: Path, digests: dict[str, _Digest]) -> None:
    """Put a new file in the old one's place, for its owner's eyes only."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.writelines(f"{digest.line(name)}\n" for name, digest in digests.items())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise PasswordError(f"{path}: can't be written ({error.strerror})") from error
