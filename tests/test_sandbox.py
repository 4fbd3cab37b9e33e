"""The sandbox keeps its promise whatever the function inside it does."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pinboard import sandbox
from pinboard.errors import PinboardError
from pinboard.sandbox import SandboxFailed


class Refused(PinboardError):
    code = "told_no"

    def __init__(self, message: str, *, colour: str) -> None:
        super().__init__(message, status=418)
        self.colour = colour


@dataclass(frozen=True, slots=True)
class Value:
    words: tuple[str, ...]
    price: Decimal


class Mischief:
    """Pickles to a call of os.putenv in whoever unpickles it."""

    def __reduce__(self) -> Any:
        return os.putenv, ("SANDBOX_MISCHIEF", "yes")


def make_value(*words: str) -> Value:
    return Value(words, Decimal("24.00"))


def echo(data: bytes) -> bytes:
    return data


def own_pid() -> int:
    return os.getpid()


def say_no() -> None:
    raise Refused("We would rather not.", colour="red")


def make_a_mistake() -> None:
    raise KeyError("a bug")


def spin() -> None:
    while True:
        pass


def sleep_long() -> None:
    time.sleep(60)


def eat_memory() -> int:
    return len(bytearray(2 << 30))


def crash() -> None:
    ctypes.string_at(0)


def write_a_file(path: str) -> str:
    try:
        Path(path).write_bytes(b"x" * 10)
    except OSError as error:
        return type(error).__name__
    return "written"


def open_many() -> int:
    kept = []
    try:
        while True:
            kept.append(socket.socket())
    except OSError:
        return len(kept)


#: For the nursery, which imports it behind the first child.
CHILDREN_MAY_IMPORT = ("sched", "a_module_that_is_not_there")


def has_imported(name: str) -> bool:
    return name in sys.modules


def nap(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def see_environment() -> dict[str, str]:
    return dict(os.environ)


def see_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def send_mischief() -> Mischief:
    return Mischief()


def test_a_value_comes_back_as_it_was() -> None:
    assert sandbox.run(make_value, "a", "b") == Value(("a", "b"), Decimal("24.00"))


def test_large_arguments_and_results_travel() -> None:
    data = os.urandom(20 << 20)
    assert sandbox.run(echo, data) == data


def test_it_runs_in_another_process_each_time() -> None:
    pids = {sandbox.run(own_pid) for _ in range(3)}
    assert len(pids) == 3
    assert os.getpid() not in pids


def test_an_error_of_ours_arrives_with_its_type_message_and_code() -> None:
    with pytest.raises(Refused) as caught:
        sandbox.run(say_no)
    error = caught.value
    assert (str(error), error.message) == ("We would rather not.",) * 2
    assert (error.code, error.status, error.colour) == ("told_no", 418, "red")


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (make_a_mistake, "sandbox_error"),
        (spin, "sandbox_time"),
        (sleep_long, "sandbox_time"),
        (eat_memory, "sandbox_memory"),
        (crash, "sandbox_crash"),
        (send_mischief, "sandbox_crash"),
    ],
)
def test_a_bad_end_has_a_name_and_a_sentence(function: Any, code: str) -> None:
    with pytest.raises(SandboxFailed) as caught:
        sandbox.run(function, seconds=0.5)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")
    assert "SANDBOX_MISCHIEF" not in os.popen("env").read()


def test_a_busy_child_ends_long_before_the_clock_on_the_wall_would_end_it() -> None:
    begun = time.monotonic()
    with pytest.raises(SandboxFailed) as caught:
        sandbox.run(spin, seconds=20.0, processor_seconds=0.4)
    assert caught.value.code == "sandbox_time"
    assert time.monotonic() - begun < 15


def test_a_child_that_waits_uses_none_of_its_processor_time() -> None:
    assert sandbox.run(nap, 0.8, seconds=20.0, processor_seconds=0.3) == "awake"


def test_what_children_may_import_is_there_for_the_second_one() -> None:
    sandbox.run(has_imported, "sched")
    time.sleep(0.3)
    assert sandbox.run(has_imported, "sched")
    assert "sched" not in sys.modules  # the nursery's, not ours


def test_the_next_call_works_after_a_crash() -> None:
    with pytest.raises(SandboxFailed):
        sandbox.run(crash)
    assert sandbox.run(echo, b"still here") == b"still here"


def test_the_next_call_works_after_the_nursery_was_killed() -> None:
    sandbox.run(own_pid)
    process = sandbox._nursery._process
    assert process is not None
    process.kill()
    process.wait()
    assert sandbox.run(echo, b"again") == b"again"


def test_the_child_writes_no_files_and_opens_few(tmp_path: Path) -> None:
    assert sandbox.run(write_a_file, str(tmp_path / "loot")) == "OSError"
    assert sandbox.run(open_many) < 64


def test_the_child_inherits_neither_sockets_nor_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINBOARD_SECRET_KEY", "canary")
    sandbox._nursery.stop()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.set_inheritable(True)
        assert "canary" not in str(sandbox.run(see_environment))
        # standard streams, the job, and the directory being listed
        assert sandbox.run(see_descriptors) <= 5


def test_many_threads_share_it() -> None:
    with ThreadPoolExecutor(12) as pool:
        pieces = [bytes([number]) * 100_000 for number in range(40)]
        assert list(pool.map(lambda piece: sandbox.run(echo, piece), pieces)) == pieces


def test_slow_network_calls_do_not_keep_pictures_waiting() -> None:
    sandbox.run(own_pid)
    started = threading.Barrier(9)

    def wait_for_a_site() -> None:
        started.wait()
        with pytest.raises(SandboxFailed):
            sandbox.run(sleep_long, seconds=1.0, lane="network")

    with ThreadPoolExecutor(8) as pool:
        waits = [pool.submit(wait_for_a_site) for _ in range(8)]
        started.wait()
        assert sandbox.run(echo, b"a picture") == b"a picture"
        assert not all(wait.done() for wait in waits)
        for wait in waits:
            wait.result()


def test_children_end_when_the_web_process_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(
        "import sys, time\n"
        f"sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}\n"
        "import threading\n"
        "from pinboard import sandbox\n"
        "import sandbox_victim\n"
        "threading.Thread(target=sandbox.run, args=(sandbox_victim.report_and_sleep, sys.argv[1]),"
        " kwargs={'seconds': 60}).start()\n"
        "time.sleep(60)\n"
    )
    (tmp_path / "sandbox_victim.py").write_text(
        "import os, socket, time\n"
        "def report_and_sleep(address):\n"
        "    with socket.socket(socket.AF_UNIX) as channel:\n"
        "        channel.connect(address)\n"
        "        channel.sendall(b'up')\n"
        "        time.sleep(60)\n"
    )
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "report"))
        listener.listen()
        listener.settimeout(30)
        web = subprocess.Popen([sys.executable, str(script), str(tmp_path / "report")])
        try:
            channel, _ = listener.accept()
            assert channel.recv(2) == b"up"
        finally:
            web.send_signal(signal.SIGKILL)
            web.wait()
        channel.settimeout(30)
        assert channel.recv(1) == b""  # the child's end closed with the child
