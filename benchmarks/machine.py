"""What a figure was measured on, in one line; what a process and its children take of memory."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "faiss-cpu", "tantivy", "tokenizers", "gradio")


def described(packages: tuple[str, ...] = PACKAGES) -> str:
    """Processor, cores, memory, load, versions and date."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f};"
        f" Python {platform.python_version()}, {versions}; {datetime.now(UTC):%Y-%m-%d}"
    )


def print_row(row: dict[str, str]) -> None:
    """What it was measured on, and a table of one row."""
    print(described(), end="\n\n")
    print("|", " | ".join(row), "|")
    print("|", "---|" * len(row), sep="")
    print("|", " | ".join(row.values()), "|")


def resident(pid: int | str = "self", kind: str = "Rss") -> float:
    """A process's memory in MiB, what it maps of files included; `kind` Pss shares that out among its users."""
    wanted = (line for line in _lines(f"/proc/{pid}/smaps_rollup") if line.startswith(f"{kind}:"))
    return sum(int(line.split()[1]) for line in wanted) / 1024


def busy(pid: int) -> float:
    """Processor seconds that a process has used."""
    fields = "".join(_lines(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:13]) / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and its children, whichever of its threads started them."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(int(child) for task in tasks for line in _lines(str(task)) for child in line.split())]


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:  # ended meanwhile, or another kind of system
        return []
