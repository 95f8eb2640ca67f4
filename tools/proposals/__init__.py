"""Proposals: what would change, shown exactly, approved by a person, applied once, undone by another proposal."""
