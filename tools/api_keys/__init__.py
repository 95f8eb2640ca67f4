"""Keys with which programs act for an organisation."""
