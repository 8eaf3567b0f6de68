"""The words that the interface itself says, a module for each language it speaks."""

from ui.messages.english import ENGLISH
from ui.messages.japanese import JAPANESE
from ui.messages.korean import KOREAN
from ui.messages.phrases import Messages
from ui.messages.thai import THAI

SPOKEN = (THAI, ENGLISH, KOREAN, JAPANESE)
"""Every language of the interface, in the order in which they are offered."""


def messages_for(language: str) -> Messages:
    """The messages to use with someone who writes or prefers `language`; English where it is none of them."""
    return next((words for words in SPOKEN if words.language == language), ENGLISH)


__all__ = ["ENGLISH", "JAPANESE", "KOREAN", "SPOKEN", "THAI", "Messages", "messages_for"]
