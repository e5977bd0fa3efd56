"""Locks a forked child in: no network, reading of code and fonts only, limits of time and memory.

The network and the files are locked by the kernel (namespaces, Landlock). Where it is too old or
forbids it, closed descriptors, the limits and the fetcher of `documents.render` still stand.
"""

import ctypes
import math
import os
import resource
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import gettempdir

from django.conf import settings
from django.template import engines

LIBC = ctypes.CDLL(None, use_errno=True)
NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET
NO_NEW_PRIVILEGES = 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
BENEATH_PATH = 1
READ = 0b1101  # execute, read a file, list a folder
EVERYTHING = (1 << 13) - 1  # all that the first Landlock knows of files
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/fonts", "/var/cache/fontconfig", "/dev/null")


class PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def confine(*, kept: int, memory: int) -> None:
    """Lock this process in for the rest of its life; only the descriptor `kept` stays open."""
    os.closerange(3, kept)
    os.closerange(kept + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    LIBC.unshare(NEW_USER_AND_NETWORK)
    _read_only(readable())
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_cpu(seconds: int) -> None:
    """Let this process work so many seconds more, then the kernel ends it."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(spent.ru_utime + spent.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def can_lock_files() -> bool:
    """Whether this kernel knows Landlock."""
    return LIBC.syscall(CREATE_RULESET, None, 0, 1) > 0


def readable() -> list[Path]:
    """Code, templates and fonts; never the folder of data, even where it lies beside the code.

    WeasyPrint hands the fonts of a style sheet to fontconfig through a temporary folder.
    """
    base = Path(settings.BASE_DIR)
    code = [path.parent for path in base.glob("*/__init__.py")]
    templates = [Path(folder) for engine in engines.all() for folder in engine.dirs]
    fonts = Path(gettempdir()).glob("weasyprint-*")
    system = [Path(name) for name in (*SYSTEM, sys.prefix, sys.base_prefix)]
    return [path for path in (*code, *templates, *fonts, *system) if path.exists()]


def _read_only(folders: Iterable[Path]) -> None:
    if not can_lock_files():
        return
    handled = ctypes.c_uint64(EVERYTHING)
    rules = LIBC.syscall(CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    for folder in folders:
        opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        rule = PathRule(READ if folder.is_dir() else READ & ~0b1000, opened)
        LIBC.syscall(ADD_RULE, rules, BENEATH_PATH, ctypes.byref(rule), 0)
        os.close(opened)
    LIBC.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    LIBC.syscall(RESTRICT_SELF, rules, 0)
    os.close(rules)
