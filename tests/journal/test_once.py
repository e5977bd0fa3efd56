"""One form, one effect: in parallel, again, with other words, after a deadlock (TX-03, TX-06)."""

import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from journal.actions import lock, record
from journal.conflicts import Busy, Conflict, expect_version, is_deadlock, is_lock_trouble
from journal.models import Entry, OnceKey
from journal.once import OnceForm, answer, once, posted, retried, run_once
from journal.tasks import sweep_form_keys
from tests.factories.journal import make_entry, make_stream
from tests.factories.organisation import make_user
from tests.journal.crowd import all_at_once

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="locks are proven on PostgreSQL"
)


class NoteForm(OnceForm):
    text = forms.CharField(label="Ý kiến")
    files = forms.FileField(label="Tệp", required=False)  # type: ignore[assignment]


def make_form(text="Đồng ý", key=None, files=None, **extra):
    facts = {"key": str(key or uuid4()), "version": "1", "text": text} | extra
    form = NoteForm(facts, files)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.django_db
class TestOneEffect:
    def test_second_time_gives_the_first_answer_and_does_nothing(self):
        person, form, done = make_user(), make_form(), []

        def do():
            done.append(1)
            return "/de-xuat/1/"

        answers = [run_once(person, form, do) for _ in range(2)]

        assert (answers, done) == (["/de-xuat/1/"] * 2, [1])

    def test_other_words_under_the_same_key_are_a_conflict_that_knows_the_labels(self):
        person, key = make_user(), uuid4()
        run_once(person, make_form(key=key), lambda: "/1/")

        with pytest.raises(Conflict) as conflict:
            run_once(person, make_form("Không đồng ý", key=key), lambda: "/2/")

        assert conflict.value.form.fields["text"].label == "Ý kiến"
        assert "nội dung khác" in str(conflict.value)

    def test_effect_that_failed_leaves_the_key_free(self):
        person, form = make_user(), make_form()

        with pytest.raises(ZeroDivisionError):
            run_once(person, form, lambda: str(1 // 0))

        assert run_once(person, form, lambda: "/1/") == "/1/"

    def test_effect_without_an_answer_is_refused(self):
        with pytest.raises(ValueError, match="without an answer"):
            run_once(make_user(), make_form(), lambda: "")

    def test_key_is_claimed_by_hand(self):
        key = uuid4()

        claim = once(key, by=None, content="a")
        assert claim.url == ""
        answer(claim, "/1/")

        assert once(key, by=None, content="a").url == "/1/"
        with pytest.raises(Conflict):
            once(key, by=make_user(), content="a")

    def test_old_keys_are_forgotten(self):
        old, new = uuid4(), uuid4()
        for key in (old, new):
            answer(once(key, by=None, content="a"), "/1/")
        OnceKey.objects.filter(key=old).update(at=timezone.now() - timedelta(days=31))

        sweep_form_keys()

        assert list(OnceKey.objects.values_list("key", flat=True)) == [new]


def test_token_and_key_and_password_are_not_part_of_what_a_form_says():
    one = make_form(csrfmiddlewaretoken="a", password="a", new_password1="a")
    other = make_form(csrfmiddlewaretoken="b", password="b", new_password1="b")

    assert posted(one) == posted(other)


@pytest.mark.parametrize(
    "other", [{"text": "Khác"}, {"decision": "refuse"}, {"version": "2"}, {"đ": "1"}]
)
def test_each_other_value_is_part_of_it(other):
    assert posted(make_form()) != posted(make_form(**other))


def test_repeated_values_count():
    one, other = QueryDict("a=1&a=2&text=x"), QueryDict("a=2&text=x")

    assert posted(NoteForm(one)) != posted(NoteForm(other))


def test_files_count_by_their_bytes_and_can_still_be_read():
    def with_file(content):
        return make_form(files=MultiValueDict({"files": [SimpleUploadedFile("a", content)]}))

    one = with_file(b"abc")

    assert posted(one) == posted(with_file(b"abc")) != posted(with_file(b"abd"))
    assert one.files["files"].read() == b"abc"


def test_each_rendering_has_a_key_of_its_own_and_the_version_it_was_given():
    first, second = NoteForm(version=7), NoteForm(version=7)

    assert UUID(str(first["key"].value())) != UUID(str(second["key"].value()))
    assert first["version"].value() == 7


def test_crispy_prints_the_hidden_fields_too():
    class Laid(OnceForm):
        helper = FormHelper()
        helper.layout = Layout()

    page = render_crispy_form(Laid(version=7))

    assert 'name="key"' in page
    assert 'name="version" value="7"' in page


@pytest.mark.parametrize(("seen", "now"), [(1, 2), (None, 1)])
def test_version_that_is_not_the_present_one_is_a_conflict(seen, now):
    with pytest.raises(Conflict):
        expect_version(seen, now)


def test_present_version_passes():
    expect_version(2, 2)


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_twenty_posts_in_parallel_have_one_effect_and_one_answer(self):
        person, key, stream = make_user(), uuid4(), make_stream()

        def post():
            form = make_form(key=key)
            return run_once(person, form, lambda: f"/{_note(stream, person).seq}/")

        answers = all_at_once([post] * 20)

        assert answers == ["/1/"] * 20
        assert Entry.objects.of(stream).count() == 1

    def test_control_without_the_key_each_post_has_an_effect(self):
        person, stream = make_user(), make_stream()

        @transaction.atomic
        def post():
            return f"/{_note(stream, person).seq}/"

        answers = all_at_once([post] * 20)

        assert len(set(answers)) == 20
        assert Entry.objects.of(stream).count() == 20

    def test_deadlock_is_tried_again_until_both_are_done(self):
        one, other = make_stream(), make_stream()

        answers = all_at_once(
            [lambda: retried(_crossing(one, other)), lambda: retried(_crossing(other, one))]
        )

        assert answers == ["/done/", "/done/"]
        assert [Entry.objects.of(stream).count() for stream in (one, other)] == [2, 2]

    def test_control_without_trying_again_one_of_them_fails(self):
        one, other = make_stream(), make_stream()

        answers = all_at_once([_crossing(one, other), _crossing(other, one)])

        assert sorted(isinstance(a, OperationalError) for a in answers) == [False, True]
        assert [Entry.objects.of(stream).count() for stream in (one, other)] == [1, 1]

    def test_lock_held_for_too_long_is_lock_trouble(self):
        entry, other = make_entry(), connection.copy()
        with other.cursor() as cursor:
            other.set_autocommit(False)
            cursor.execute("SELECT 1 FROM journal_stream FOR UPDATE")

        with pytest.raises(OperationalError) as error:
            _impatient(entry.stream_id)

        other.close()
        assert is_lock_trouble(error.value)
        assert not is_deadlock(error.value)


class Deadlock(Exception):
    """What psycopg2 raises for a deadlock, as far as we look at it."""

    pgcode = "40P01"


@pytest.mark.django_db(transaction=True)
def test_deadlock_that_comes_back_three_times_is_said_to_be_busy():
    tries = []

    def do():
        tries.append(1)
        raise OperationalError("deadlock detected") from Deadlock()

    with pytest.raises(Busy, match="đề nghị gửi lại"):
        retried(do)

    assert len(tries) == 3


@pytest.mark.django_db(transaction=True)
def test_database_that_is_gone_is_not_tried_again():
    def do():
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        retried(do)


def _note(stream, person):
    return record("proposal.note", stream=stream, by=person)


@transaction.atomic
def _impatient(stream):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
    lock(stream)


def _crossing(first, second):
    """Writes to two streams in one transaction, slowly, in the order given."""

    @transaction.atomic
    def write():
        record("proposal.note", stream=first, by=None)
        time.sleep(0.3)
        record("proposal.note", stream=second, by=None)
        return "/done/"

    return write
