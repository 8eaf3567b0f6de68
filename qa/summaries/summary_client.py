"""Asks a language model to summarise an answer's quotes, at an OpenAI-compatible address (Ollama, vLLM, …).

Nothing is sent anywhere unless an address is given. The `openai` package is an extra, imported when it is
first used. Whatever goes wrong, the answer stays: the fault is one line.
"""

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import WriterError
from qa.answer import Answer
from qa.summaries.summary import RULES, Summary, checked, material, shown_to_model

KEY = "KHAMTOB_WRITER_KEY"
"""The environment variable that holds the API key, for addresses that want one."""
TIMEOUT = 120.0
"""Seconds that one try may take; a second one is made where that may help."""
MOST_BYTES = 1 << 20
"""A larger response is refused unread."""

_SAID_OF_US = ("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Async")


@dataclass(frozen=True, slots=True)
class SummaryClient:
    """A model at an address such as http://localhost:11434/v1; the key comes from the environment.

    Raises:
        WriterError: the address is none, or the package isn't installed.
    """

    address: str
    model: str
    timeout: float = TIMEOUT

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.address)
            fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
            _ = parts.port
        except ValueError:
            fits = False
        if not fits or not self.address.isprintable() or " " in self.address:
            raise WriterError(f"«{self.address}» is no http or https address to find a writer at")
        try:
            import openai  # noqa: F401
        except ImportError as error:
            raise WriterError("a summary needs one more package: pip install 'khamtob[writer]'") from error

    def summarise(self, answer: Answer) -> Summary:
        """The summary of an answer's quotes, checked; one with a `fault` where there is none."""
        if not answer.answered:
            return Summary(self.model, fault="there is no answer to summarise")
        if not shown_to_model(answer.citations):
            withheld = tuple(citation.n for citation in answer.citations)
            return Summary(self.model, (), withheld, "every quote speaks to the writer, so it was shown none")
        try:
            written = self._write(material(answer))
        except WriterError as error:
            return Summary(self.model, fault=str(error))
        return checked(written, answer, self.model)

    def _write(self, quotes: str) -> str:
        """What the model writes of the quotes.

        Raises:
            WriterError: nothing that can be read came back in time.
        """
        import httpx2
        import openai

        key = os.environ.get(KEY) or "none"
        if not (key.isascii() and key.isprintable()):
            raise WriterError(f"{KEY} holds what can't be a key")
        silent: dict[str, Any] = dict.fromkeys((f"X-Stainless-{fact}" for fact in _SAID_OF_US), openai.omit)
        silent |= {"OpenAI-Organization": openai.omit, "OpenAI-Project": openai.omit, "User-Agent": "khamtob"}
        silent |= {"Accept-Encoding": "identity"}
        deadline = time.monotonic() + self.timeout
        with (
            openai.DefaultHttpxClient(
                follow_redirects=False, timeout=self.timeout, event_hooks={"response": [_leave_errors_unread]}
            ) as http,
            openai.OpenAI(
                api_key=key,
                base_url=self.address,
                timeout=self.timeout,
                max_retries=1,
                default_headers=silent,
                http_client=http,
            ) as client,
        ):
            try:
                with client.chat.completions.with_streaming_response.create(
                    model=self.model,
                    messages=[{"role": "system", "content": RULES}, {"role": "user", "content": quotes}],
                ) as response:
                    return _content(_read(response.iter_bytes(), deadline))
            except openai.APITimeoutError as error:
                raise WriterError(f"no answer within {self.timeout:g} seconds") from error
            except openai.APIStatusError as error:
                raise WriterError(f"the writer answered with status {error.status_code}") from error
            except openai.OpenAIError as error:
                raise WriterError(f"can't reach the writer: {_line(error.__cause__ or error)}") from error
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:  # while the body was read
                raise WriterError(f"can't reach the writer: {_line(error)}") from error


def _leave_errors_unread(response: Any) -> None:
    """Nothing is said of an error but its status, and its body might never end."""
    if response.status_code >= 300:
        response.close()


def _read(parts: Iterable[bytes], deadline: float) -> bytes:
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > MOST_BYTES:
            raise WriterError(f"the writer sent more than {MOST_BYTES >> 20} MiB")
        if time.monotonic() > deadline:
            raise WriterError("the writer took too long")
    return bytes(body)


def _content(body: bytes) -> str:
    """The text of the first choice."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise WriterError("what the writer sent is no chat completion") from error
    if not isinstance(content, str):
        raise WriterError("the writer sent no text")
    return content.encode("utf-8", "replace").decode("utf-8")


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
