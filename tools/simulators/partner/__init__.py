"""A partner that runs intercoms, gates and barriers."""
