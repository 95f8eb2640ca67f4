"""The copilot's mind: reading people's words, the guard, the graph. Knows no web; reaches the trade only through `tools`."""
