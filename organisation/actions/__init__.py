"""What can be done to people, posts, agencies and the calendar: one function per deed."""

from organisation.actions.calendar import remove_day, set_day
from organisation.actions.delegations import delegate, revoke_delegation
from organisation.actions.people import (
    activate,
    change_account,
    change_contact,
    change_password,
    create_user,
    deactivate,
    end_all_sessions,
    end_session,
    end_sessions,
    reset_password,
)
from organisation.actions.posts import appoint, end_appointment
from organisation.actions.scopes import rebuild_scopes
from organisation.actions.units import (
    change_unit,
    close_unit,
    correct_unit,
    create_unit,
    give_code,
    set_order,
    succeed,
)

__all__ = [
    "activate",
    "appoint",
    "change_account",
    "change_contact",
    "change_password",
    "change_unit",
    "close_unit",
    "correct_unit",
    "create_unit",
    "create_user",
    "deactivate",
    "delegate",
    "end_all_sessions",
    "end_appointment",
    "end_session",
    "end_sessions",
    "give_code",
    "rebuild_scopes",
    "remove_day",
    "reset_password",
    "revoke_delegation",
    "set_day",
    "set_order",
    "succeed",
]
