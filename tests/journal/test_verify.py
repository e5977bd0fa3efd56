"""Each check of JR-05 finds what it is for, and a sound journal has no findings."""

import json
import random
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from journal import subjects
from journal.anchors import anchor_days, exported
from journal.canonical import content_hash, entry_hash
from journal.findings import Report, broken
from journal.models import Anchor, Content, Entry, Stream
from journal.sql import snapshot
from journal.verify import verify
from tests.factories.journal import lifted_guards, make_cited, make_entry, make_stream
from tests.journal import tampering
from tests.journal.past import LONG_AFTER, make_past

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal(settings):
    """Four streams, ten anchored days; the last step of each is a week old."""
    settings.DEMO = True
    make_past(streams=4)
    anchor_days(LONG_AFTER)


@pytest.fixture
def copies(journal):
    """The anchors as somebody outside keeps them."""
    return list(exported(Anchor.objects.order_by("date").iterator()))


def weighty(report):
    """The findings, except warnings and that the days since the last anchor are still to come."""
    mild = {one for one in report.findings if "the last anchor is of" in one.what}
    return [one for one in report.findings if one not in mild and one.weight != "warning"]


def first_finding(tamper, seed=0, **outside):
    """What a verification says first after the tampering, which is then undone."""
    with transaction.atomic():
        with lifted_guards():
            tamper(random.Random(seed))  # noqa: S311 (repeatable)
        report = verify(**outside)
        transaction.set_rollback(True)
    return report.exit_code, str(next(iter(weighty(report)), ""))


@pytest.mark.usefixtures("journal")
def test_sound_journal_has_no_findings():
    report = verify()

    assert weighty(report) == []
    assert report.looked_at == {"entries": 20, "streams": 5, "contents": 24, "anchors": 15}


def test_empty_journal_is_sound():
    assert verify().exit_code == 0


def test_fresh_journal_is_sound():
    make_cited()
    make_entry()

    assert verify().exit_code == 0


EXPECTED = {
    tampering.edit_body: "hash is not that of its body",
    tampering.edit_body_and_hash: "link",
    tampering.edit_column: "differs from its body",
    tampering.retime_column: "column for 'at' differs",
    tampering.retime_with_fresh_hash: "link",
    tampering.delete_entry: "missing or doubled",
    tampering.delete_entry_and_close_the_gap: "content",
    tampering.insert_entry: "in no anchor",
    tampering.insert_entry_in_the_middle: "root",
    tampering.swap_bodies: "hash is not that of its body",
    tampering.cut_tail: "its row says",
    tampering.cut_tail_and_shorten_the_row: "leaves",
    tampering.rewrite_stream: "root",
    tampering.drop_stream: "leaves",
    tampering.drop_stream_row: "its stream is gone",
    tampering.edit_content: "digest is not that of its body",
    tampering.edit_content_with_fresh_digest: "no entry cites it",
    tampering.delete_content: "is cited and is missing",
    tampering.add_content: "no entry cites it",
    tampering.edit_kind_of_content: "column for 'kind' differs",
    tampering.edit_anchor: "anchor",
    tampering.drop_anchor_in_the_middle: "days are missing",
    tampering.drop_leaf: "leaves in place",
    tampering.move_leaf: "leaves in place",
}


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("tamper", tampering.SEEN_INSIDE, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found(tamper):
    exit_code, finding = first_finding(tamper)

    assert exit_code == 1
    assert EXPECTED[tamper] in finding


@pytest.mark.parametrize("tamper", tampering.SEEN_FROM_OUTSIDE, ids=lambda tamper: tamper.__name__)
def test_tampering_that_fits_inside_is_found_by_the_copies(tamper, copies):
    assert first_finding(tamper)[0] != 1

    exit_code, finding = first_finding(tamper, anchors=copies)

    assert exit_code == 1
    assert "copy outside" in finding


@pytest.mark.usefixtures("journal")
def test_entry_cut_off_before_its_anchor_is_found_by_the_receipt():
    stream = Stream.objects.exclude(name="jobs").first()
    entry = make_entry(stream=stream.name)

    def cut(chance):
        tampering.cut_tail_of(Entry.objects.get(pk=entry.pk))

    assert verify(receipts=[entry.entry_hash]).found.get("broken") is None
    assert first_finding(cut)[0] != 1
    assert first_finding(cut, receipts=[entry.entry_hash])[0] == 1


ODD = {
    "an anchor's root": lambda: tampering.rows(Anchor).filter(size=4).update(root="a" * 64),
    "an anchor's body": lambda: tampering.rows(Anchor).filter(size=4).update(body="{}"),
    "all anchors": lambda: tampering.rows(Anchor).all()._raw_delete("default"),
    "an entry's spaces": lambda: _respace(Entry, "entry_hash", entry_hash),
    "an entry's sense": lambda: tampering.rows(Entry).filter(seq=1).update(body="[1]"),
    "a content's spaces": lambda: _respace(Content, "sha256", content_hash),
    "a content's sense": lambda: _senseless_content(),
}
SAID = {
    "an anchor's root": ["columns differ", "root is not that of its leaves"],
    "an anchor's body": ["hash is not that of its body", "columns differ"],
    "all anchors": ["are gone, their leaves are still there"],
    "an entry's spaces": ["its body is not canonical JSON"],
    "an entry's sense": ["its body is not canonical JSON"],
    "a content's spaces": ["its body is not canonical JSON"],
    "a content's sense": ["its body is not canonical JSON"],
}


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("what", list(ODD))
def test_odd_change_is_found_for_what_it_is(what):
    with transaction.atomic():
        with lifted_guards():
            ODD[what]()
        report = verify()
        transaction.set_rollback(True)

    said = {one.what for one in report.findings if one.weight == "broken"}
    assert [words for words in SAID[what] if not any(words in one for one in said)] == []


def _respace(model, column, digest):
    """The same JSON with a space too much, and a hash that fits."""
    row = model.objects.order_by("pk").last()
    body = row.body.replace('"v":1', '"v": 1')
    tampering.rows(model).filter(pk=row.pk).update(body=body, **{column: digest(body)})


def _senseless_content():
    row = Content.objects.order_by("pk").last()
    tampering.rows(Content).filter(pk=row.pk).update(body="[1]", sha256=content_hash("[1]"))


def test_content_of_another_stream_may_be_cited():
    cited = make_cited()
    version = Content.objects.get(sha256=cited.data["content_sha256"])

    case = make_entry(stream=f"case:{cited.stream_id.partition(':')[2]}", content=[version])

    assert verify().exit_code == 0
    assert verify(stream=case.stream_id).exit_code == 0


def test_many_findings_are_counted_and_the_first_thousand_named():
    report = Report()

    report.add(broken("here", str(number)) for number in range(1500))

    assert (len(report.findings), report.found) == (1000, {"broken": 1500})


def test_untouched_copies_raise_no_alarm(copies):
    assert weighty(verify(anchors=copies)) == []


@pytest.mark.usefixtures("journal")
def test_copy_that_is_no_export_is_undecided():
    report = verify(anchors=["not an anchor"])

    assert [str(one) for one in weighty(report)] == ["undecided: line 1: is not an exported anchor"]
    assert report.exit_code == 2


@pytest.mark.usefixtures("settings")
def test_old_entries_without_any_anchor_are_undecided(settings):
    settings.DEMO = True
    make_past(streams=1)

    report = verify()

    assert (report.exit_code, report.found) == (2, {"undecided": 5})


def test_time_that_runs_back_is_a_warning_only(settings):
    settings.DEMO = True
    stream = make_stream()
    make_entry(stream=stream)
    make_past(names=[stream])

    report = verify(stream=stream)

    assert report.found["warning"] == 1
    assert "broken" not in report.found


def test_file_that_is_named_is_looked_for():
    stream = make_stream()
    make_entry(stream=stream, action="attachment.add", sha256="cd" * 32, public=False)
    assert verify().exit_code == 2

    asked = []

    def checker(digests):
        asked.append(digests)
        return [broken("file cd", "is missing")]

    subjects.register_files(checker)
    assert verify().exit_code == 1
    assert asked == [{"cd" * 32}]


class Drafts:
    """A subject as an upper app would register it: one state, held against the replay."""

    machines = ("proposal",)

    def __init__(self, state):
        self.state = state
        self.seen = []

    def check(self, replays):
        self.seen += replays
        return [broken(r.stream, "state") for r in replays if r.states["proposal"] != self.state]

    def strays(self):
        return [broken("proposal x", "has no stream")] if self.state == "stray" else []


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("state", "problems"), [("approved_pilot", 0), ("submitted", 4), ("stray", 5)]
)
def test_subject_is_held_against_its_stream(state, problems):
    checker = Drafts(state)
    subjects.register_subject("proposal", checker)

    report = verify()

    assert report.found.get("broken", 0) == problems
    assert len(checker.seen) == 4
    replay = checker.seen[0]
    assert replay.states == {"proposal": "approved_pilot", "pilot": "planned"}
    assert replay.length == 5
    assert replay.head_hash == Stream.objects.get(name=replay.stream).head_hash
    assert replay.stream == f"proposal:{replay.ref}"


def test_move_that_does_not_start_where_the_last_ended_is_found():
    subjects.register_subject("proposal", Drafts("approved"))
    stream = make_stream()
    make_entry(stream=stream, before="draft", after="submitted")
    make_entry(stream=stream, action="pilot.start", before="planned", after="running")
    make_entry(stream=stream, before="under_review", after="approved")

    findings = [str(one) for one in verify().findings]

    assert findings == [f"broken: {stream} #3: moves proposal from under_review, it was submitted"]


def test_command_prints_json_and_says_sound(capsys):
    entry = make_cited()

    call_command("journal_verify", "--json", "--stream", entry.stream_id)

    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "result": "sound",
        "looked_at": {"entries": 1, "streams": 1},
        "found": {},
        "findings": [],
    }


@pytest.mark.usefixtures("journal")
def test_command_exits_with_one_and_says_where(capsys):
    entry = Entry.objects.order_by("pk").first()
    with lifted_guards():
        tampering.rows(Entry).filter(pk=entry.pk).update(role="x")

    with pytest.raises(SystemExit) as end:
        call_command("journal_verify")

    assert end.value.code == 1
    where = f"broken: {entry.stream_id} #1: its column for 'role' differs from its body"
    assert capsys.readouterr().out.splitlines()[0] == where


def test_command_exits_with_two_for_an_unknown_stream():
    with pytest.raises(SystemExit) as end:
        call_command("journal_verify", "--stream", make_stream())

    assert end.value.code == 2


def test_command_exits_with_two_where_the_copies_cannot_be_read(tmp_path):
    with pytest.raises(CommandError) as end:
        call_command("journal_verify", "--anchors", str(tmp_path / "none"))

    assert end.value.returncode == 2


@pytest.mark.django_db(transaction=True)
def test_verification_reads_one_picture_while_others_write():
    make_cited()

    with snapshot():
        seen = Entry.objects.count()
        Thread(target=_write_beside, name="writer").start()
        assert written.wait(10)
        counts = (seen, Entry.objects.count())

    assert counts == (1, 1)
    assert Entry.objects.count() == 2
    assert verify().exit_code == 0


written = Event()


def _write_beside():
    make_cited()
    written.set()
    connection.close()


@pytest.mark.usefixtures("journal")
def test_exported_anchors_are_read_back(tmp_path, capsys):
    file = tmp_path / "anchors.jsonl"

    call_command("anchors_export", str(file))

    assert len(file.read_text().splitlines()) == 15
    report = verify(anchors=file.read_text().splitlines())
    assert weighty(report) == []
