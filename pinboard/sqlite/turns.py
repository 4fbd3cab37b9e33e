"""A lock whose waiters get it in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """One holder at a time among the threads of this process. Not reentrant."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for one's turn at most so long. Returns whether it came."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._mutex:
            if mine not in self._waiting:  # it came just after the patience had ended
                return True
            self._waiting.remove(mine)
            return False

    def give_back(self) -> None:
        """By its holder: the next in line has it now, before anybody who comes."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
