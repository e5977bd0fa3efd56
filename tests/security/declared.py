"""What each route answers to whom: written by hand, by kind of access, by name where narrower.

A new route finds no object for its path, or is on no list, and fails until it stands here.
"""

from reporting.routes import Route
from tests.security.sweeping import object_of, path_of
from tests.security.world import DECIDING, DISTRICT, HOUSE, SEEN_BY, World

# One person for each way of standing to a case; all others come in the sweep of objects.
PEOPLE = (
    *("official", "coauthor", "colleague", "focal", "head", "deputy", "liaison", "monitor"),
    *("member", "section_head", "provincial_officer", "home_affairs_lead", "officer"),
    *("district_head", "inspector", "admin", "nobody"),
)
# Those of them who also send a form without anything in it: every way of not being allowed.
SENDERS = (
    *("official", "colleague", "head", "deputy", "liaison", "member", "home_affairs_lead"),
    *("district_head", "admin", "nobody"),
)
AUTHORS = frozenset({"official", "coauthor"})
NARROWER: dict[str, frozenset[str]] = {  # pages that only some of those who see the object have
    **dict.fromkeys(
        [
            *("proposals:edit", "proposals:coauthors", "proposals:check", "proposals:receipt"),
            *("proposals:receipt_file", "proposals:withdraw", "proposals:discard"),
            *("proposals:copy", "proposals:remove_file", "proposals:remove_coauthor"),
        ],
        AUTHORS,
    ),
    "proposals:confirm_share": frozenset({"coauthor"}),
    "proposals:join_requests": AUTHORS,
    "proposals:recipient": AUTHORS,
    "accountability:liability_open": DECIDING - {"deputy"} | {"home_affairs_lead", "inspector"},
    "accountability:commendation_paper": SEEN_BY["commendation/submitted"] - AUTHORS,
    "proposals:opinions": HOUSE | {"member"},
    "proposals:stored": HOUSE | {"member"},
    "reporting:urging_answer": DISTRICT,  # the agency that was urged, and nobody of Sở Nội vụ
    "deadlines:snooze": frozenset({"head", "delegate"}),  # a clock that the head's post holds
}
# Of those who see the object, who has the right to the deed; the others get 403, or 409 where it
# is theirs at another stage, whatever they send: never the form (AZ-02, TX-04).
DOERS: dict[str, frozenset[str]] = {
    name: frozenset(people.split())
    for people, names in (
        (
            "official",
            "proposals:edit proposals:join_requests proposals:coauthors proposals:check "
            "proposals:remove_file proposals:withdraw proposals:discard proposals:copy "
            "proposals:supplement proposals:answer pilots:ask_adjustment pilots:result_report "
            "accountability:statement accountability:appeal",
        ),
        ("official head", "pilots:plan pilots:start pilots:team pilots:complete"),
        (
            "official colleague",
            "pilots:indicator pilots:correct_value pilots:milestone pilots:report pilots:ask_help "
            "pilots:new_incident pilots:incident pilots:finding",
        ),
        ("official colleague head deputy home_affairs_lead", "pilots:add_proof"),
        (
            "head",
            "proposals:legal_question proposals:receive proposals:decide proposals:confirm "
            "proposals:later proposals:send_back proposals:redirect proposals:revoke "
            "proposals:open_step proposals:party_question proposals:close_vote "
            "proposals:conclude_council proposals:consult proposals:answer_review "
            "pilots:accept_report "
            "pilots:return_report pilots:take_up pilots:confirm_incident pilots:reopen_incident "
            "pilots:open_finding pilots:accept_remedy pilots:refuse_remedy "
            "pilots:approve_adjustment pilots:refuse_adjustment pilots:suspend pilots:terminate "
            "pilots:open_interim pilots:conclude accountability:conclude accountability:nominate "
            "accountability:decide accountability:commendation_decide deadlines:snooze "
            "accountability:council_call accountability:council_close",
        ),
        (
            "head deputy",
            "pilots:opinion documents:edit documents:send documents:draw_again documents:recall "
            "documents:replace documents:correct documents:copy documents:extract",
        ),
        ("head", "documents:sign documents:send_back"),
        ("clerk", "documents:issue documents:scan"),
        ("district_clerk", "documents:receive"),
        ("head liaison", "pilots:party_opinion"),
        ("member", "proposals:council"),
        ("head deputy member", "proposals:vote"),
        ("deputy", "proposals:second accountability:commendation_confirm"),
        ("liaison", "proposals:party_opinion"),
        (
            "district_head",
            "proposals:give_opinion pilots:receive_help pilots:work_on_help pilots:solve_help "
            "pilots:decline_help",
        ),
        ("district_head home_affairs_lead", "pilots:forward_help"),
        (
            "deputy home_affairs_lead",
            "accountability:cause accountability:drop_cause accountability:assess "
            "accountability:confirm",
        ),
        ("head home_affairs_lead", "accountability:liability_open"),
        ("head deputy home_affairs_lead", "accountability:council"),
        ("district_head", "reporting:urging_answer"),
        ("head deputy", "reporting:report_write reporting:report_send"),
        (
            "",  # theirs at another stage, or of somebody who is not among the senders
            "documents:copy_again "
            "proposals:recipient proposals:remove_coauthor proposals:confirm_share "
            "proposals:legal_check pilots:resume pilots:issue_notice "
            "accountability:liability_deed accountability:commendation_review "
            "accountability:commendation_submit accountability:commendation_award "
            "reporting:urging_change reporting:urging_cancel reporting:urging_remind "
            "reporting:urging_close reporting:report_lay reporting:report_hand_back "
            "reporting:report_give_back reporting:report_collect",
        ),
    )
    for name in names.split()
}
BEST = {  # of what a page is asked for, where the first object would have nothing to do on it
    "proposals:give_opinion": "opinion/asked",
    "proposals:legal_question": "question/asked",
    **dict.fromkeys(
        [
            *("proposals:edit", "proposals:check", "proposals:discard", "proposals:coauthors"),
            "proposals:remove_file",
        ],
        "proposal/draft",
    ),
    "proposals:receive": "proposal/sent",
    "proposals:supplement": "proposal/returned",
    "proposals:answer": "proposal/refused",
    "proposals:answer_review": "proposal/refused",
    "proposals:revoke": "proposal/refused",
    "proposals:copy": "proposal/withdrawn",
    "proposals:second": "proposal/overridden",
    "pilots:milestone": "pilot/adjusting",
    "pilots:plan": "pilot/planned",
    "pilots:start": "pilot/planned",
    "accountability:conclude": "pilot/evaluated",
    "accountability:liability_open": "pilot/evaluated",
    "accountability:nominate": "pilot/rewarded",
    **dict.fromkeys(["documents:edit", "documents:send"], "paper/draft"),
    **dict.fromkeys(["documents:sign", "documents:send_back"], "paper/waiting"),
    "documents:issue": "paper/signed",
    **dict.fromkeys(
        [
            *("documents:recall", "documents:replace", "documents:correct", "documents:scan"),
            *("documents:copy", "documents:extract", "documents:annex"),
            *("documents:scan_file", "documents:receive", "documents:page"),
        ],
        "paper/issued",
    ),
    "deadlines:of_proposal": "proposal/review",
    "deadlines:of_paper": "paper/waiting",
    **dict.fromkeys(["reporting:urging_answer", "reporting:urging_remind"], "urging/sent"),
    "reporting:report_give_back": "periodic/sent",
    "reporting:report_collect": "periodic/summary",
    "accountability:confirm": "liability/waiting",
    "accountability:statement": "liability/unheard",
    **dict.fromkeys(
        [
            *("accountability:council", "accountability:council_call"),
            "accountability:council_close",
        ],
        "liability/unheard",
    ),
    "accountability:appeal": "liability/decided",
    "accountability:commendation_confirm": "commendation/waiting",
    "accountability:commendation": "commendation/submitted",
    "accountability:commendation_decide": "commendation/submitted",
    "accountability:commendation_paper": "commendation/submitted",
}
# Where everybody who sees the object may still find nothing at the address.
MAY_BE_EMPTY = {
    *("proposals:remove_coauthor", "pilots:interim", "pilots:opinion", "documents:page"),
    *("documents:annex", "documents:time_stamp"),  # most papers have neither
}
ROLES: dict[str, frozenset[str]] = {  # routes for roles: who gets past the door
    "organisation": frozenset({"admin"}),
    "reporting:status": frozenset({"admin"}),
    "deadlines": frozenset({"admin", "home_affairs_lead"}),
    "deadlines:rules": frozenset({"admin", "home_affairs_lead", "home_affairs_officer"}),
    "documents": frozenset({"clerk"}),
    **dict.fromkeys(
        ["documents:register", "documents:register_sheet"],
        frozenset({"clerk", "head", "deputy", "section_head", "district_head"}),
    ),
    "documents:write": frozenset(
        {"focal", "head", "deputy", "chairman", "provincial_officer"}
        | {"home_affairs_head", "district_head"}
    ),
    "reporting:cases": frozenset({"home_affairs_officer", "home_affairs_lead", "inspector"}),
    **dict.fromkeys(
        [
            *("reporting:urging", "reporting:urging_items", "reporting:urging_batch"),
            *("reporting:report_periods", "reporting:report_period", "reporting:report_regimes"),
        ],
        frozenset({"home_affairs_officer", "home_affairs_lead"}),
    ),
    "reporting:urging_create": frozenset({"home_affairs_officer"}),
    "reporting:report_ask": frozenset({"home_affairs_officer"}),
    "reporting:report_regime": frozenset({"home_affairs_lead"}),
    **dict.fromkeys(
        ["reporting:urging_letters", "reporting:reports"],
        frozenset(
            {"focal", "head", "deputy", "clerk", "delegate", "section_head", "chairman"}
            | {"vice_chairman", "provincial_officer", "provincial_clerk"}
            | {
                "home_affairs_officer",
                "home_affairs_lead",
                "home_affairs_head",
                "home_affairs_clerk",
            }
            | {"district_head", "district_deputy", "district_focal", "district_clerk"}
        ),
    ),
    "proposals:agency": frozenset(
        {"focal", "head", "deputy", "clerk", "delegate", "section_head", "chairman"}
        | {"provincial_officer", "home_affairs_head", "district_head"}
    ),
    "proposals:intake": frozenset(
        {"focal", "head", "delegate", "section_head", "chairman", "provincial_officer"}
        | {"home_affairs_head", "district_head"}
    ),
}
PUBLIC = {  # status for anybody, by method
    "organisation:sign_in": {"GET": {200, 302}, "POST": {200, 302}},
    "organisation:sign_out": {"GET": {405}, "POST": {302}},
    "organisation:forgotten": {"GET": {200}, "POST": {200}},
    "organisation:reset": {"GET": {410}, "POST": {410}},
    "deadlines:feed": {"GET": {404}, "POST": {405}},
    "notifications:demo_mail": {"GET": {404}, "POST": {405}},
    "reporting:health": {"GET": {200, 503}, "POST": {405}},
    "reporting:guide": {"GET": {200}, "POST": {405}},
    "documents:check": {"GET": {200}, "POST": {422}},
}
OWN = {  # one's own things: the object, and whose it is
    "organisation:revoke_delegation": ("own/delegation", frozenset({"head"})),
    "notifications:read": ("own/notice", frozenset({"head"})),
    **dict.fromkeys(
        ["jobs:detail", "jobs:stop", "jobs:again", "jobs:background"],
        ("own/job", frozenset({"head"})),
    ),
    "jobs:first_passwords": ("own/import", frozenset({"admin"})),
}
OTHERS = {  # what the paths of the other routes are made of
    "organisation:end_session": "own/session",  # of somebody else: nothing happens, by any name
    **dict.fromkeys(
        [
            *("organisation:unit", "organisation:change_unit", "organisation:correct_unit"),
            *("organisation:order_unit", "organisation:close_unit", "organisation:succeed_unit"),
            "organisation:give_code",
        ],
        "unit/house",
    ),
    **dict.fromkeys(
        [
            *("organisation:person", "organisation:reset_password", "organisation:deactivate"),
            *("organisation:end_sessions", "organisation:appoint"),
        ],
        "person/official",
    ),
    **dict.fromkeys(["reporting:directive", "reporting:directive_file"], "directive/one"),
    **dict.fromkeys(["reporting:urging_items", "reporting:urging_batch"], "urging/draft"),
    "reporting:report_period": "period/asked",
    "reporting:report_regime": "regime/one",
    "organisation:end_appointment": "appointment/official",
    "organisation:import": "import/units",
    "organisation:import_template": "import/units",
    "organisation:import_preview": "import/units",
    "organisation:edit_day": "day/one",
    "deadlines:rule": "deadline/opinion",
    "deadlines:end_rung": "rung/one",
    "organisation:delete_day": "day/one",
}


def takes_part(route: Route) -> tuple[str, ...]:
    return tuple(method for method in ("GET", "POST") if method in route.methods)


def where(world: World, route: Route) -> tuple[str, str]:
    """The object that a route is asked with, and the address."""
    if route.access.kind == "case":
        found = object_of(world, route, BEST.get(route.name, ""))
        assert found, f"{route.path}: no object of the world has all pieces of this path"
        return found
    label = OTHERS.get(route.name) or OWN.get(route.name, ("",))[0]
    path = path_of(route, world.paths.get(label, {}))
    assert path, f"{route.path}: declare in this file what its path is made of"
    return label, path


def gets_in(world: World, route: Route, label: str) -> frozenset[str] | None:
    """Who finds something at the address; None for everybody."""
    if route.access.kind == "case":
        seen = SEEN_BY[label]
        return NARROWER.get(route.name, seen) & seen
    if route.access.kind == "roles":
        app = route.name.partition(":")[0]
        return ROLES.get(route.name) or ROLES[app]
    if route.name in OWN:
        return OWN[route.name][1]
    return None
