"""Which part of the register is shown, and taken out."""

from documents.forms.deeds import plain_helper
from journal.once import OnceForm
from organisation.fields import WordedForm
from organisation.formfields import VietnameseDateField


class RegisterFilter(WordedForm):
    helper = plain_helper()
    tu = VietnameseDateField(label="Từ ngày", required=False)
    den = VietnameseDateField(label="Đến ngày", required=False)


class RegisterSheetForm(OnceForm):
    """The same as a button: the key says that the page was shown."""

    tu = VietnameseDateField(label="Từ ngày", required=False)
    den = VietnameseDateField(label="Đến ngày", required=False)
