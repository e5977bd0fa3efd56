"""A province of any size, made the same way each time: for benches and for tests of growth.

Everything is written in bulk; the journal is sound all the same (`journal_verify` finds nothing).
"""
