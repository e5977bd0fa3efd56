"""Lists as files: what goes out and comes in is text, nothing that a spreadsheet would run."""

import io
import zipfile

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


@pytest.mark.parametrize(
    "cell", ["  =1", "\u200b=1", "\ufeff+1", "\uff1d1", "\u00a0@x", "|x", "\n=1", "\uff0b84"]
)
def test_a_formula_in_disguise_is_prefixed(cell):
    """Behind spaces and signs without width, and in full width (XL-01)."""
    assert write_csv([[cell]]).decode("utf-8-sig").startswith("\"'")


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("xl/workbook.xml", b"activeTab", b"activeTxb"),
        ("xl/styles.xml", b"numFmtId", b"numFmtIx"),
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="A="'),
        ("xl/worksheets/sheet1.xml", b"</row>", b""),
    ],
)
def test_a_broken_workbook_is_refused_in_words(member, old, new):
    with zipfile.ZipFile(io.BytesIO(write_sheet([["a", "b"], ["1", "2"]]))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    assert old in parts[member]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as broken:
        for name, content in (parts | {member: parts[member].replace(old, new)}).items():
            broken.writestr(name, content)

    with pytest.raises(NotASheet, match="Không đọc được tệp"):
        read_sheet(SimpleUploadedFile("a.xlsx", out.getvalue()))


def test_a_file_without_size_is_refused():
    file = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    file.size = None

    with pytest.raises(NotASheet):
        read_sheet(file)
