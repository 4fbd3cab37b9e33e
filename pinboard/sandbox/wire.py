"""Messages on a job socket: eight bytes of length, then as many bytes."""

from __future__ import annotations

import socket
import struct
import time

_LENGTH = struct.Struct("!Q")
#: A message larger than this is not one of ours: the largest is a picture with its renditions.
_MAX_MESSAGE_BYTES = 256 << 20


def send(channel: socket.socket, message: bytes) -> None:
    channel.sendall(_LENGTH.pack(len(message)))
    channel.sendall(message)


def receive(channel: socket.socket, *, until: float | None = None) -> bytes:
    """One message. Raises EOFError when the other side ended, TimeoutError after `until`."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, until))
    if length > _MAX_MESSAGE_BYTES:
        raise EOFError("a message of impossible length")
    return bytes(_exactly(channel, length, until))


def _exactly(channel: socket.socket, length: int, until: float | None) -> bytearray:
    data = bytearray()
    while len(data) < length:
        if until is not None:
            channel.settimeout(max(0.01, until - time.monotonic()))
        piece = channel.recv(min(1 << 20, length - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return data
