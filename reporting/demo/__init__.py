"""The demo province with cases at every stage, made by the same actions that people use."""

from reporting.demo.sealing import seal
from reporting.demo.stories import load_stories
from reporting.demo.tables import load_tables

__all__ = ["load_stories", "load_tables", "seal"]
