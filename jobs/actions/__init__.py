from jobs.actions.asking import again, forget, send_to_background, start, stop

__all__ = ["again", "forget", "send_to_background", "start", "stop"]
