"""The doors: what turns a wire into a call of an operation. No rule of the trade lives here."""

VERSION = "0.1.0"
