"""Read-only questions over the other nouns."""
