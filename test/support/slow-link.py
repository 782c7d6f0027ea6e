"""A network link with a delay, between this computer and a network namespace.

slow-link.py NAMESPACE OWN_ADDRESS ITS_ADDRESS DELAY_MS

Both ends are TUN devices, and each packet waits here. Commands on standard input, each answered by a line: `cut` drops all
packets, `cut-out` those that leave the namespace, `heal` none. Everything is removed when standard input ends.
"""
import collections
import fcntl
import os
import select
import struct
import subprocess
import sys
import time

namespace, own, its, delay = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]) / 1000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def run(command):
    subprocess.run(command.split(), check=True)


def device(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22s", name.encode(), IFF_TUN | IFF_NO_PI, b""))
    return fd


run(f"ip netns add {namespace}")
try:
    here, there = device(f"{namespace}a"), device(f"{namespace}b")
    run(f"ip address add {own} peer {its} dev {namespace}a")
    run(f"ip link set {namespace}a up")
    run(f"ip link set {namespace}b netns {namespace}")
    run(f"ip -n {namespace} address add {its} peer {own} dev {namespace}b")
    run(f"ip -n {namespace} link set {namespace}b up")
    run(f"ip -n {namespace} link set lo up")
    run(f"ip -n {namespace} route add default dev {namespace}b")
    print("ready", flush=True)
    waiting = {here: collections.deque(), there: collections.deque()}
    other = {here: there, there: here}
    dropped = set()
    while True:
        dues = [queue[0][0] for queue in waiting.values() if queue]
        timeout = max(0, min(dues) - time.monotonic()) if dues else None
        for ready in select.select([here, there, sys.stdin], [], [], timeout)[0]:
            if ready is sys.stdin:
                command = sys.stdin.readline().strip()
                if command == "":
                    sys.exit(0)
                dropped = {"cut": {here, there}, "cut-out": {there}, "heal": set()}[command]
                # What is under way is lost too.
                for source in dropped:
                    waiting[other[source]].clear()
                print(command, flush=True)
            else:
                packet = os.read(ready, 65536)
                if ready not in dropped:
                    waiting[other[ready]].append((time.monotonic() + delay, packet))
        for end, queue in waiting.items():
            while queue and queue[0][0] <= time.monotonic():
                os.write(end, queue.popleft()[1])
finally:
    subprocess.run(["ip", "netns", "delete", namespace])
