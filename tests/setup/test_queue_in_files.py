"""The embedded queue: a worker never reads half a message."""

from pathlib import Path
from typing import Any

from kombu import Connection
from kombu.transport import filesystem

from config import queue_in_files


class Looking:
    """A message that looks into the folder while it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: list[str] = []

    def __json__(self) -> str:
        self.seen = [file.read_text() for file in self.folder.glob("*.msg")]
        return "rung"


def put_and_get(transport: type, folder: Path) -> tuple[list[str], object]:
    """What lay in the folder while the message was written, and what was read then."""
    folders = {"data_folder_in": str(folder), "data_folder_out": str(folder)}
    folders["control_folder"] = str(folder / "control")
    with Connection(transport=transport, transport_options=folders) as connection:
        channel: Any = connection.channel()
        message = Looking(folder)
        channel._put("celery", {"body": message})
        return message.seen, channel._get("celery")


def test_a_message_appears_whole(tmp_path):
    assert put_and_get(queue_in_files.Transport, tmp_path) == ([], {"body": "rung"})


def test_control_kombus_own_shows_an_empty_one(tmp_path):
    assert put_and_get(filesystem.Transport, tmp_path) == ([""], {"body": "rung"})


def test_it_is_what_the_embedded_default_uses():
    with Connection("filesystem://") as connection:
        assert isinstance(connection.transport, queue_in_files.Transport)
