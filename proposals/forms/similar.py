"""Looking for proposals with a like title."""

from typing import Any

from django import forms
from django.http import QueryDict

from organisation.fields import WordedForm
from organisation.formfields import CleanTextField


class SimilarForm(WordedForm):
    """The title to compare with: `ten`, or the `title` of the form that it is typed in."""

    ten = CleanTextField(label="Tên đề xuất", max_length=250, required=False, needed=True)
    de_xuat = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, **kwargs: Any) -> None:
        data = asked.copy()
        data.setdefault("ten", asked.get("title", ""))
        super().__init__(data, **kwargs)
