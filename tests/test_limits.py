"""How much a visitor may ask."""

import pytest

from ui.service.limits import MOST_VISITORS, Limit, TooMany


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    limit = Limit(3, clock)
    for _ in range(3):
        limit.take("192.0.2.1")
    with pytest.raises(TooMany) as caught:
        limit.take("192.0.2.1")
    assert caught.value.wait == 20
    assert limit.spent("192.0.2.1")
    clock.now += 20
    assert not limit.spent("192.0.2.1")
    limit.take("192.0.2.1")
    with pytest.raises(TooMany):
        limit.take("192.0.2.1")
    clock.now += 10_000
    for _ in range(3):  # it holds no more than a minute's worth
        limit.take("192.0.2.1")
    with pytest.raises(TooMany):
        limit.take("192.0.2.1")


def test_who_asks_in_vain_waits_no_longer_for_it() -> None:
    clock = Clock()
    limit = Limit(1, clock)
    limit.take("192.0.2.1")
    for _ in range(59):
        clock.now += 1
        with pytest.raises(TooMany):
            limit.take("192.0.2.1")
    clock.now += 1
    limit.take("192.0.2.1")


def test_visitors_have_buckets_of_their_own_and_a_household_of_ipv6_one() -> None:
    limit = Limit(1, Clock())
    limit.take("192.0.2.1")
    limit.take("192.0.2.2")
    limit.take("2001:db8:1:1::1")
    with pytest.raises(TooMany):
        limit.take("2001:db8:1:1:ffff::2")
    limit.take("2001:db8:1:2::1")
    with pytest.raises(TooMany):
        limit.take("::ffff:192.0.2.1")
    limit.take(None)


def test_only_so_many_visitors_are_remembered() -> None:
    limit = Limit(1, Clock())
    for n in range(MOST_VISITORS + 10):
        limit.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(limit._buckets) == MOST_VISITORS


def test_without_a_number_anything_goes() -> None:
    limit = Limit(None)
    for _ in range(1000):
        limit.take("192.0.2.1")
    assert not limit.spent("192.0.2.1")
