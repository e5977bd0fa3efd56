"""Fields that the forms of this app share: people by name and post."""

from organisation.formfields import ModelChoiceField, ModelMultipleChoiceField
from organisation.models import User
from proposals.forms.decision import with_post


class PersonField(ModelChoiceField):
    """One of `people.with_posts`: "Lê Văn Minh Họa, Phó Giám đốc"."""

    def label_from_instance(self, obj: User) -> str:
        return with_post(obj.full_name, getattr(obj, "post_title", ""))


class PeopleField(ModelMultipleChoiceField):
    """Several of `people.with_posts`."""

    def label_from_instance(self, obj: User) -> str:
        return with_post(obj.full_name, getattr(obj, "post_title", ""))
