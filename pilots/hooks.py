"""What upper floors may hang on pilots: each registers a callable in its `AppConfig.ready`."""

from collections.abc import Callable

from pilots.models import Pilot

# Each is called, in the transaction of the notice, once the parties were told the final result.
result_told: list[Callable[[Pilot], None]] = []
