# -*- coding: utf-8 -*-
# An old Python must be able to read this file to be told so: no new syntax.
# ruff: noqa: UP009, UP010, UP032, RUF005
# Every start pays for what stands at the top: no pathlib, and rare imports where they are needed.
# ruff: noqa: PLC0415, PTH100, PTH103, PTH108, PTH110, PTH113, PTH114, PTH118, PTH120, PTH123
"""Start everything with nothing but Python: ``python ita.py run``, ``python ita.py test``.

Keeps ``.venv`` beside this file current, then passes every word on to the ``ita`` command
(``test`` goes to pytest). Standard library only, and no syntax that an old Python cannot read:
whoever has too old a Python gets one clear line instead of a syntax error.
"""

from __future__ import unicode_literals

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
KEY_FILE = os.path.join(VENV, "ita-setup-key")
CACHE = os.path.join(ROOT, ".cache")
OLDEST = (3, 11)
WINDOWS = os.name == "nt"


def main(words):
    """Bring ``.venv`` up to date and run the command.

    Args:
        words: The command line without the program's name.

    Returns:
        The exit code; 74 where the set-up failed, 2 where the Python does not fit.
    """
    if sys.version_info < OLDEST:
        say(
            "ita.py: needs Python 3.11 or newer; this is Python {}.{}"
            " | ต้องใช้ Python 3.11 ขึ้นไป".format(*sys.version_info[:2])
        )
        return 2
    os.environ["PYTHONUTF8"] = "1"
    key = setup_key()
    if not is_current(key):
        failure = set_up(key)
        if failure:
            say(failure)
            return 74
    python = venv_python()
    if words[:1] == ["test"]:
        os.chdir(ROOT)
        return hand_over([python, "-m", "pytest"] + words[1:])
    return hand_over([python, "-m", "ita_analysis"] + words)


def setup_key():
    """Hash what ``.venv`` is made from: requirements, Python, and the place it stands in."""
    import hashlib

    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            # A checkout with Windows line ends asks for nothing new.
            digest.update(file.read().replace(b"\r\n", b"\n") + b"\0")
    # A moved folder needs a new .venv too: its scripts and its link to this checkout are absolute.
    digest.update("\0".join([sys.version, ROOT]).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def is_current(key):
    """Tell whether ``.venv`` was finished for this key and still has its Python."""
    try:
        with open(KEY_FILE, encoding="ascii") as file:
            return file.read() == key and os.path.exists(venv_python())
    except (OSError, ValueError):
        return False


def venv_python():
    """Return the path of the Python inside ``.venv``."""
    return os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else VENV + "/bin/python"


def set_up(key):
    """Make ``.venv`` anew, unless another set-up has just done so.

    Returns:
        The text to show where it failed; an empty text where all is well.
    """
    text = load_texts()
    refused = refuse_newer(text)
    if refused:
        return refused
    try:
        os.makedirs(CACHE, exist_ok=True)
        with open(os.path.join(CACHE, "setup.lock"), "ab") as lock:
            wait_for(lock, text["waiting"])
            if is_current(key):
                return ""
            say(text["first"])
            log = os.path.join(CACHE, "setup.log")
            for step, make in (("step_venv", make_venv), ("step_install", install)):
                say(text[step])
                if make(log):
                    return text["failed"].format(log=log, tail=tail(log))
            with open(KEY_FILE, "w", encoding="ascii") as file:
                file.write(key)
            say(text["done"])
            return ""
    except OSError as error:
        return text["disk"].format(error=error)


def load_texts():
    """Return the launcher's words in the language of messages (``ITA_LANG``, else Thai)."""
    import tomllib

    lang = os.environ.get("ITA_LANG", "th")
    folder = os.path.join(ROOT, "ita_analysis", "texts", lang if lang in ("th", "en") else "th")
    with open(os.path.join(folder, "cli.toml"), "rb") as file:
        return tomllib.load(file)["cli"]["launcher"]


def refuse_newer(text):
    """Return a text where this Python is newer than pyproject.toml allows, else an empty one."""
    import re

    with open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
        bound = re.search(r"^requires-python\s*=.*<\s*(\d+)\.(\d+)", file.read(), re.MULTILINE)
    if bound and sys.version_info[:2] >= (int(bound[1]), int(bound[2])):
        here = "{}.{}".format(*sys.version_info[:2])
        return text["too_new"].format(here=here, bound="{}.{}".format(bound[1], bound[2]))
    return ""


def wait_for(lock, message):
    """Take the set-up lock; it is freed by the system whenever its holder ends, however it ends."""
    import time

    said = False
    while True:
        try:
            if WINDOWS:
                import msvcrt

                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if not said:
                say(message)
                said = True
            time.sleep(0.2)


def make_venv(log):
    """Make an empty ``.venv``, taking away a half-made or outdated one. Returns an exit code."""
    import shutil

    if os.path.islink(VENV) or os.path.isfile(VENV):
        os.unlink(VENV)
    elif os.path.exists(VENV):
        shutil.rmtree(VENV)
    # The base Python: this one may itself have been the .venv's, which is gone by now.
    base = getattr(sys, "_base_executable", None) or sys.executable
    return run_quietly([base, "-m", "venv", VENV], log, "wb")


def install(log):
    """Install the package with its tests' needs, at the versions of constraints.txt."""
    command = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "--prefer-binary"]
    command += ["-c", os.path.join(ROOT, "constraints.txt"), "-e", ROOT + "[test]"]
    return run_quietly(command, log, "ab")


def run_quietly(command, log, mode):
    """Run a command into the log; on a terminal, count the seconds meanwhile.

    Returns:
        The command's exit code.
    """
    import subprocess
    import time

    ticking = sys.stderr.isatty()
    with open(log, mode) as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        try:
            start = time.monotonic()
            while ticking and process.poll() is None:
                sys.stderr.write("\r  {:.0f} s ".format(time.monotonic() - start))
                sys.stderr.flush()
                time.sleep(0.5)
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if ticking:
        sys.stderr.write("\r        \r")
    return code


def tail(log, n_lines=15):
    """Return the last lines of the log."""
    with open(log, encoding="utf-8", errors="replace") as file:
        return "".join(file.readlines()[-n_lines:]).rstrip()


def hand_over(command):
    """Run the command in our place and return its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    if not WINDOWS:
        os.execv(command[0], command)
    # Windows' exec returns to the prompt before the command has ended.
    import subprocess

    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the command too: its exit code is what counts


def say(text):
    """Write a line to stderr, whatever letters this console lacks."""
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
