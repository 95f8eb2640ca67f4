"""The command line `greenroom`: the typed client for people and scripts. Knows no part of the service."""
