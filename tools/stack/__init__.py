"""Starts everything that Artel runs with on one machine: for tools/run and for Tests/System.

A private PostgreSQL cluster, the simulators of a partner and of an OpenID provider, `artel serve`,
and demo tenants. Needs Debian's python3 and nothing else from Python's side.
"""
