"""A person's own data: handed out, forgotten on request, kept for a time only, and sealed at rest."""
