"""The Python environment and the front-end assets, made from their lock files."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import debian
from scripts.paths import PYTHON, ROOT, VENV
from scripts.say import Stop, step
from scripts.stamps import digest_of, is_fresh, once_for

INSTALL_SECONDS = 1200
NODE_MODULES = ROOT / "node_modules"
OLDEST_NPM = 7  # the first that reads our lock file
STATIC = ROOT / "static"


def call(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run one command to its end, in this environment alone when one is given.

    Raises Stop with the last of what the command said, when it did not succeed.
    """
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=INSTALL_SECONDS,
        check=False,
    )
    if answer.returncode:
        detail = (answer.stdout + answer.stderr)[-2000:]
        raise Stop(f"Lệnh không hoàn thành: {' '.join(command)}\n{detail}")


def ensure_python(*requirements: str) -> None:
    """Have `.venv` with exactly the pinned packages of these files."""
    if not _venv_works():
        _make_venv()
    stale = [name for name in requirements if not is_fresh(_stamp(name), _digest(name))]
    if stale:
        _install([ROOT / name for name in requirements])
        for name in requirements:
            _stamp(name).write_text(_digest(name))


def _stamp(requirement: str) -> Path:
    return VENV / f".{requirement}.sha256"


def _digest(requirement: str) -> str:
    return digest_of([ROOT / requirement], platform.python_version(), str(VENV))


def _venv_works() -> bool:
    """A checkout that was moved or copied brings an environment that no longer runs."""
    if not PYTHON.exists():
        return False
    command = [str(PYTHON), "-c", "import sys; print(sys.prefix)"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return answer.returncode == 0 and Path(answer.stdout.strip()) == VENV


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        debian.ensure(("python3-venv",))
    step("Tạo môi trường Python")
    call([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _install(files: list[Path]) -> None:
    step(f"Cài thư viện Python ({', '.join(file.name for file in files)})")
    flags = ["--require-hashes", "--disable-pip-version-check", "--quiet", "--only-binary=:all:"]
    named = [part for file in files for part in ("-r", str(file))]
    call([str(PYTHON), "-m", "pip", "install", *flags, *named])


def ensure_assets(*, with_tests: bool = False) -> None:
    """Have the styles, scripts, fonts and icons that the pages load in `static/vendor`."""
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    kind = "all" if with_tests else "pages"
    stamp = NODE_MODULES / ".portal.sha256"
    if not is_fresh(stamp, digest_of(lock, "all")):
        once_for(stamp, digest_of(lock, kind), lambda: _npm_ci(with_tests=with_tests))
    made_from = [*lock, ROOT / "scripts" / "assets.py", STATIC / "icons.txt"]
    once_for(STATIC / "vendor" / ".portal.sha256", digest_of(made_from), _pick_assets)


def _npm_ci(*, with_tests: bool) -> None:
    step("Tải kiểu chữ, biểu tượng và mã giao diện")
    kinds = [] if with_tests else ["--omit=dev"]
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", *kinds]
    call([_npm(), "ci", *flags], os.environ | {"PATH": path})


def _npm() -> str:
    """The machine's npm, or else the one from the Python package registry."""
    found = shutil.which("npm")
    if found and _major_version(found) >= OLDEST_NPM:
        return found
    ensure_python("requirements-node.txt")
    return str(VENV / "bin" / "npm")


def _major_version(npm: str) -> int:
    command = [npm, "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    major = answer.stdout.strip().partition(".")[0]
    return int(major) if major.isdigit() else 0


def _pick_assets() -> None:
    call([str(PYTHON), str(ROOT / "scripts" / "assets.py")])
