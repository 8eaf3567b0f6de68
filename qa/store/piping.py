"""Messages between a process and those it has started, over pipes: built-in values only, by marshal."""

import marshal
from typing import IO, Any


def send(pipe: IO[bytes], message: Any) -> None:
    """Write one message.

    Raises:
        OSError: nobody reads there any more.
    """
    packed = marshal.dumps(message)
    pipe.write(len(packed).to_bytes(8, "little"))
    pipe.write(packed)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message.

    Raises:
        EOFError: the other side has gone.
    """
    size = int.from_bytes(pipe.read(8), "little")
    packed = pipe.read(size)
    if not size or len(packed) < size:
        raise EOFError
    return marshal.loads(packed)
