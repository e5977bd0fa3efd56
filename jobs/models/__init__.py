"""Work by the clock and work that takes long, as rows: what a worker's death cannot lose."""

from jobs.models.long import LOST_AFTER, JobPart, LongJob
from jobs.models.runs import JobRun

__all__ = ["LOST_AFTER", "JobPart", "JobRun", "LongJob"]
