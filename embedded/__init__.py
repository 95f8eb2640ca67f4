"""What stands in for the outside on one machine: Postgres hosting, the identity server, the model. Production imports none of it."""
