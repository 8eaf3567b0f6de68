"""Names of Gradio's own components, which the browser puts in the page's language before anything else comes.

Which language that is, `ui.pages.page_language` has told the page.
"""

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported

import gradio as gr
from gradio.i18n import I18nData

from ui.messages import SPOKEN


def _phrases(words: object, above: str = "") -> Iterator[tuple[str, str]]:
    """Every phrase without blanks, by its name and that of what it is part of, joined by "_"."""
    if isinstance(words, str):
        if "{" not in words:
            yield above.lstrip("_"), words
    elif is_dataclass(words):
        for field in fields(words):
            yield from _phrases(getattr(words, field.name), f"{above}_{field.name}")


LABELS = gr.I18n(**{words.language: dict(_phrases(words, "kt")) for words in SPOKEN})
"""To be given to the server that launches a page."""


def label(name: str) -> I18nData:
    """A phrase in the language of the page that shows it, such as "first_day" or "library_search".

    Raises:
        KeyError: there is no such phrase, or it has blanks to fill.
    """
    key = f"kt_{name}"
    if key not in LABELS.translations["en"]:
        raise KeyError(name)
    return LABELS(key)
