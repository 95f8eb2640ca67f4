"""The MCP door: the operations as tools of other people's agents. Reads run as the caller; writes become proposals."""
