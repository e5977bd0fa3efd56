"""Which part of the register is shown."""

from django import forms

from documents.forms.deeds import plain_helper
from organisation.formfields import VietnameseDateField


class RegisterFilter(forms.Form):
    helper = plain_helper()
    tu = VietnameseDateField(label="Từ ngày", required=False)
    den = VietnameseDateField(label="Đến ngày", required=False)
