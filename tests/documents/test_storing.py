"""Limits, names, crashes and answers of stored files (UP-02, UP-04 to UP-06, CR-04)."""

import os
import socket
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from documents import scanner, storage, uploads
from documents.actions import release, scan_again, store_upload, sweep_orphans
from documents.filenames import clean_name
from documents.integrity import check_files
from documents.models import StoredFile, Unchangeable
from documents.responses import file_response
from documents.stages import FileState
from documents.tasks import scan_quarantined, sweep_files
from documents.uploads import UploadRefused
from tests.factories.documents import PDF, jpeg, make_stored_file, make_upload
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
STREAM = "proposal:00000000-0000-4000-8000-000000000001"

NAMES = [
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\Users\\Mẫu\\Tờ trình.pdf", "Tờ trình.pdf"),
    ("To\u0302\u0300 tri\u0300nh.pdf", "Tồ trình.pdf"),
    ("hoa\u202edon\u200b.pdf", "hoadon.pdf"),
    ("a\0b\nc.pdf", "abc.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("lpt1.docx", "_lpt1.docx"),
    ('a<b>:"|?*.pdf', "a_b______.pdf"),
    ("  Báo   cáo .pdf", "Báo cáo.pdf"),
    (".pdf", "pdf"),
    ("...", "tep"),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_names_are_cleaned(given, kept):
    assert clean_name(given) == kept


def test_long_names_are_cut_between_letters():
    name = clean_name("ộ" * 255 + ".pdf")

    assert name.endswith("ộ.pdf")
    assert (len(name) <= 150, len(name.encode()) <= 200) == (True, True)
    assert len(clean_name("a" * 255 + ".pdf")) == 150


def test_bytes_lie_under_their_digest_and_cannot_be_run():
    stored = make_stored_file(name="Tờ trình.pdf")

    assert stored.path.name == stored.sha256
    assert stat.S_IMODE(stored.path.stat().st_mode) == 0o640
    assert (stored.name, stored.size, stored.kind) == ("Tờ trình.pdf", len(PDF), "pdf")


def test_the_same_bytes_twice_are_one_file_and_two_rows():
    first, second = make_stored_file(), make_stored_file()

    assert first.path == second.path
    assert StoredFile.objects.count() == 2


def test_a_file_that_is_too_large_is_refused_while_it_comes(settings, monkeypatch):
    monkeypatch.setattr(uploads, "FILE_LIMIT", len(PDF) - 1)

    with pytest.raises(UploadRefused) as refused:
        store_upload(make_upload("Tờ trình.pdf"), stream=STREAM, by=make_user())

    assert refused.value.message == "Tệp Tờ trình.pdf nặng 0 MB. Chọn tệp dưới 0 MB."


def test_looking_into_a_file_is_done_apart_and_within_limits(monkeypatch):
    here, looked = os.getpid(), []
    monkeypatch.setitem(uploads.CHECKS, "pdf", lambda *_: looked.append(os.getpid()) or forever())
    monkeypatch.setitem(uploads.LIMITS, "cpu_seconds", 1)

    with pytest.raises(UploadRefused) as refused:
        store_upload(make_upload("Tờ trình.pdf"), stream=STREAM, by=make_user())

    assert "SIGXCPU" in refused.value.reason
    assert (os.getpid(), looked) == (here, [])
    assert not StoredFile.objects.exists()


def forever() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("STREAM_FILES", 2, "Hồ sơ đã có 2 tệp"),
        ("STREAM_LIMIT", 2 * len(PDF), "Tổng dung lượng vượt"),
        ("PERSON_LIMIT", 2 * len(PDF), "Tổng dung lượng tệp của tài khoản vượt 1 GB"),
    ],
)
def test_totals_are_limited(limit, value, words, monkeypatch):
    monkeypatch.setattr(uploads, limit, value)
    user = make_user()
    for _ in range(2):
        store_upload(make_upload(), stream=STREAM, by=user)

    with pytest.raises(UploadRefused, match=words):
        store_upload(make_upload(), stream=STREAM, by=user)
    assert StoredFile.objects.count() == 2


def test_the_limits_are_those_of_the_requirements():
    assert uploads.FILE_LIMIT == 25 * 1024 * 1024
    assert (uploads.STREAM_FILES, uploads.STREAM_LIMIT) == (20, 200 * 1024 * 1024)
    assert uploads.PERSON_LIMIT == 1024 * 1024 * 1024


def test_a_file_taken_out_of_a_case_no_longer_counts(monkeypatch):
    monkeypatch.setattr(uploads, "STREAM_FILES", 1)
    first = make_stored_file(stream=STREAM)

    release(first)

    assert make_stored_file(stream=STREAM).path == first.path


def test_evidence_has_limits_of_its_own(monkeypatch):
    monkeypatch.setattr(uploads, "STREAM_FILES", 1)
    monkeypatch.setattr(uploads, "EVIDENCE_FILES", 2)
    make_stored_file(stream=STREAM)
    for _ in range(2):
        make_stored_file(stream=STREAM, shelf="evidence")

    with pytest.raises(UploadRefused, match="Hồ sơ đã có 2 tệp"):
        make_stored_file(stream=STREAM, shelf="evidence")


def test_limits_of_a_case_count_no_other_case(monkeypatch):
    monkeypatch.setattr(uploads, "STREAM_FILES", 1)
    make_stored_file()

    assert make_stored_file(stream=STREAM).stream == STREAM


def test_a_full_disk_keeps_nothing(monkeypatch, media):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(UploadRefused, match="máy chủ hết chỗ"):
        make_stored_file()
    assert not StoredFile.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_crash_before_the_row_leaves_an_orphan_that_is_swept(monkeypatch, media):
    kept = storage.keep_bytes(PDF)
    named = make_stored_file(content=PDF + b"\n")
    for path in (storage.path_of(kept.sha256), named.path):
        os.utime(path, (0, 0))

    sweep_files()

    assert not storage.path_of(kept.sha256).exists()
    assert named.path.exists()


def test_a_fresh_orphan_stays_a_day():
    kept = storage.keep_bytes(PDF)

    assert sweep_orphans() == 0
    assert storage.path_of(kept.sha256).exists()


def test_a_stored_file_cannot_be_changed():
    stored = make_stored_file()
    stored.name = "khac.pdf"

    with pytest.raises(Unchangeable):
        stored.save()


@pytest.mark.parametrize("column", ["sha256", "name", "stream"])
def test_the_database_refuses_a_change_too(column):
    stored = make_stored_file()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE documents_storedfile SET {column} = 'x' WHERE id = %s",  # noqa: S608
            [stored.pk],
        )


def test_a_download_does_nothing_but_save(rf):
    stored = make_stored_file(name="Tờ trình Đề án.pdf")

    with closing(file_response(stored)) as answer:
        assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == (
        'attachment; filename="to_trinh_de_an.pdf"; '
        "filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh%20%C4%90%E1%BB%81%20%C3%A1n.pdf"
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [("a.pdf", PDF, "inline"), ("a.jpg", jpeg(), "inline"), ("a.docx", None, "attachment")],
)
def test_only_pdf_and_pictures_may_be_shown(name, content, shown):
    stored = make_stored_file(name=name, content=content)

    with closing(file_response(stored, inline=True)) as answer:
        assert answer["Content-Disposition"].startswith(f"{shown};")


def test_a_missing_file_is_not_found_and_noticed():
    stored = make_stored_file()
    stored.path.unlink()

    with pytest.raises(Http404):
        file_response(stored)
    assert [f.what for f in check_files({stored.sha256})] == ["the file is missing"]


def test_altered_bytes_are_noticed():
    sound, altered = make_stored_file(), make_stored_file(content=PDF + b"\n")
    altered.path.chmod(0o600)
    altered.path.write_bytes(PDF + b" ")

    found = list(check_files({sound.sha256, altered.sha256}))

    assert [(f.where, f.what) for f in found] == [
        (f"file {altered.sha256}", "the bytes have been changed")
    ]


class Clamd:
    """A clamd of one answer, on a socket of its own."""

    def __init__(self, folder: Path, answer: bytes):
        self.address = str(folder / "clamd")
        self.answer = answer
        self.received = b""

    def serve(self, listener):
        client, _ = listener.accept()
        with client:
            while not self.received.endswith(b"\0\0\0\0"):
                self.received += client.recv(65536)
            client.sendall(self.answer)


@pytest.fixture
def clamd(tmp_path, settings):
    """Starts a scanner that gives one answer."""
    opened = []

    def start(answer: bytes) -> Clamd:
        fake = Clamd(tmp_path, answer)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(fake.address)
        listener.listen()
        thread = threading.Thread(target=fake.serve, args=[listener])
        thread.start()
        opened.append((listener, thread))
        settings.CLAMAV_SOCKET = fake.address
        return fake

    yield start
    for listener, thread in opened:
        thread.join(5)
        listener.close()


def test_a_scanned_file_is_clean(clamd):
    fake = clamd(b"stream: OK\0")

    stored = make_stored_file()

    assert stored.state == FileState.CLEAN
    assert PDF in fake.received


def test_an_infected_file_is_refused(clamd):
    clamd(b"stream: Eicar-Test-Signature FOUND\0")

    with pytest.raises(UploadRefused, match="có mã độc hoặc bị hỏng"):
        make_stored_file()
    assert not StoredFile.objects.exists()


def test_while_the_scanner_is_down_a_file_waits_for_it(settings, tmp_path, clamd):
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    owner, other = make_user(), make_user()
    stored = make_stored_file(by=owner)

    assert stored.state == FileState.QUARANTINED
    assert list(StoredFile.objects.readable_by(owner)) == [stored]
    assert list(StoredFile.objects.readable_by(other)) == []
    assert scan_again() == 0

    clamd(b"stream: OK\0")
    scan_quarantined()

    assert list(StoredFile.objects.readable_by(other)) == [stored]


def test_what_turns_out_infected_is_nobodys(settings, tmp_path, clamd):
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    owner = make_user()
    stored = make_stored_file(by=owner)
    clamd(b"stream: Virus FOUND\0")

    assert scan_again() == 1

    stored.refresh_from_db()
    assert list(StoredFile.objects.readable_by(owner)) == []
    with pytest.raises(Http404):
        file_response(stored)


def test_the_test_virus_is_whole():
    assert len(scanner.EICAR) == 68
