"""Events: draft, published, cancelled, completed, archived."""
