"""Tests of waiting lists."""
