"""The words that some models want before a question or a passage."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prompts:
    """What to put before a question and before a passage; both empty for most models."""

    query: str = ""
    passage: str = ""


E5 = Prompts("query: ", "passage: ")
GEMMA = Prompts("task: search result | query: ", "title: none | text: ")
KNOWN = {
    "multilingual-e5-small": E5,
    "multilingual-e5-base": E5,
    "multilingual-e5-large": E5,
    "embeddinggemma-300m": GEMMA,
}
"""Models that want prompts, by the last part of their name, should their own configuration not say so."""

CONFIG = "config_sentence_transformers.json"


def prompts_of(configured: dict[str, str | None], name: str) -> Prompts:
    """A model's prompts: those of its own configuration, else those that its name is known to want.

    The keys are sentence-transformers' own: "query"; "document", "passage" or "corpus", the first there is.
    """
    query = configured.get("query") or ""
    passages = (configured.get(key) or "" for key in ("document", "passage", "corpus"))
    passage = next((prompt for prompt in passages if prompt), "")
    if query or passage:
        return Prompts(query, passage)
    return KNOWN.get(name.rstrip("/").rpartition("/")[2].lower(), Prompts())


def read_prompts(folder: Path) -> Prompts:
    """The prompts that a sentence-transformers folder gives itself; none where it has no configuration."""
    try:
        configured = json.loads((folder / CONFIG).read_text(encoding="utf-8")).get("prompts") or {}
    except (OSError, ValueError, AttributeError):
        return Prompts()
    return prompts_of(configured, folder.name)
