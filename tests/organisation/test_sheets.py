"""Lists as files: what goes out and comes in is text, nothing that a spreadsheet would run."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from organisation.sheets import NotASheet, read_sheet, write_csv, write_sheet


def test_what_goes_out_is_text_only():
    odd = ["=1+1", "+84", "-1", "@x", "01-02", "bình thường"]

    sheet = load_workbook(io.BytesIO(write_sheet([odd]))).active
    text = write_csv([odd]).decode("utf-8-sig")

    assert [(cell.value, cell.data_type) for cell in sheet[1]] == [(word, "s") for word in odd]
    assert text == '"\'=1+1","\'+84","\'-1","\'@x","01-02","bình thường"\r\n'


def test_a_file_without_size_is_refused():
    file = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    file.size = None

    with pytest.raises(NotASheet):
        read_sheet(file)
