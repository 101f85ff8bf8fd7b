"""Start a command with a loopback device that is up: `unshare --net` leaves it down, and browsers talk to themselves.

usage: unshare --net python isolated.py COMMAND...
"""

import fcntl
import os
import socket
import struct
import sys

_SIOCSIFFLAGS = 0x8914
_IFF_UP = 1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as interface:
    fcntl.ioctl(interface, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _IFF_UP))
os.execvp(sys.argv[1], sys.argv[1:])
