"""Questions and answers beside a proposal: help with the law, working on it together."""

from django import forms

from journal.once import OnceForm
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


class LegalQuestionForm(forms.Form):
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
