"""English nouns after numbers: one article, two articles. The other languages of the interface have no plural."""

import re

_one = re.compile(r"(?<![\d,.])1 (\w+)\(s\)")


def plural(text: str) -> str:
    """The text with every "(s)" after a number and a noun as it should be: "1 article(s)" is "1 article"."""
    return _one.sub(r"1 \1", text).replace("(s)", "s")
