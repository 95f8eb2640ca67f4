"""The shop: what people who are not signed in may see, keep and buy."""
