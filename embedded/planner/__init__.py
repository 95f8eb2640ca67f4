"""The offline rules planner: a deterministic chat model for a machine without a key. It proposes calls and never runs one."""
