"""Like movedClock.cjs for Node: with this directory in PYTHONPATH, a Python process sees the moved clock."""

import datetime
import os
import time

shift = int(os.environ.get("MACHINE_IMAGES_TEST_CLOCK_SHIFT", "0")) / 1000
if shift != 0:
    real_time, real_gmtime, real_localtime, real_strftime = time.time, time.gmtime, time.localtime, time.strftime

    class MovedDatetime(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    time.time = lambda: real_time() + shift
    time.gmtime = lambda seconds=None: real_gmtime(time.time() if seconds is None else seconds)
    time.localtime = lambda seconds=None: real_localtime(time.time() if seconds is None else seconds)
    time.strftime = lambda form, when=None: real_strftime(form, time.localtime() if when is None else when)
    datetime.datetime = MovedDatetime
