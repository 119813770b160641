"""Writes the TypeScript client: run it as tools/clients."""
