"""An agency: what it is called from when on, who follows whom, its codes, its place."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from organisation.days import today
from organisation.fields import VersionedForm
from organisation.formfields import CleanTextField, VietnameseDateField, VietnameseIntegerField
from organisation.models import AgencyCode, OrgUnit, OrgUnitVersion
from organisation.stages import SuccessionKind, UnitKind

BASIS_HINT = "Số, ký hiệu và ngày của văn bản."


class AgencyChoice(forms.ModelChoiceField):
    """Agencies of today by name; the value is the OrgUnit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OrgUnitVersion.objects.none(), to_field_name="unit_id", **kwargs)

    def offer_agencies(self, *, without: OrgUnit | None = None) -> None:
        now = OrgUnitVersion.objects.valid_on(today()).select_related("unit")
        rows = now.exclude(unit=without) if without else now
        self.queryset = rows.order_by("unit__order_number", "search_key", "pk")

    def clean(self, value: Any) -> OrgUnit | None:
        version = super().clean(value)
        return version.unit if version else None

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, OrgUnit) else super().prepare_value(value)


class UnitForm(VersionedForm):
    """Names and place of an agency; corrections leave out the day."""

    name = CleanTextField(label="Tên cơ quan", max_length=200)
    short_name = CleanTextField(label="Tên gọi tắt", max_length=80)
    abbrev = CleanTextField(
        label="Chữ viết tắt", max_length=20, help_text="Dùng trong ký hiệu văn bản, ví dụ STNMT."
    )
    kind = forms.ChoiceField(label="Nhóm cơ quan", choices=UnitKind.choices)
    parent = AgencyChoice(label="Cơ quan cấp trên", required=False, empty_label="Không có")
    place_name = CleanTextField(label="Địa danh trên văn bản", max_length=80)
    locality = CleanTextField(label="Đơn vị hành chính", max_length=80, required=False)
    basis_document = CleanTextField(label="Văn bản căn cứ", max_length=200, help_text=BASIS_HINT)

    def __init__(self, *args: Any, unit: OrgUnit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(AgencyChoice, self.fields["parent"]).offer_agencies(without=unit)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("kind") == UnitKind.SUB_UNIT and "parent" in facts and not facts["parent"]:
            self.add_error("parent", "Chọn cơ quan cấp trên.")
        return facts


class NewUnitForm(UnitForm):
    order_number = VietnameseIntegerField(label="Số thứ tự", min_value=0, max_value=9999)
    valid_from = VietnameseDateField(label="Có hiệu lực từ", missing="Nhập ngày có hiệu lực.")


class ChangeUnitForm(UnitForm):
    valid_from = VietnameseDateField(label="Có hiệu lực từ", missing="Nhập ngày có hiệu lực.")
    field_order = ["valid_from"]


class CloseUnitForm(VersionedForm):
    valid_to = VietnameseDateField(
        label="Chấm dứt hoạt động từ", missing="Nhập ngày chấm dứt hoạt động."
    )


class OrderForm(VersionedForm):
    order_number = VietnameseIntegerField(label="Số thứ tự", min_value=0, max_value=9999)


class SuccessionForm(VersionedForm):
    """Which agency takes over from this one."""

    to_unit = AgencyChoice(label="Cơ quan kế thừa")
    kind = forms.ChoiceField(label="Hình thức", choices=SuccessionKind.choices)
    function = CleanTextField(
        label="Chức năng chuyển giao",
        max_length=200,
        required=False,
        help_text="Ghi khi chỉ chuyển một phần, ví dụ báo chí, tuyên truyền.",
    )
    effective_on = VietnameseDateField(label="Có hiệu lực từ", missing="Nhập ngày có hiệu lực.")
    basis_document = CleanTextField(label="Văn bản căn cứ", max_length=200, help_text=BASIS_HINT)

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(AgencyChoice, self.fields["to_unit"]).offer_agencies(without=unit)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        is_part = facts.get("kind") == SuccessionKind.TRANSFER_FUNCTION
        if is_part and not facts.get("function"):
            self.add_error("function", "Nhập chức năng chuyển giao.")
        return facts


class CodeForm(VersionedForm):
    scheme = CleanTextField(
        label="Hệ mã", max_length=40, help_text="Ví dụ QCVN 102:2016 hoặc QĐ 20/2020/QĐ-TTg."
    )
    code = CleanTextField(label="Mã định danh", max_length=40)
    valid_from = VietnameseDateField(label="Có hiệu lực từ", missing="Nhập ngày có hiệu lực.")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        names = ("scheme", "code", "valid_from")
        if all(facts.get(name) for name in names):
            held = AgencyCode.objects.filter(**{name: facts[name] for name in names})
            if held.exists():
                raise ValidationError(f"Mã {facts['code']} đã được cấp từ ngày này.")
        return facts
