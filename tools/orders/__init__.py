"""Orders: what people bought, paid and got back."""
