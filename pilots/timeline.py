"""The words for what is done with a pilot, as the timeline tells them."""

from collections.abc import Callable

from journal.timeline import Data, Label
from pilots.stages import IncidentLevel, PilotKind, Result, worded

Words = Callable[[Data], str]

# The page of what an entry is about: its route, and the key of the data that names it there.
REPORT = ("pilots:report", "number")
INCIDENT = ("pilots:incident", "incident")
HELP = ("pilots:help_request", "request")
FINDING = ("pilots:finding", "finding")
INDICATOR = ("pilots:indicator", "indicator")
PROOF = ("pilots:proof_file", "proof")
ADJUSTMENT = ("pilots:adjustment", "number")


def _worded(text: str) -> Words:
    """The words of a pilot, or of plain implementation."""
    return lambda data: worded(data.get("form", PilotKind.PILOT), text)


def _coded(text: str) -> Words:
    """ "xác nhận sự cố SC-2022-012"; without the code where an old entry has none."""
    return lambda data: f"{text} {data.get('code', '')}".rstrip()


def _numbered(text: str, unit: str) -> Words:
    """ "gửi báo cáo tiến độ kỳ 1"."""

    def words(data: Data) -> str:
        told = worded(data.get("form", PilotKind.PILOT), text)
        return f"{told} {unit} {data['number']}" if "number" in data else told

    return words


def _reported(data: Data) -> str:
    told = _coded("báo sự cố")(data)
    if "level" not in data:
        return told
    return f"{told}, mức độ {IncidentLevel(data['level']).label.lower()}"


def _with_result(data: Data) -> str:
    told = "kết luận đánh giá kết quả"
    return f"{told}: {Result(data['result']).label.lower()}" if "result" in data else told


LABELS = {
    "pilot.prepare": Label(
        _worded("mở kế hoạch thí điểm"), "pencil-square", "", "system", is_echo=True
    ),
    "plan.save": Label(_worded("lưu kế hoạch thí điểm"), "pencil-square", "", "system"),
    "team.change": Label("thay đổi nhóm thực hiện", "people", "", "system"),
    "pilot.start": Label(_worded("bắt đầu thí điểm"), "play-fill", "teal", "decision"),
    "pilot.ask_adjustment": Label(
        _numbered("đề nghị điều chỉnh thí điểm", "lần"), "sliders", "blue", "decision", ADJUSTMENT
    ),
    "pilot.adjust": Label(
        _numbered("đồng ý điều chỉnh thí điểm", "lần"), "sliders", "green", "decision", ADJUSTMENT
    ),
    "pilot.keep_plan": Label(
        _numbered("giữ kế hoạch cũ", "lần"), "sliders", "", "decision", ADJUSTMENT
    ),
    "pilot.suspend": Label(_worded("tạm dừng thí điểm"), "pause", "amber", "decision"),
    "pilot.resume": Label(_worded("cho tiếp tục thí điểm"), "play-fill", "teal", "decision"),
    "pilot.terminate": Label(_worded("dừng thí điểm trước hạn"), "x-circle", "amber", "decision"),
    "pilot.complete": Label(_worded("kết thúc thí điểm"), "check-lg", "teal", "decision"),
    "pilot.evaluate": Label(_with_result, "clipboard-check", "green", "decision"),
    "pilot.close": Label(_worded("đóng hồ sơ thí điểm"), "check-lg", "", "system", is_echo=True),
    "indicator.enter": Label("cập nhật chỉ tiêu", "bar-chart", "blue", "figure", INDICATOR),
    "indicator.correct": Label("sửa số liệu chỉ tiêu", "bar-chart", "blue", "figure", INDICATOR),
    "milestone.finish": Label("hoàn thành mốc công việc", "flag", "green", "figure"),
    "report.write": Label(
        _numbered("soạn báo cáo tiến độ", "kỳ"), "pencil-square", "", "system", REPORT
    ),
    "report.send": Label(
        _numbered("gửi báo cáo tiến độ", "kỳ"), "file-earmark-text", "blue", "paper", REPORT
    ),
    "report.accept": Label(
        _numbered("chấp nhận báo cáo tiến độ", "kỳ"), "file-earmark-check", "green", "paper", REPORT
    ),
    "report.send_back": Label(
        _numbered("trả lại để sửa báo cáo tiến độ", "kỳ"), "reply", "amber", "paper", REPORT
    ),
    "incident.report": Label(_reported, "exclamation-triangle", "amber", "incident", INCIDENT),
    "incident.take_up": Label(_coded("xác nhận sự cố"), "eye", "amber", "incident", INCIDENT),
    "incident.measure": Label(
        _coded("ghi biện pháp khắc phục sự cố"), "pencil", "amber", "incident", INCIDENT
    ),
    "incident.fix": Label(
        _coded("báo đã khắc phục sự cố"), "check-lg", "blue", "incident", INCIDENT
    ),
    "incident.confirm": Label(
        _coded("xác nhận đã khắc phục sự cố"), "check-lg", "green", "incident", INCIDENT
    ),
    "incident.reopen": Label(
        _coded("yêu cầu khắc phục tiếp sự cố"), "reply", "amber", "incident", INCIDENT
    ),
    "help.ask": Label(_coded("gửi yêu cầu hỗ trợ"), "life-preserver", "blue", "opinion", HELP),
    "help.receive": Label(_coded("nhận yêu cầu hỗ trợ"), "life-preserver", "blue", "opinion", HELP),
    "help.work_on": Label(
        _coded("bắt đầu giải quyết yêu cầu hỗ trợ"), "life-preserver", "teal", "opinion", HELP
    ),
    "help.solve": Label(
        _coded("giải quyết yêu cầu hỗ trợ"), "life-preserver", "green", "opinion", HELP
    ),
    "help.decline": Label(
        _coded("trả lời không giải quyết được yêu cầu hỗ trợ"), "reply", "", "opinion", HELP
    ),
    "help.forward": Label(_coded("chuyển yêu cầu hỗ trợ"), "arrow-right", "blue", "opinion", HELP),
    "finding.open": Label("ghi nội dung cần khắc phục", "flag", "amber", "opinion", FINDING),
    "finding.remedy": Label(
        "báo đã khắc phục nội dung được nêu", "check-lg", "blue", "opinion", FINDING
    ),
    "finding.accept": Label(
        "xác nhận đã khắc phục nội dung được nêu", "check-lg", "green", "opinion", FINDING
    ),
    "finding.send_back": Label(
        "yêu cầu khắc phục tiếp nội dung được nêu", "reply", "amber", "opinion", FINDING
    ),
    "proof.add": Label("thêm tài liệu vào hồ sơ minh chứng", "paperclip", "", "paper", PROOF),
    "evaluation.open_interim": Label("mở sơ kết", "clipboard-check", "blue", "opinion"),
    "evaluation.report": Label("gửi báo cáo kết quả", "file-earmark-text", "blue", "paper"),
    "evaluation.party_opinion": Label("ghi ý kiến của cấp ủy", "chat-left-text", "blue", "opinion"),
    "evaluation.opinion": Label("cho ý kiến đánh giá", "chat-left-text", "blue", "opinion"),
    "evaluation.conclude_interim": Label("kết luận sơ kết", "clipboard-check", "green", "decision"),
    "evaluation.notify": Label("thông báo kết quả đánh giá", "envelope-paper", "green", "paper"),
}
