"""Who belongs to an organisation, and who was asked to."""
