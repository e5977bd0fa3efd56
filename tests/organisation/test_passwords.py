"""What a password may be (AU-01, AU-02)."""

import unicodedata

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from organisation.actions import create_user
from organisation.passwords import CommonValidator, new_first_password
from tests.factories.organisation import make_unit, make_user

pytestmark = pytest.mark.django_db


def complaint(password: str, user=None) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "rừng xanh gọi gió về",
        "   mười hai dấu cách   ",
        "9f3!kQ$x7Lm2",
        "一二三四五六七八九十百千",
        "👍" * 6 + "đường dài",
        "x7" + "đ" * 126,
    ],
)
def test_password_policy_takes(password):
    assert complaint(password) == ""


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("ngắn quá", "Mật khẩu cần ít nhất 12 ký tự. Hiện có 8 ký tự."),
        ("x7" + "đ" * 127, "Mật khẩu dài quá 128 ký tự. Bớt 1 ký tự."),
        ("password1234", "dễ đoán"),
        ("Qwerty123456789", "dễ đoán"),
        ("123456789012", "dễ đoán"),
        ("Mật khẩu 2021", "dễ đoán"),
        ("matkhaumatkhau", "dễ đoán"),
        ("UBND tỉnh Ninh Thuận 2021", "dễ đoán"),
        ("So-Thuy-San-2021", "dễ đoán"),
        ("Tran Thi Vi Du 1", "dễ đoán"),
        ("viduteo.tran99", "giống tên đăng nhập"),
    ],
)
def test_password_policy_refuses(password, message):
    make_unit("Sở Thủy sản")
    user = make_user(full_name="Trần Thị Ví Dụ", username="viduteo.tran9")

    assert message in complaint(password, user)


def test_length_is_counted_in_composed_letters():
    eleven = unicodedata.normalize("NFD", "ằ ẵ ặ ế ộ ữ")

    assert len(eleven) > 12
    assert "Hiện có 11 ký tự." in complaint(eleven)


def test_the_common_list_is_long_enough():
    assert len(CommonValidator().passwords) >= 10_000


def test_kinds_are_asked_for_only_when_set(settings):
    assert complaint("chỉ có chữ thường thôi") == ""
    settings.PASSWORD_KINDS = 3

    assert "trong các loại" in complaint("chỉcóchữthườngthôi")
    assert complaint("Chữ hoa, số 7 và dấu") == ""


def test_first_passwords_are_random_and_quick_to_make():
    found = {new_first_password() for _ in range(200)}
    opened = create_user(by=None, username="moi", full_name="Trần Thị Ví Dụ")

    assert len(found) == 200
    assert all(len(password) == 19 for password in found)
    assert identify_hasher(opened.user.password).algorithm == "first_pbkdf2_sha256"
    assert check_password(opened.first_password, opened.user.password)
    assert not check_password("khác hẳn", opened.user.password)
