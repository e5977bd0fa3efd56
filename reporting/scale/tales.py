"""What happened to the n-th proposal: drawn from n alone, so that two runs tell the same."""

import random
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from proposals.stages import DecisionKind, Stage

SEED = 14  # of Kết luận 14-KL/TW
SPACE = uuid.UUID("1f0c3c5e-6f0e-5d52-9b0e-14c01a2021aa")
FIRST_DAY = datetime(2021, 11, 1, 1, 0, tzinfo=UTC)
LAST_DAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

VERBS = (
    "Trả kết quả", "Hẹn giờ nộp", "Số hóa", "Rút ngắn thời gian", "Liên thông", "Tra cứu",
    "Nhắc hạn", "Khảo sát một lần", "Dùng chung dữ liệu", "Tiếp nhận lưu động",
)  # fmt: skip
OBJECTS = (
    "hồ sơ đất đai", "giấy phép xây dựng", "thủ tục hộ tịch", "hồ sơ người có công",
    "chế độ bảo trợ xã hội", "đăng ký kinh doanh", "hồ sơ khám chữa bệnh",
    "cấp đổi giấy phép lái xe",
    "hồ sơ tuyển sinh", "thủ tục môi trường", "nguồn nước tưới", "kế hoạch đầu tư công",
)  # fmt: skip
PEOPLE = (
    "cho người cao tuổi", "cho hộ nghèo", "cho đồng bào vùng cao", "cho doanh nghiệp nhỏ",
    "cho ngư dân", "cho phụ nữ", "cho người khuyết tật", "cho hợp tác xã", "cho học sinh nội trú",
)  # fmt: skip
WAYS = (
    "qua bưu chính", "bằng tin nhắn", "tại nhà", "qua mã QR", "theo lịch thôn", "trong một ngày",
    "không thu thêm phí", "tại ba xã thí điểm", "trên nền bản đồ số",
)  # fmt: skip
RARE = "tảo xoắn"  # a word that one title in a thousand holds

S = Stage
SENT = (("submit", S.SUBMITTED),)
RECEIVED = (*SENT, ("receive", S.UNDER_REVIEW))
PILOTED = (*RECEIVED, ("approve_pilot", S.APPROVED_PILOT))
WATCHED = (*PILOTED, ("begin", S.MONITORED))
JUDGED = (*WATCHED, ("evaluate", S.EVALUATED))
ROADS = (  # how many in a hundred, and the moves that led there
    (4, ()),
    (5, SENT),
    (9, RECEIVED),
    (3, (*RECEIVED, ("send_back", S.RETURNED))),
    (4, (*RECEIVED, ("escalate", S.ESCALATED))),
    (6, (*RECEIVED, ("approve_implement", S.APPROVED_IMPLEMENT))),
    (6, PILOTED),
    (12, WATCHED),
    (6, JUDGED),
    (32, (*JUDGED, ("conclude", S.CONCLUDED))),
    (9, (*RECEIVED, ("refuse", S.REFUSED))),
    (4, (*SENT, ("withdraw", S.WITHDRAWN))),
)
DECISIONS = {
    "approve_implement": DecisionKind.IMPLEMENT,
    "approve_pilot": DecisionKind.PILOT,
    "refuse": DecisionKind.REFUSE,
    "escalate": DecisionKind.ESCALATE,
    "send_back": DecisionKind.RETURN,
}


@dataclass(frozen=True)
class Tale:
    """The road of one proposal, with the moment of each move."""

    number: int
    ref: uuid.UUID
    title: str
    person: int
    field: int
    budget: int
    steps: tuple[tuple[str, Stage, datetime], ...]
    began: datetime

    @property
    def stage(self) -> Stage:
        return self.steps[-1][1] if self.steps else Stage.DRAFT

    @property
    def sent_at(self) -> datetime:
        return self.steps[0][2]

    @property
    def last_at(self) -> datetime:
        return self.steps[-1][2] if self.steps else self.began


def tale(number: int, of_all: int) -> Tale:
    """The n-th of so many: earlier numbers began earlier."""
    dice = random.Random(f"{SEED}-{number}")  # noqa: S311
    began = FIRST_DAY + (LAST_DAY - FIRST_DAY) * (number / max(of_all, 1))
    road = dice.choices([road for _, road in ROADS], [share for share, _ in ROADS])[0]
    return Tale(
        number=number,
        ref=uuid.uuid5(SPACE, f"proposal-{number}"),
        title=_title(dice, number),
        person=dice.randrange(10**6),
        field=dice.randrange(10**6),
        budget=dice.randrange(0, 900) * 1_000_000,
        steps=_dated(dice, road, began),
        began=began,
    )


def _title(dice: random.Random, number: int) -> str:
    words = [dice.choice(part) for part in (VERBS, OBJECTS, PEOPLE, WAYS)]
    if number % 1000 == 7:
        words.append(RARE)
    return " ".join(words)


def _dated(
    dice: random.Random, road: tuple[tuple[str, Stage], ...], began: datetime
) -> tuple[tuple[str, Stage, datetime], ...]:
    at, dated = began, []
    for name, stage in road:
        at += timedelta(hours=dice.randrange(5, 90), microseconds=dice.randrange(10**6))
        dated.append((name, stage, at))
    return tuple(dated)
