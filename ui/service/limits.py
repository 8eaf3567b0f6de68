"""How much a visitor may ask: a bucket of tokens for each address, filled again as time passes."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from time import monotonic

from corpus.errors import KhamtobError

MOST_VISITORS = 10_000
"""Addresses that are remembered; those longest unseen are forgotten first."""


class TooMany(KhamtobError):
    """A visitor has asked too much; `wait` is in whole seconds."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"too many questions; the next one in {wait} s")


class Limit:
    """So many within a minute from one address, all at once if need be; without `a_minute`, any number."""

    def __init__(self, a_minute: int | None, clock: Callable[[], float] = monotonic) -> None:
        self.a_minute = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str | None) -> None:
        """One more from this address.

        Raises:
            TooMany: its bucket is empty; says how long until it isn't.
        """
        if self.a_minute is None:
            return
        visitor, now = _visitor(address), self._clock()
        with self._lock:
            tokens, seen = self._buckets.pop(visitor, (float(self.a_minute), now))
            tokens = min(float(self.a_minute), tokens + (now - seen) * self.a_minute / 60)
            enough = tokens >= 1
            self._buckets[visitor] = (tokens - enough, now)
            if len(self._buckets) > MOST_VISITORS:
                self._buckets.popitem(last=False)
        if not enough:
            raise TooMany(ceil((1 - tokens) * 60 / self.a_minute))

    def spent(self, address: str | None) -> bool:
        """Whether the next `take` would fail."""
        if self.a_minute is None:
            return False
        with self._lock:
            tokens, seen = self._buckets.get(_visitor(address), (1.0, 0.0))
            return tokens + (self._clock() - seen) * self.a_minute / 60 < 1


def _visitor(address: str | None) -> str:
    """Whom an address belongs to: of IPv6, a household has 64 bits' worth."""
    try:
        read = ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or IPv6Address(int(read) >> 64 << 64))
    return str(read)
