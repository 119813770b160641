"""What the simulators have in common: HTTP, settings, faults, logging, the life of the process."""
