"""The typed operations: everything the product can do. Knows no web framework and no model."""
