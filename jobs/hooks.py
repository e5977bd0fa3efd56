"""What upper floors may hang on long work: each registers a callable in its `AppConfig.ready`."""

from collections.abc import Callable

from jobs.models import LongJob

# Each is called, in the transaction of the end, with work that is done, failed or interrupted.
long_job_ended: list[Callable[[LongJob], None]] = []
