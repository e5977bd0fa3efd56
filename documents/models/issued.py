"""What is kept beside an issued paper, which itself never changes."""

from django.db import models
from django.db.models import Q

from documents.models.files import StoredFile
from documents.models.papers import OfficialDocument
from documents.stages import Sealing


class AnnexFile(models.Model):
    """An annex in a file of its own, drawn and signed with its paper."""

    paper = models.ForeignKey(OfficialDocument, models.PROTECT, related_name="annex_files")
    place = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("tên phụ lục", max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sealing = models.CharField("ký số", max_length=8, choices=Sealing.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "place"], name="annex_file_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PaperStamp(models.Model):
    """A time stamp (RFC 3161) over an issued file, had after its authority answered again.

    The file stays as it was issued; the token says that these bytes were there at that time.
    """

    paper = models.OneToOneField(OfficialDocument, models.PROTECT, related_name="stamp")
    file_sha256 = models.CharField(max_length=64)
    token = models.BinaryField("dấu thời gian")
    stamped_at = models.DateTimeField("giờ trên dấu")
    authority = models.CharField("tổ chức cấp dấu thời gian", max_length=200, blank=True)
    kept_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(file_sha256=""), name="paper_stamp_of_file"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.stamped_at}"
