"""What can be done to people, posts, agencies and the calendar: one function per deed."""

from organisation.actions.scopes import rebuild_scopes

__all__ = ["rebuild_scopes"]
