"""Official papers: from the draft to what was issued and never changes."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField, transition

from documents.models.files import StoredFile
from documents.models.numbers import NumberSeries
from documents.rules import DRAFTING
from documents.stages import (
    IN_FORCE,
    OUT,
    PAPER_TONES,
    SLIPS,
    TO_DRAW,
    Drawing,
    PaperKind,
    PaperState,
    Sealing,
    SigningAuthority,
    SigningKind,
)
from organisation.models import OrgUnit, User
from organisation.stages import Role

S = PaperState
SIGNED_ON = (S.SIGNED, *OUT)


def _units(user: User, *roles: str) -> set[int]:
    """Where the person is appointed to one of the roles, exactly there (AZ-12)."""
    return {post.unit_id for post in user.powers.posts if post.role in roles}


class OfficialDocumentQuerySet(models.QuerySet):
    def of_stream(self, stream: str) -> "OfficialDocumentQuerySet":
        return self.filter(stream=stream)

    def to_draw(self) -> "OfficialDocumentQuerySet":
        return self.filter(drawing__in=TO_DRAW)

    def for_list(self) -> "OfficialDocumentQuerySet":
        return self.select_related("file", "created_by").order_by("-pk")

    def visible_to(self, user: User) -> "OfficialDocumentQuerySet":
        """What this person knows of by writing, signing, numbering or receiving papers.

        Who sees a case sees its papers there besides: `documents.reading` asks.
        """
        mine = Q(created_by=user) | Q(for_signer=user) | Q(sent_by=user) | Q(signer=user)
        clerk = Q(issuing_unit__in=_units(user, Role.CLERK), state__in=SIGNED_ON)
        agency = Q(issuing_unit__in=_units(user, *DRAFTING))
        copied = IssuedCopy.objects.filter(unit__in=_units(user, Role.CLERK, *DRAFTING))
        received = Q(state__in=OUT, pk__in=copied.values("paper"))
        bars = PaperBar.objects.filter(person=user).values("paper")
        return self.filter(mine | (clerk | agency | received) & ~Q(pk__in=bars))

    def for_page(self) -> "OfficialDocumentQuerySet":
        return self.select_related(
            *("file", "scan", "issuing_unit", "drafting_unit", "created_by", "for_signer"),
            *("sent_by", "signer", "issued_by", "recalled_by", "replaces", "corrects", "series"),
            *("copy_of", "stamp"),
        )

    def to_number(self) -> "OfficialDocumentQuerySet":
        """What was signed and waits for its number, the oldest signature first."""
        return self.filter(state=S.SIGNED).order_by("signed_at", "pk")

    def issued(self) -> "OfficialDocumentQuerySet":
        return self.filter(state__in=OUT)

    def in_register(self) -> "OfficialDocumentQuerySet":
        """In the order of the outgoing register."""
        return self.issued().order_by("issued_on", "series_id", "number", "pk")


class OfficialDocument(models.Model):
    """A paper: what it says, who signed it, its number, and the one file that was drawn from it.

    Before it is signed its facts may be edited. Once it is issued nothing of it changes but its
    state, and the database refuses everything else (0002_guards).
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại văn bản", max_length=20, choices=PaperKind.choices)
    stream = models.CharField("chuỗi nhật ký", max_length=80)
    title = models.CharField("trích yếu", max_length=300)
    template = models.CharField("mẫu", max_length=40)
    format_spec = models.CharField("quy cách", max_length=20, default="ND30-2020")
    facts = models.JSONField("dữ kiện")
    facts_sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1, editable=False)
    state = FSMField("trạng thái", choices=S.choices, default=S.DRAFT, protected=True)
    issuing_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, related_name="papers", verbose_name="cơ quan ban hành"
    )
    issuing_unit_snapshot = models.JSONField("cơ quan lúc lập", default=dict)
    drafting_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị soạn thảo"
    )
    body = models.CharField("hội đồng, ban, tổ", max_length=200, blank=True)
    work_field = models.CharField("lĩnh vực", max_length=120, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="papers"
    )
    created_at = models.DateTimeField("lúc", default=timezone.now)

    # --- signature
    signing_authority = models.CharField(
        "thẩm quyền ký",
        max_length=10,
        choices=SigningAuthority.choices,
        default=SigningAuthority.HEAD,
    )
    for_signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="papers_to_sign"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField("trình ký lúc", null=True, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="papers_signed"
    )
    signing_kind = models.CharField(
        "hình thức ký", max_length=5, choices=SigningKind.choices, blank=True
    )
    signing = models.JSONField("căn cứ ký", default=dict)
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)

    # --- number and register
    series = models.ForeignKey(NumberSeries, models.PROTECT, null=True, related_name="papers")
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    notation = models.CharField("ký hiệu", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    check_code = models.CharField("mã kiểm tra", max_length=16, null=True, unique=True)  # noqa: DJ001
    recalled_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recall_reason = models.CharField("lý do thu hồi", max_length=500, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replacements", verbose_name="thay thế"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name="đính chính"
    )

    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="certified_copies", verbose_name="sao từ"
    )

    # --- file
    has_apart = models.BooleanField("có phụ lục là tệp riêng", default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="papers")
    file_sha256 = models.CharField(max_length=64, blank=True)
    sealing = models.CharField("ký số", max_length=8, choices=Sealing.choices, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="scan_of")
    drawing = models.CharField(max_length=8, choices=Drawing.choices, default=Drawing.WAITING)
    draw_attempts = models.PositiveSmallIntegerField(default=0)
    draw_lease_until = models.DateTimeField(null=True, blank=True)
    draw_error = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfficialDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(drawing=Drawing.DRAWN)
                | (Q(file__isnull=False, drawn_at__isnull=False) & ~Q(file_sha256="")),
                name="paper_drawn_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SIGNED_ON))
                | Q(signer__isnull=False, signed_at__isnull=False, signed_on__isnull=False)
                & ~Q(signed_sha256=""),
                name="paper_signed_has_signer",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=sorted(OUT),
                    number__isnull=False,
                    number__gte=1,
                    year__isnull=False,
                    series__isnull=False,
                    issuing_unit__isnull=False,
                    issued_on__isnull=False,
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                    check_code__isnull=False,
                )
                & ~Q(notation="")
                | ~Q(state__in=sorted(OUT)) & Q(number=None, issued_on=None, check_code=None),
                name="paper_issued_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RECALLED)
                | Q(recalled_at__isnull=False, recalled_by__isnull=False) & ~Q(recall_reason=""),
                name="paper_recalled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(corrects=None), name="paper_replaces_or_corrects"
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | Q(created_by=None) | ~Q(issued_by=F("created_by")),
                name="paper_issued_by_another",
            ),
            models.CheckConstraint(
                condition=Q(kind=PaperKind.COPY, copy_of__isnull=False)
                | ~Q(kind=PaperKind.COPY) & Q(copy_of=None),
                name="paper_copy_has_original",
            ),
            models.UniqueConstraint(
                fields=["issuing_unit", "year", "number", "notation"], name="paper_number_once"
            ),
            models.UniqueConstraint(
                fields=["series", "year", "number"], name="paper_number_once_in_series"
            ),
        ]
        indexes = [
            models.Index(fields=["stream", "id"], name="paper_of_stream"),
            models.Index(fields=["id"], condition=Q(drawing__in=TO_DRAW), name="paper_to_draw"),
            models.Index(
                fields=["issuing_unit", "signed_at"],
                condition=Q(state=S.SIGNED),
                name="paper_to_number",
            ),
            models.Index(
                fields=["for_signer", "sent_at"],
                condition=Q(state=S.WAITING_SIGNATURE),
                name="paper_to_sign",
            ),
            models.Index(
                fields=["issuing_unit", "issued_on", "number"],
                condition=Q(state__in=sorted(OUT)),
                name="paper_in_register",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("documents:paper", args=[self.ref])

    def refresh_from_db(
        self, using: str | None = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """The state is guarded against being set; what the database says is let in."""
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using, fields, from_queryset)

    @property
    def file_name(self) -> str:
        label = self.full_number.replace("/", "-") or self.facts.get("code", "")
        return f"{self.get_kind_display()} {label}".strip() + ".pdf"

    @property
    def own_stream(self) -> str:
        """Where the life of the paper is written down; `stream` is the case that it belongs to."""
        return f"paper:{self.ref}"

    @property
    def full_number(self) -> str:
        """ "05/QĐ-STNMT", empty before it is issued."""
        return f"{self.number:02d}/{self.notation}" if self.number else ""

    @property
    def digest_in_groups(self) -> str:
        """The SHA-256 of the file in groups of eight signs, to be read aloud and compared."""
        return " ".join(self.file_sha256[at : at + 8] for at in range(0, 64, 8))

    @property
    def badge(self) -> dict[str, str]:
        colour, icon = PAPER_TONES[self.state]
        return {"label": self.get_state_display(), "colour": colour, "icon": icon}

    @property
    def is_slip(self) -> bool:
        """Whether it is never signed and numbered: a slip, or a closed register."""
        return self.kind in SLIPS

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE

    @transition(
        state,
        source=S.DRAFT,
        target=S.WAITING_SIGNATURE,
        custom={"label": "Trình ký"},
    )
    def send(self, **facts: Any) -> None:
        self._set(facts)

    @transition(
        state,
        source=[S.SIGNED, S.WAITING_SIGNATURE],
        target=S.DRAFT,
        custom={"label": "Trả lại để sửa"},
    )
    def send_back(self, **facts: Any) -> None:
        self._set(facts)

    @transition(state, source=S.DRAFT, target=S.CANCELLED, custom={"label": "Hủy dự thảo"})
    def cancel(self) -> None:
        """The draft is given up with the deed that it was for."""

    @transition(state, source=S.WAITING_SIGNATURE, target=S.SIGNED, custom={"label": "Ký văn bản"})
    def sign(self, **facts: Any) -> None:
        self._set(facts)

    @transition(state, source=S.SIGNED, target=S.ISSUED, custom={"label": "Cấp số và phát hành"})
    def issue(self, **facts: Any) -> None:
        self._set(facts)

    @transition(
        state,
        source=sorted(IN_FORCE),
        target=S.RECALLED,
        custom={"label": "Thu hồi văn bản"},
    )
    def recall(self, **facts: Any) -> None:
        self._set(facts)

    @transition(
        state, source=sorted(IN_FORCE), target=S.REPLACED, custom={"label": "Thay thế văn bản"}
    )
    def be_replaced(self) -> None:
        """Another paper of the same form was issued in its place."""

    @transition(state, source=sorted(IN_FORCE), target=S.CORRECTED, custom={"label": "Đính chính"})
    def be_corrected(self) -> None:
        """A công văn set right its form, technique or procedure."""

    def _set(self, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            setattr(self, name, value)


class PaperBar(models.Model):
    """Whose own case the paper is of: they are none of its agency's people (AZ-07)."""

    paper = models.ForeignKey(OfficialDocument, models.PROTECT, related_name="bars")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "person"], name="paper_bar_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.person_id}"


class IssuedCopy(models.Model):
    """One line of "Nơi nhận" or "Kính gửi" of what was issued, and who said that it came."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper = models.ForeignKey(OfficialDocument, models.PROTECT, related_name="sent_copies")
    place = models.PositiveSmallIntegerField()
    name = models.CharField("nơi nhận", max_length=300)
    note = models.CharField("ghi chú", max_length=120, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="copies_received")
    sent_on = models.DateField("ngày chuyển")
    received_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "place"], name="issued_copy_place"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="issued_copy_received_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name
