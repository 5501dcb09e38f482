"""Hypothesis draws the same examples each run; `HYPOTHESIS_PROFILE=explore` looks for new ones.

The cache of the commands that are run lies in a folder of its own, new in each run of the tests.
"""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

os.environ["KPI_CACHE_DIR"] = tempfile.mkdtemp(prefix="kpi-cache-")
atexit.register(shutil.rmtree, os.environ["KPI_CACHE_DIR"], ignore_errors=True)
