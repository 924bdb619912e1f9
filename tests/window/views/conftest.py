"""On a loaded machine a first call can take longer than hypothesis allows; speed is measured elsewhere."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
