"""What can go wrong in words: a message for people, a code for programs."""

from __future__ import annotations


class PinboardError(Exception):
    """Something a person can be told about.

    message: one sentence that says what happened and, where there is something, what to do.
    code: short, stable, snake_case; programs compare this, never the message.
    status: the HTTP status an answer carries when nobody caught it earlier.
    """

    code = "refused"
    status = 400
    # When it may work again; an answer then says so (Retry-After).
    retry_after_seconds: int | None = None

    def __init__(self, message: str, *, code: str | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.status = status or self.status
