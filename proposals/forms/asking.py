"""Questions and answers beside a proposal: help with the law, working on it together."""

from django import forms

from journal.once import OnceForm
from organisation.fields import WordedForm
from organisation.formfields import CleanTextField

LONGEST = 2000


def words(label: str, hint: str = "", *, rows: int = 4) -> CleanTextField:
    return CleanTextField(
        label=label,
        help_text=hint,
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class LegalQuestionForm(WordedForm):
    """Stands inside the form of a part, so it carries neither key nor version of its own."""

    legal_question = words(
        "Câu hỏi cho pháp chế",
        "Nêu việc đang vướng và điều cần biết. Chỉ câu hỏi này được gửi, không kèm bản nháp.",
        rows=3,
    )
    use_required_attribute = False


class LegalAnswerForm(OnceForm):
    answer = words("Trả lời", "Ghi tên, số, điều của văn bản chưa có hoặc không còn phù hợp.")
    use_required_attribute = False


class JoinForm(OnceForm):
    text = words("Lời nhắn cho người đề xuất", "Nêu lý do và việc có thể làm cùng.")
    use_required_attribute = False


class JoinAnswerForm(OnceForm):
    """The proposer's answer to one request; the button says yes or no."""

    request = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}))
    text = words("Trả lời", rows=2)
    use_required_attribute = False


class WhichForm(WordedForm):
    """Which proposal a page outside of the case is about."""

    de_xuat = forms.UUIDField()
