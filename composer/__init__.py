"""Newsletters from YAML drafts."""
__version__ = "0.1.0"
