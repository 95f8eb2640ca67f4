"""The copilot's door: CopilotKit's runtime protocol, answered by Greenroom itself."""

from api.copilot.door import CopilotDoor
from api.copilot.routes import MAX_BODY, PREFIX, routes

__all__ = ["MAX_BODY", "PREFIX", "CopilotDoor", "routes"]
