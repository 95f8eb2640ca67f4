"""Files of an organisation: posters, logos, contracts and what people show the copilot."""
