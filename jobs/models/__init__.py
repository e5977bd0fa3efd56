"""Work by the clock and work that takes long, as rows: what a worker's death cannot lose."""

from jobs.models.runs import JobRun

__all__ = ["JobRun"]
