"""Who somebody was when they acted: the name and the post of that day."""

from organisation.models import User

ACTOR = "actor"


def signature_of(by: User, role: str = "") -> dict[str, str]:
    """The facts of a person's name and post: the post with that role, else the main one."""
    powers = by.powers
    post = next((post for post in powers.posts if post.role == role), powers.main)
    return {
        "ref": str(by.ref),
        "full_name": by.full_name,
        "position": post.position if post else "",
        "unit": post.unit_name if post else "",
        "unit_ref": post.unit_ref if post else "",
    }
