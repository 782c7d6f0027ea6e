"""Runs a command on a terminal (pty) of its own: standard input is typed there, standard output is its screen.

The last line on standard error says how the command ended: "exit 3", or "signal 2".
"""

import os
import pty
import select
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

watched = [0, terminal]
while True:
    ready, _, _ = select.select(watched, [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the last program on the terminal has ended
            shown = b""
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed:
            os.write(terminal, typed)
        else:
            watched.remove(0)

_, status = os.waitpid(pid, 0)
if os.WIFSIGNALED(status):
    print("signal", os.WTERMSIG(status), file=sys.stderr)
else:
    print("exit", os.WEXITSTATUS(status), file=sys.stderr)
