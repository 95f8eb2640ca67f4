"""The books: double entry over what is stored, and whether it contradicts itself. Reads only."""
