"""Have on this machine what the tests and the tools of developers need."""

import subprocess
import sys

from scripts import debian, environment
from scripts.say import Stop, say, speak_utf8


def main() -> int:
    speak_utf8()
    try:
        debian.ensure((*debian.PAPERS, *debian.TESTS))
        environment.ensure_python("requirements.txt", "requirements-dev.txt")
        environment.ensure_assets(with_tests=True)
    except Stop as stop:
        say(str(stop))
        return 1
    except subprocess.TimeoutExpired as slow:
        say(f"Lệnh chạy quá lâu và đã được dừng: {slow.cmd}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
