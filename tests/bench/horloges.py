"""The clocks of the system: the processor time of other processes, to the nanosecond, and that nobody used."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterable
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_SECONDE = os.sysconf("SC_CLK_TCK")
# The columns of /proc/stat, after the name of the core: user, nice, system, idle, iowait…
_REPOS = slice(4, 6)


def processeur(processus: Iterable[int]) -> float:
    """Give the seconds of processor that these processes have spent so far, their threads included."""
    return sum(time.clock_gettime(_horloge(pid)) for pid in processus)


def repos() -> float:
    """Give the seconds that the cores this process may run on have stood idle so far."""
    noms = {f"cpu{coeur}" for coeur in os.sched_getaffinity(0)}
    lignes = (ligne.split() for ligne in Path("/proc/stat").read_text("ascii").splitlines())
    return sum(sum(map(int, ligne[_REPOS])) for ligne in lignes if ligne[0] in noms) / _SECONDE


def _horloge(pid: int) -> int:
    """Give the clock of a process: what /proc says of its user and system times, ten thousand times finer."""
    numero = ctypes.c_int()
    if erreur := _libc.clock_getcpuclockid(pid, ctypes.byref(numero)):
        raise OSError(erreur, os.strerror(erreur), str(pid))
    return numero.value
