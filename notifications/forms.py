"""What may be asked of the list of notices."""

from django import forms


class NoticeFilterForm(forms.Form):
    chua_doc = forms.BooleanField(label="Chưa đọc", required=False)
    truoc = forms.UUIDField(required=False, widget=forms.HiddenInput)
