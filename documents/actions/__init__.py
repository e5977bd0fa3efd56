"""What can be done to files and papers."""

from documents.actions.drawing import (
    draw_again,
    drawn,
    hand_over_long,
    lease_drawing,
    long_job_of,
    not_drawn,
)
from documents.actions.files import release, scan_again, store_upload, sweep_orphans
from documents.actions.papers import canonical_json, compose

__all__ = [
    "canonical_json",
    "compose",
    "draw_again",
    "drawn",
    "hand_over_long",
    "lease_drawing",
    "long_job_of",
    "not_drawn",
    "release",
    "scan_again",
    "store_upload",
    "sweep_orphans",
]
