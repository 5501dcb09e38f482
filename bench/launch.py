"""Starts one command and prints what it took, as JSON: `python launch.py SECONDS COMMAND…`.

A process of its own, and a small one: Linux counts the memory of whoever starts a command into the
command's peak. The figures are those of the command and of every process it waited for. After
SECONDS the command and its children are killed, and `over` is true.
"""

import json
import os
import signal
import sys
import time


def main(limit: float, command: list[str]) -> None:
    """Run it; its output goes nowhere, its errors where ours go."""
    null = os.open(os.devnull, os.O_RDWR)
    nowhere = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1)]
    begun = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere, setsid=True)
    killed = []

    def kill(number: int, _frame: object) -> None:
        killed.append(number)
        os.killpg(pid, signal.SIGKILL)

    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, kill)
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, state, usage = os.wait4(pid, 0)
    cost = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - begun,
        "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "code": os.waitstatus_to_exitcode(state),
        "over": signal.SIGALRM in killed,
    }
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
