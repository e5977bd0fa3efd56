from jobs.actions.asking import again, send_to_background, start, stop

__all__ = ["again", "send_to_background", "start", "stop"]
