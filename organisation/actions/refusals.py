"""Why a deed was refused, each in a sentence that its asker reads."""


class Refused(Exception):
    """Base of all refusals below; `str()` is the sentence to show."""

    sentence = ""

    def __str__(self) -> str:
        return self.sentence.format(*self.args)


class OwnAccount(Refused):
    sentence = "Không thể tự đóng tài khoản của mình. Đề nghị một quản trị khác thực hiện."


class OwnRole(Refused):
    sentence = "Không thể tự giao vai trò cho mình. Đề nghị một quản trị khác thực hiện."


class LastAdministrator(Refused):
    sentence = "Đây là quản trị cuối cùng. Giao quyền quản trị cho người khác trước."


class AlreadyDelegated(Refused):
    """Takes the name of the deputy, the first and the last day."""

    sentence = "Đã ủy quyền cho {} từ {:%d/%m/%Y} đến {:%d/%m/%Y}."


class NotForLending(Refused):
    sentence = "Việc được thừa ủy quyền không được ủy quyền lại."


class NotTheirDeputy(Refused):
    sentence = "Chỉ giao cho người đang giữ chức vụ tại cơ quan này."


class AlreadyAppointed(Refused):
    sentence = "Người này đã giữ chức vụ này tại cơ quan trong thời gian đã chọn."


class OverlappingVersion(Refused):
    """Takes the day on which the latest version begins."""

    sentence = "Ngày hiệu lực phải sau ngày {:%d/%m/%Y} của lần thay đổi gần nhất."


class RoundTree(Refused):
    sentence = "Cơ quan cấp trên không thể là chính cơ quan này hoặc đơn vị thuộc nó."


class DayTaken(Refused):
    """Takes the day."""

    sentence = "Ngày {:%d/%m/%Y} đã có trong lịch. Sửa dòng đó."


class YearLocked(Refused):
    """Takes the year."""

    sentence = "Lịch năm {} đã khóa, không sửa được nữa."


class EndBeforeStart(Refused):
    """Takes the day on which it began."""

    sentence = "Ngày kết thúc phải sau ngày bắt đầu ({:%d/%m/%Y})."


class NotSound(Refused):
    sentence = "Danh sách có dòng cần sửa. Sửa trong tệp rồi tải lên lại."
