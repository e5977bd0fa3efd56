"""How a field looks: label, hint, error, control, in this order and tied together."""

import re
from types import SimpleNamespace

from crispy_forms.utils import render_crispy_form
from django.template.loader import render_to_string

from tests.ui.gallery import PartForm

GOOD = {"title": "Tên", "field": "tthc", "kind": "pilot", "start_on": "05/07/2022", "promise": "on"}


def html_of(form):
    return re.sub(r"\s+", " ", render_crispy_form(form))


def part(html, name):
    """What stands between the start of one field and the start of the next."""
    begin = re.search(rf'<(div|fieldset) id="(div_)?id_{name}"', html).start()
    rest = html[begin + 1 :]
    end = re.search(r'<(div|fieldset) id="\w+" class="field', rest)
    return rest[: end.start()] if end else rest


def test_label_then_hint_then_error_then_control():
    field = part(html_of(PartForm(GOOD | {"start_on": "07-2022"})), "start_on")
    order = [
        field.index("Dự kiến bắt đầu"),
        field.index("Ngày/tháng/năm, ví dụ 05/07/2022."),
        field.index("Nhập ngày theo dạng ngày/tháng/năm"),
        field.index("<input"),
    ]

    assert order == sorted(order)
    assert 'aria-describedby="id_start_on_helptext id_start_on_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_start_on_error"' in html_of(PartForm(GOOD | {"start_on": "07-2022"}))


def test_optional_fields_say_so_and_required_ones_say_nothing():
    html = html_of(PartForm(GOOD))

    assert "(không bắt buộc)" in part(html, "problem")
    assert "(không bắt buộc)" not in part(html, "title")
    assert "*" not in re.sub(r"<[^>]+>", "", html)


def test_a_field_a_draft_may_leave_empty_is_not_called_optional():
    form = PartForm(GOOD)
    form.fields["problem"].needed = True

    assert "(không bắt buộc)" not in part(html_of(form), "problem")


def test_choices_are_cards_in_a_named_group():
    field = part(html_of(PartForm(GOOD)), "kind")

    assert '<legend class="form-label">' in field
    assert field.count('<label class="opt"') == 2
    assert field.count("checked") == 1
    assert re.search(r'type="radio" name="kind" value="pilot"', field)


def test_choices_with_an_error_are_tied_to_it():
    html = html_of(PartForm(GOOD | {"kind": ""}))

    assert re.search(
        r'<fieldset id="id_kind" class="field fielderr" aria-describedby="id_kind_error"', html
    )
    assert "Chọn hình thức đề nghị." in part(html, "kind")


def test_dates_are_typed_and_may_be_picked():
    field = part(html_of(PartForm(GOOD)), "start_on")

    assert 'type="text"' in field
    assert 'inputmode="numeric"' in field
    assert re.search(r'<button[^>]*aria-label="Mở lịch" hidden', field)


def test_a_tick_says_its_error_before_it():
    field = part(html_of(PartForm(GOOD | {"promise": ""})), "promise")

    assert field.index("Đánh dấu cam kết trước khi gửi.") < field.index("<input")


def test_help_texts_are_escaped():
    form = PartForm(GOOD)
    form.fields["title"].help_text = "<script>1</script>"

    assert "&lt;script&gt;1&lt;/script&gt;" in html_of(form)


def test_error_summary_leads_to_each_field():
    form = PartForm(GOOD | {"kind": "", "start_on": "07-2022"})
    html = render_to_string("components/_error_summary.html", {"forms": form})

    assert "Chưa tiếp tục được: còn 2 nội dung cần sửa" in " ".join(html.split())
    assert re.findall(r'href="(#\w+)"', html) == ["#id_kind", "#id_start_on"]


def test_error_summary_of_the_last_page_and_of_a_good_form():
    sending = {"forms": PartForm({}), "sending": True}

    assert "Chưa gửi được: còn" in " ".join(
        render_to_string("components/_error_summary.html", sending).split()
    )
    assert "errsum" not in render_to_string(
        "components/_error_summary.html", {"forms": PartForm(GOOD)}
    )


def test_title_of_a_page_with_errors_begins_with_the_call_to_mend():
    user = SimpleNamespace(full_name="Nguyễn Văn Mẫu", ref="1", powers=None)

    wrong = render_to_string("base.html", {"form": PartForm({}), "user": user})
    good = render_to_string("base.html", {"form": PartForm(GOOD), "user": user})

    assert "<title>Cần sửa: " in wrong
    assert "Cần sửa" not in good
