"""The archive: what earlier issues of each newsletter said, read once and looked up quickly."""


class Archive:
    """The index of earlier issues."""
