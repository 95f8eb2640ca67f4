"""Tests of cancelled and postponed events."""
