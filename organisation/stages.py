"""The words of the organisation: kinds of agencies, roles, ways of holding a post."""

from django.db import models


class Role(models.TextChoices):
    """What a person may be, by appointment (to-chuc.md §4). Everybody may propose."""

    PROPOSER = "proposer", "Người đề xuất"
    AGENCY_FOCAL = "agency_focal", "Đầu mối cơ quan"
    DEPUTY_HEAD = "deputy_head", "Cấp phó của người đứng đầu"
    AGENCY_HEAD = "agency_head", "Người đứng đầu"
    PARTY_LIAISON = "party_liaison", "Đầu mối cấp ủy"
    CLERK = "clerk", "Văn thư"
    HOME_AFFAIRS_OFFICER = "home_affairs_officer", "Chuyên viên Sở Nội vụ"
    HOME_AFFAIRS_LEAD = "home_affairs_lead", "Lãnh đạo Sở Nội vụ"
    PROVINCIAL_OFFICE = "provincial_office", "Chuyên viên theo dõi của Văn phòng UBND tỉnh"
    COMMUNICATIONS_LEAD = "communications_lead", "Đầu mối tuyên truyền"
    PROPAGANDA_REVIEWER = "propaganda_reviewer", "Định hướng tuyên truyền"
    INSPECTOR = "inspector", "Thanh tra, kiểm tra công vụ"
    COMMENDATION_OFFICER = "commendation_officer", "Thi đua, khen thưởng"
    OBSERVER = "observer", "Theo dõi báo cáo"
    ADMIN = "admin", "Quản trị hệ thống"


class UnitKind(models.TextChoices):
    """Groups of agencies that the province's order addresses (to-chuc.md §1)."""

    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    DEPARTMENT = "department", "Sở, ban, ngành"
    VERTICAL = "vertical", "Cơ quan ngành dọc"
    PUBLIC_SERVICE_UNIT = "public_service_unit", "Đơn vị sự nghiệp"
    SPECIAL_ASSOCIATION = "special_association", "Hội đặc thù"
    DISTRICT = "district", "UBND huyện, thành phố"
    COMMUNE = "commune", "UBND xã, phường, đặc khu"
    PARTY = "party", "Cơ quan Đảng"
    COUNCIL = "council", "Hội đồng nhân dân"
    SUB_UNIT = "sub_unit", "Phòng, chi cục, đơn vị trực thuộc"


class Acting(models.TextChoices):
    OFFICIAL = "official", "Chính thức"
    ACTING_HEAD = "acting_head", "Quyền (Q.)"
    IN_CHARGE = "in_charge", "Phụ trách, điều hành"


class DelegationKind(models.TextChoices):
    """Ways of signing for somebody (Nghị định 30/2020/NĐ-CP, Điều 13)."""

    KT = "KT", "Ký thay"
    TL = "TL", "Thừa lệnh"
    TUQ = "TUQ", "Thừa ủy quyền"


class DelegationSubject(models.TextChoices):
    REVIEW = "review", "Xem xét, quyết định đề xuất"
    SIGN = "sign", "Ký văn bản"


class OfficialKind(models.TextChoices):
    CADRE = "cadre", "Cán bộ"
    CIVIL_SERVANT = "civil_servant", "Công chức"
    PUBLIC_EMPLOYEE = "public_employee", "Viên chức"


class Gender(models.TextChoices):
    MALE = "male", "Ông"
    FEMALE = "female", "Bà"
    UNKNOWN = "unknown", "Đồng chí"


class SuccessionKind(models.TextChoices):
    RENAME = "rename", "Đổi tên"
    MERGE = "merge", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia tách"
    DISSOLVE = "dissolve", "Giải thể"
    TRANSFER_FUNCTION = "transfer_function", "Chuyển chức năng"


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", "Nghỉ lễ, nghỉ bù"
    SWAP_OFF = "swap_off", "Nghỉ hoán đổi"
    SWAP_WORK = "swap_work", "Làm bù"


class SheetKind(models.TextChoices):
    UNITS = "units", "Cơ quan"
    PEOPLE = "people", "Người dùng"
    POSTS = "posts", "Bổ nhiệm"


class TextSize(models.TextChoices):
    NORMAL = "normal", "Vừa"
    LARGE = "large", "Lớn"
