"""Events that do not take place as they were sold: cancelled, postponed, and what their buyers get back."""
