"""What a password may be: long, not on the lists of guessers, not made of our own words (AU-01)."""

import secrets
import unicodedata

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.core.exceptions import ValidationError

from organisation.models import OrgUnitVersion, User
from organisation.text import fold, nfc

SHORTEST, LONGEST = 12, 128
FIRST_HASHER = "first_pbkdf2_sha256"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like another sign
KNOWN_HERE = (
    "matkhau mat khau password pass admin quantri quan tri tinh so ban nganh ubnd hdnd uy nhan "
    "dan huyen thanh pho xa phuong ninhthuan ninh thuan khanhhoa khanh hoa phanrang phan rang "
    "thapcham thap cham vietnam viet nam cong dexuat de xuat doimoi doi moi sangtao sang tao "
    "qwerty abc abcd abcdef chinhquyen chinh quyen canbo can bo congchuc chuc vienchuc vien"
)
LOCAL_WORDS = frozenset(KNOWN_HERE.split())


def new_first_password() -> str:
    """A random password of 78 bits, easy to read out: used once, then changed."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


class FirstPasswordHasher(PBKDF2PasswordHasher):
    """A quick hash for first passwords: 78 random bits need no slow one, imports open hundreds.

    Checking one takes as long as any password does, so that nobody sees which kind it is (AU-06).
    """

    algorithm = FIRST_HASHER
    iterations = 1000

    def verify(self, password: str, encoded: str) -> bool:
        get_hasher("default").encode(password, get_hasher("default").salt())
        return super().verify(password, encoded)


class LengthValidator:
    """12 to 128 characters, whatever they are, counted in the composed form."""

    def validate(self, password: str, user: User | None = None) -> None:
        length = len(nfc(password))
        if length < SHORTEST:
            raise ValidationError(
                f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Hiện có {length} ký tự.", code="short"
            )
        if length > LONGEST:
            raise ValidationError(
                f"Mật khẩu dài quá {LONGEST} ký tự. Bớt {length - LONGEST} ký tự.", code="long"
            )

    def get_help_text(self) -> str:
        return f"Từ {SHORTEST} đến {LONGEST} ký tự. Một câu dễ nhớ là tốt nhất."


class KindsValidator:
    """So many kinds of characters as the setting asks for; by default none (AU-02)."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len({_kind(sign) for sign in password}) < settings.PASSWORD_KINDS:
            raise ValidationError(self.get_help_text(), code="kinds")

    def get_help_text(self) -> str:
        if not settings.PASSWORD_KINDS:
            return ""
        return (
            f"Mật khẩu cần ít nhất {settings.PASSWORD_KINDS} trong các loại: "
            "chữ thường, chữ hoa, chữ số, ký hiệu."
        )


class CommonValidator(password_validation.CommonPasswordValidator):
    """Not on Django's list of 20,000, and not put together from words everybody here knows."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = "".join(sign for sign in fold(password) if sign.isalnum())
        letters = "".join(sign for sign in plain if sign.isalpha())
        common = {password.casefold().strip(), plain, letters} & self.passwords
        if common or _is_made_of(letters, LOCAL_WORDS | _own_words(user)):
            raise ValidationError("Mật khẩu này dễ đoán. Chọn mật khẩu khác.", code="common")

    def get_help_text(self) -> str:
        return "Không ghép từ tên người, tên cơ quan hoặc từ quen thuộc."


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    """Not close to the name, sign-in name, mail address or telephone number of its owner."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "full_name", "email", "phone"))

    def get_error_message(self) -> str:
        return "Mật khẩu quá giống %(verbose_name)s. Chọn mật khẩu khác."

    def get_help_text(self) -> str:
        return ""


def _kind(sign: str) -> str:
    category = unicodedata.category(sign)
    return {"Ll": "a", "Lu": "A", "Nd": "1"}.get(category, "%")


def _own_words(user: User | None) -> set[str]:
    """Words of the agencies' names, and of the person's own."""
    keys = list(OrgUnitVersion.objects.values_list("search_key", flat=True).distinct())
    if user is not None:
        keys += [fold(user.full_name), fold(user.username), fold(user.email.partition("@")[0])]
    words = {"".join(filter(str.isalpha, word)) for key in keys for word in key.split()}
    return {word for word in words if len(word) > 1}


def _is_made_of(letters: str, words: frozenset[str] | set[str]) -> bool:
    """Whether the letters can be cut into such words without a rest; true without letters."""
    longest = max(map(len, words))
    reached = {0}
    for end in range(1, len(letters) + 1):
        starts = range(max(0, end - longest), end)
        if any(start in reached and letters[start:end] in words for start in starts):
            reached.add(end)
    return len(letters) in reached
