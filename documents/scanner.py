"""The virus scanner: ClamAV on a socket where one is configured (UP-06).

`CLAMAV_SOCKET` names its Unix socket. Without it files are labelled as not scanned; with it and no
answer they stay in quarantine until a sweep reaches it.
"""

import socket
from typing import IO

from django.conf import settings

from documents.stages import FileState

# In two halves, so that no scanner takes this file for the test virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CHUNK = 256 * 1024
PATIENCE = 20  # seconds


class Infected(ValueError):
    """The file carries what a virus scanner knows."""


def carries_eicar(content: bytes) -> bool:
    return EICAR in content


def scan(file: IO[bytes]) -> str:
    """The state a file is in after scanning. Raises Infected."""
    if not settings.CLAMAV_SOCKET:
        return FileState.UNSCANNED
    try:
        answer = _ask(settings.CLAMAV_SOCKET, file)
    except OSError:
        return FileState.QUARANTINED
    if answer.endswith(b"FOUND"):
        raise Infected
    return FileState.CLEAN if answer.endswith(b"OK") else FileState.QUARANTINED


def _ask(address: str, file: IO[bytes]) -> bytes:
    """Stream the file to clamd (INSTREAM) and read its one line."""
    file.seek(0)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as clamd:
        clamd.settimeout(PATIENCE)
        clamd.connect(address)
        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            clamd.sendall(len(chunk).to_bytes(4, "big") + chunk)
        clamd.sendall((0).to_bytes(4, "big"))
        return clamd.recv(4096).rstrip(b"\0\n ")
