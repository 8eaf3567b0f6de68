"""From where a server may be reached and by whom, and whether that is safe to begin with."""

import os
import socket
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from corpus.errors import KhamtobError
from corpus.handed import MAX_BYTES
from ui.service.passwords import Accounts


class AccessError(KhamtobError):
    """A way of serving that isn't safe or can't be."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a server, and what stands between it and them."""

    accounts: Accounts | None = None
    """Who may, by name and password; anybody who can reach it without."""
    root_path: str = ""
    """The path, or the whole address, under which a proxy shows the server."""
    proxies: tuple[str, ...] = ()
    """Addresses and networks whose word is taken on whom they speak for."""
    local: bool = True
    """It listens on this machine alone."""
    uploads: bool = False
    """Files may be sent."""
    most_bytes: int = MAX_BYTES
    """That may be sent at a time, in one file or several."""

    mcp: bool = False
    """Language models may call on it (see `ui.service.tools`)."""

    @property
    def proxied(self) -> bool:
        """Whether a proxy stands before the server."""
        return bool(self.root_path or self.proxies)

    @property
    def trusted(self) -> tuple[str, ...]:
        """The proxies that are trusted; with `root_path` alone, one on this machine."""
        return self.proxies or (("127.0.0.1", "::1") if self.root_path else ())

    def check(self, host: str, public_without_auth: bool) -> None:
        """Make sure that this is meant.

        Raises:
            AccessError: others could ask without a password and nobody said they may; a proxy is no
                address; the root path is no path.
        """
        if not is_local(host) and self.accounts is None and not public_without_auth:
            raise AccessError(
                f"others can reach {host}: give --auth FILE with names and passwords (`khamtob passwd`),"
                " or --public-without-auth if anybody may ask"
            )
        for proxy in self.proxies:
            try:
                ip_network(proxy)
            except ValueError as error:
                raise AccessError(f"--proxy {proxy}: not an address or network such as 10.0.0.0/8") from error
        path = urlsplit(self.root_path).path if "://" in self.root_path else self.root_path
        if self.root_path and not (path.startswith("/") and path == path.rstrip("/")):
            raise AccessError(
                f"--root-path {self.root_path}: must begin with / or http(s)://, and not end with /"
            )

    def tell_server(self) -> None:
        """Have the web server, which Gradio starts, believe the trusted proxies and nobody else."""
        os.environ["FORWARDED_ALLOW_IPS"] = ",".join(self.trusted) or "nobody"


def is_local(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    name = host.strip("[]")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def free_port(host: str) -> int:
    """A port on which nobody listens at this moment.

    Raises:
        OSError: the host isn't this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host.strip("[]"), 0))
        return int(probe.getsockname()[1])
