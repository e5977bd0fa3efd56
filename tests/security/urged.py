"""The letters that urge of the world: a draft, one that waits for its answer, one answered."""

from collections.abc import Callable
from typing import Any

from documents.actions import store_upload
from documents.stages import PaperKind
from reporting.urging.actions.answering import Answer, answer
from tests.factories.documents import make_series, make_upload
from tests.factories.organisation import Province, make_unit
from tests.factories.urging import make_drafts, make_late, make_sent

Put = Callable[..., Any]


def urge(house: Province, put: Put) -> None:
    """Each letter is put under its name, with the pieces of its paths."""
    make_series(house.home_affairs, [*PaperKind], name="Dãy của Sở Nội vụ")
    builders = make_unit("Sở Xây dựng", parent=house.unit, abbrev="SXD")
    for agency in (builders, house.district, house.department):
        make_late(agency)
    draft = make_drafts(house, builders)[0]
    put("urging/draft", draft, ref=draft.ref, batch_ref=draft.batch, agency_ref=builders.ref)
    sent = make_sent(house, house.district)
    put("urging/sent", sent, ref=sent.ref)
    answered = make_sent(house, house.department)
    file = store_upload(make_upload(), stream=answered.stream, by=house.clerk)
    answer(answered.urged.get().pk, Answer("Đã thực hiện xong.", files=[file]), by=house.clerk)
    put("urging/answered", answered, ref=answered.ref, file_ref=file.ref)
