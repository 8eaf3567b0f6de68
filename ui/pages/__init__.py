"""The pages in the browser: the chat, the source beside it, the articles."""
