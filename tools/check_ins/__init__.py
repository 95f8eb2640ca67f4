"""The door: lists of who may come in, scans and what came of them."""
