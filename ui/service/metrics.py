"""What a server counts of itself, as Prometheus reads it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from corpus.errors import KhamtobError, QuestionError, ScopeError
from qa.store.holdings import Stats
from ui.service.asked import Reply

Via = Literal["chat", "http", "gradio", "mcp"]
"""The way by which a question came."""

CONTENT_TYPE: str = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """Counts of one server; any number of threads may count."""

    def __init__(self, stats: Callable[[], Stats], readers: Callable[[], int]) -> None:
        """`stats` and `readers` (processes that answer) are asked whenever the counts are read."""
        self._registry = CollectorRegistry()
        self._stats = stats
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "khamtob_questions",
            "Questions by the way they came and what became of them: answered, abstained (not in the"
            " corpus), found (a search), refused (can't be asked so), limited (too many) or error.",
            ("via", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "khamtob_answer_seconds",
            "From a question to its answer, waiting included.",
            ("via",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._generation = self._gauge("index_generation", "The generation of the index that answers.")
        self._documents = self._gauge("index_documents", "Articles in it.")
        self._chunks = self._gauge("index_passages", "Passages in it.")
        self._gauge("readers", "Processes that answer beside the server's own.").set_function(readers)

    @contextmanager
    def counted(self, via: Via) -> "Iterator[Callable[[Reply], None]]":
        """Counts and times the question that is asked within; call what it gives with the reply."""
        started, outcome = perf_counter(), "error"

        def replied(reply: Reply) -> None:
            nonlocal outcome
            outcome = reply.outcome

        try:
            yield replied
        except (QuestionError, ScopeError):
            outcome = "refused"
            raise
        finally:
            self._questions.labels(via, outcome).inc()
            if outcome not in ("refused", "error"):
                self._seconds.labels(via).observe(perf_counter() - started)

    def limited(self, via: Via) -> None:
        """A visitor asked too much and got no answer."""
        self._questions.labels(via, "limited").inc()

    def text(self) -> bytes:
        """All counts in Prometheus' text format."""
        try:
            stats = self._stats()
        except KhamtobError:  # being replaced or damaged: the rest is to be read all the same
            stats = None
        unknown = float("nan")
        self._generation.set(stats.generation if stats else unknown)
        self._documents.set(stats.documents if stats else unknown)
        self._chunks.set(stats.chunks if stats else unknown)
        return bytes(generate_latest(self._registry))

    def _gauge(self, name: str, help: str) -> Gauge:
        return Gauge(f"khamtob_{name}", help, registry=self._registry)
