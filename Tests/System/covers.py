"""Says which demands a system test proves, by the numbers of tools/demands.txt.

    @covers("A03", "S-D1")
    def test_opens_the_door(self):
        "opens the door for a member of the unit"

Where the environment names a file as ARTEL_COVERAGE_FILE, the test adds a line there that says
whether it passed, as the Swift tests do; tools/coverage reads such files. A skipped test adds none.
"""

import functools
import inspect
import json
import os
import re
import unittest

_NUMBER = re.compile(r"[A-E][0-9]{2,3}|(S-([A-H]|ZK)|T)[1-9][0-9]?")


def covers(*numbers):
    """Marks a test function or method, plain or async.

    Raises ValueError for numbers in a form that no demand has, such as "A1".
    """
    for number in numbers:
        if not _NUMBER.fullmatch(number):
            raise ValueError(
                f"no demand has a number like {number!r}: write A01, S-A1, S-ZK1 or T1")

    def mark(function):
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def test(*args, **kwargs):
                with _Recording(function, numbers):
                    return await function(*args, **kwargs)

        else:

            @functools.wraps(function)
            def test(*args, **kwargs):
                with _Recording(function, numbers):
                    return function(*args, **kwargs)

        return test

    return mark


class _Recording:
    """Records how the block ends."""

    def __init__(self, function, numbers):
        sentence = (inspect.getdoc(function) or function.__name__).splitlines()[0]
        module = os.path.basename(inspect.getfile(function)).removesuffix(".py")
        self._line = {"covers": list(numbers), "suite": f"System/{module}", "test": sentence}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        path = os.environ.get("ARTEL_COVERAGE_FILE")
        # pytest's Skipped is no subclass of unittest's, and pytest need not be there.
        skipped = kind is not None and (
            issubclass(kind, unittest.SkipTest) or kind.__name__ == "Skipped")
        if not path or skipped:
            return
        line = json.dumps(
            self._line | {"passed": kind is None}, ensure_ascii=False, sort_keys=True)
        # One write to a file that is open for appending is not torn apart by another.
        with open(path, "ab", buffering=0) as file:
            file.write(line.encode() + b"\n")
