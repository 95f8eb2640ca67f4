"""Tests that personal data and secrets stay where they belong."""
