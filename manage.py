#!/usr/bin/env python3
"""The one door: `python3 manage.py start`, `test`, `check --all` and the rest.

Only the standard library is imported here, so that it runs on a machine with nothing but
Python 3.11. When the environment is not right it makes `.venv` beside this file from the lock,
and starts itself again inside it. PINBOARD_NO_VENV=1 says: use this Python as it is.
"""

import shutil
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python reads this far, and no further
    newer = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
    hint = f"\nThis machine has one: {newer[0]} manage.py" if newer else ""
    this = ".".join(str(number) for number in sys.version_info[:2])
    sys.exit(f"Pinboard needs Python 3.11 or newer; this is {this}.{hint}")

import contextlib
import hashlib
import importlib
import importlib.metadata
import importlib.util
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
MARKER = VENV / "pinboard-lock.txt"
BASE_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
NEEDS_TEST_LOCK = frozenset({"test", "check", "bench", "torture", "quality"})
# Set for the second run, so that a broken environment ends in a sentence, not in a loop.
AGAIN = "PINBOARD_STARTED_AGAIN"

NETWORK_SIGNS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "No matching distribution found",
    "Could not connect",
    "dns error",
)


class SetupFailed(Exception):
    """The environment cannot be made; the message tells a person why and what to do."""


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def lock_for(arguments: Sequence[str]) -> Path:
    """The lock a command needs: the tests' one is the base one and more."""
    command = arguments[0] if arguments else ""
    return TEST_LOCK if command in NEEDS_TEST_LOCK else BASE_LOCK


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def pins_of(lock: Path) -> dict[str, str]:
    """Name and version of every package the lock asks for on any machine.

    Lines with a condition ("; sys_platform == …") are left out: only an installer can judge them.
    """
    pins: dict[str, str] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        requirement = line.split("\\")[0].strip()
        if "==" in requirement and ";" not in requirement and not requirement.startswith("#"):
            name, version = requirement.split("==")
            pins[name.split("[")[0].strip()] = version.strip()
    return pins


def holds(lock: Path) -> bool:
    """Whether the Python that runs this has every package of the lock, in its version."""
    if importlib.util.find_spec("django") is None:
        return False
    for name, version in pins_of(lock).items():
        try:
            if importlib.metadata.version(name) != version:
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


def marked(lock: Path) -> bool:
    """Whether `.venv` was made from this very lock, and its Python is still there."""
    try:
        written = MARKER.read_text(encoding="utf-8").split()
    except OSError:
        return False
    return digest(lock) in written and python_of(VENV).exists()


def mark(lock: Path) -> None:
    """Write down what `.venv` now holds: one digest a line."""
    held = [lock] if lock == BASE_LOCK else [lock, BASE_LOCK]
    MARKER.write_text("".join(f"{digest(each)}\n" for each in held), encoding="utf-8")


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def decide(*, told_to_stay: bool, inside: bool, is_marked: bool, holds_lock: bool) -> str:
    """What to do before Django: "go", "mark" (then go), "enter" the environment, or "make" it.

    told_to_stay: PINBOARD_NO_VENV=1.  inside: this Python is the one in `.venv`.
    is_marked: `.venv` was made from the wanted lock.
    holds_lock: this Python, wherever it lives, has everything the wanted lock names.
    """
    if told_to_stay:
        return "go"
    if inside:
        if is_marked:
            return "go"
        return "mark" if holds_lock else "make"
    if holds_lock:
        return "go"
    return "enter" if is_marked else "make"


def is_inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Only one process makes the environment; another that comes meanwhile waits for it."""
    try:
        import fcntl
    except ImportError:  # Windows: two first starts at once are not guarded there.
        yield
        return
    VENV.mkdir(exist_ok=True)
    with (VENV / "pinboard-making.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is making the environment; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run_quietly(command: Sequence[str]) -> None:
    """Run a program of the set-up; raise SetupFailed with its last lines when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    output = (done.stdout + done.stderr).strip()
    last = "\n".join(output.splitlines()[-8:])
    if any(sign in output for sign in NETWORK_SIGNS):
        raise SetupFailed(
            "The packages could not be downloaded: the package index did not answer. "
            "Is this machine online, or does pip need a proxy or an index of its own?\n" + last
        )
    raise SetupFailed(f"This step of the set-up failed: {' '.join(command)}\n{last}")


def make_venv(*, with_pip: bool) -> None:
    programs = python_of(VENV).parent
    if python_of(VENV).exists() and (not with_pip or shutil.which("pip", path=str(programs))):
        return
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if "venv" in missing or (with_pip and missing):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupFailed(
            "This Python cannot make environments: its venv module is not installed.\n"
            f"On Debian and Ubuntu: apt install python{version}-venv"
        )
    pip = [] if with_pip else ["--without-pip"]
    run_quietly([sys.executable, "-m", "venv", *pip, str(VENV)])


def install(lock: Path) -> None:
    """Fill `.venv` from the lock, every file checked against its hash; uv if there is one."""
    uv = shutil.which("uv")
    if uv is not None:
        make_venv(with_pip=False)
        asked = ["--python", str(python_of(VENV)), "--require-hashes", "--quiet", "-r", str(lock)]
        try:
            run_quietly([uv, "pip", "install", *asked])
            return
        except SetupFailed:
            say("uv could not install the packages; trying pip, which knows pip's own settings.")
    make_venv(with_pip=True)
    pip = [str(python_of(VENV)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run_quietly([*pip, "install", "--quiet", "--require-hashes", "-r", str(lock)])


def make_environment(lock: Path) -> None:
    with one_at_a_time():
        if marked(lock):  # Somebody else made it while we waited.
            return
        began = time.monotonic()
        say(f"Making the environment in {VENV.name} from {lock.name}.")
        say("This happens once and takes about half a minute.")
        install(lock)
        mark(lock)
        say(f"The environment is ready ({time.monotonic() - began:.0f} s).")


def start_again(arguments: Sequence[str]) -> None:
    """Become the same command under the environment's Python; does not return."""
    python = str(python_of(VENV))
    command = [python, str(ROOT / "manage.py"), *arguments]
    environment = {**os.environ, AGAIN: "1"}
    if os.name == "nt":
        raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)
    os.execve(python, command, environment)


def prepare(arguments: Sequence[str]) -> None:
    """Return only when this very Python can run the command."""
    lock = lock_for(arguments)
    inside, is_marked = is_inside(), marked(lock)
    told_to_stay = os.environ.get("PINBOARD_NO_VENV") == "1"
    quick = told_to_stay or (inside and is_marked)
    step = decide(
        told_to_stay=told_to_stay,
        inside=inside,
        is_marked=is_marked,
        holds_lock=quick or holds(lock),
    )
    if step == "mark":
        mark(lock)
    if step in {"go", "mark"}:
        return
    if os.environ.get(AGAIN) == "1" and not inside:
        raise SetupFailed(
            f"The environment's own Python does not run in {VENV}.\nDelete it and try again."
        )
    if step == "make":
        make_environment(lock)
    start_again(arguments)


def conducts(arguments: Sequence[str]) -> bool:
    """Whether the command only runs other programs, and so must work while the site is broken."""
    return arguments[:1] == ["test"] or (arguments[:1] == ["check"] and "--all" in arguments)


def run_conductor(arguments: Sequence[str]) -> None:
    module = importlib.import_module(f"pinboard.management.commands.{arguments[0]}")
    module.Command().run_from_argv([str(ROOT / "manage.py"), *arguments])


def main(arguments: Sequence[str]) -> None:
    try:
        prepare(arguments)
    except SetupFailed as problem:
        say(str(problem))
        raise SystemExit(1) from None
    os.environ.pop(AGAIN, None)
    settings = "tests.settings" if arguments[:1] == ["test"] else "pinboard.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if conducts(arguments):
        run_conductor(arguments)
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line([str(ROOT / "manage.py"), *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
