"""Filling the proposal form as a browser without script does: what the pages ask, page by page."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from proposals.models import Proposal
from proposals.stages import Part
from tests.factories.proposals import make_field

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')

TYPED: dict[Part, dict[str, Any]] = {
    Part.BASICS: {
        "title": "Trả kết quả đất đai tại nhà cho người cao tuổi",
        "requested_form": "pilot",
        "starts_on": "5/7/2022",
    },
    Part.PROBLEM: {
        "problem": "Người dân phải đến bộ phận một cửa hai lần.",
        "figures": "8.400 hồ sơ mỗi năm.",
        "bottleneck_kind": "unregulated",
        "bottleneck": "Chưa có quy định về trả kết quả tại nhà.",
    },
    Part.SOLUTION: {
        "solution": "Phối hợp bưu điện trả kết quả tại nhà.",
        "difference": "Người dân không phải đến nhận.",
        "scope": "Hai xã của huyện Ninh Sơn",
        "duration_months": "6",
    },
    Part.BENEFIT: {
        "common_good": "Người cao tuổi bớt đi lại.",
        "beneficiaries": "Khoảng 1.200 người cao tuổi.",
        "chi-tieu-TOTAL_FORMS": "1",
        "chi-tieu-INITIAL_FORMS": "0",
        "chi-tieu-0-name": "Hồ sơ trả tại nhà",
        "chi-tieu-0-unit": "hồ sơ/tháng",
        "chi-tieu-0-baseline": "0",
        "chi-tieu-0-target": "1.200,5",
    },
    Part.RESOURCES: {
        "budget": "42 triệu",
        "risks": "Hồ sơ có thể thất lạc.",
        "stop_plan": "Dừng khi trên 2% hồ sơ thất lạc.",
    },
    Part.COMMITMENT: {"has_conflict": "khong", "is_committed": "on"},
}


def typed(part: Part) -> dict[str, Any]:
    """Answers for one part that are complete."""
    found = dict(TYPED[part])
    if part == Part.BASICS:
        found["field"] = str(make_field().pk)
    return found


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page as a browser would send them back."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def part_url(proposal: Proposal, part: Part) -> str:
    return reverse("proposals:edit", args=[proposal.ref, part])


def open_part(client: Client, proposal: Proposal, part: Part) -> dict[str, str]:
    """What the form of a part carries besides its answers."""
    page = client.get(part_url(proposal, part)).content.decode()
    found = hidden_fields(page)
    return {"seen": found["seen"], "page": found["page"]}


def post_part(client: Client, proposal: Proposal, part: Part, **over: Any) -> Any:
    """Open a part, fill it in and press *Tiếp tục*, or what `then` says."""
    carried = open_part(client, proposal, part)
    return client.post(part_url(proposal, part), carried | typed(part) | over)


def begin(client: Client) -> Proposal:
    """Press *Bắt đầu*."""
    url = reverse("proposals:create")
    key = hidden_fields(client.get(url).content.decode())["key"]
    answer = client.post(url, {"key": key})
    ref = answer["Location"].split("/")[2]
    return Proposal.objects.get(ref=ref)


def fill(client: Client) -> Proposal:
    """A draft with all six parts filled in through the pages."""
    proposal = begin(client)
    for part in Part:
        assert post_part(client, proposal, part).status_code == 302
    proposal.refresh_from_db()
    return proposal


def send(client: Client, proposal: Proposal, **over: Any) -> Any:
    """Press *Gửi đề xuất* on the page that checks."""
    url = reverse("proposals:check", args=[proposal.ref])
    carried = hidden_fields(client.get(url).content.decode())
    return client.post(url, {"key": carried["key"], "version": carried["version"]} | over)
