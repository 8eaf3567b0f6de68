"""What a run says of itself where nobody watches."""

import io
from types import SimpleNamespace

import pytest
from rich.console import Console

import qa.store.costs
import ui.printing.progress
from qa.store.costs import Cost, Measure
from ui.printing.progress import reading


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (qa.store.costs, ui.printing.progress):
        monkeypatch.setattr(module, "time", clock)
    return clock


def test_lines_in_a_file_are_few_and_tell_what_is_left(clock: Clock) -> None:
    reader = SimpleNamespace(total_bytes=1000, bytes_read=0)
    file = io.StringIO()
    with reading(reader, Console(file=file)) as advance:
        for _ in range(1000):
            clock.now += 1
            reader.bytes_read += 1
            advance()
    lines = file.getvalue().splitlines()
    assert lines[0] == "3%  30 articles  1/s, about 16 min to go"
    assert 10 < len(lines) < 20


def test_a_run_is_estimated_from_its_steady_part(clock: Clock, tmp_path) -> None:
    reader = SimpleNamespace(total_bytes=1000, bytes_read=0)
    catalogue = SimpleNamespace(size=0, path=tmp_path / "catalogue.sqlite")
    measure = Measure(reader, catalogue, 256)
    catalogue.size, clock.now, reader.bytes_read = 100, 103.5, 10  # a slow start
    assert measure.cost(5) is None
    clock.now, reader.bytes_read = 108.5, 110
    cost = measure.cost(50)
    assert isinstance(cost, Cost)
    assert cost.seconds == pytest.approx(5 / 100 * (890 + 60))
