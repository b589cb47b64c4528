"""No process of the server ends but when asked, and nobody keeps the others from being served: `make endurance`.

    python -m tests.endurance                 a quarter of an hour: the product as it is served
    python -m tests.endurance --tours 2       two bursts and a rest between them

Three trials, each of which says how much it really tried:

- rests: a burst of signed-in pages, a rest longer than each time-out of the server, a burst again, and so on. On SQLite
  and on PostgreSQL, which itself closes the connections that rest. The same processes, no request without an answer, no
  segmentation fault of theirs in the system's log where it can be read;
- bodies: requests that stall in their headers or their body, bodies that come byte by byte, readers who read nothing,
  while others are served ten times of ten; then those that stalled are told so, and let go;
- stops: under load, the exit code is 0, nothing stays, nothing is said.

The short form, with the time-outs set to their least, is part of the tests; there the trials are also shown to bite.
Traffic goes to this machine alone. What is asked and heard is HTTP, so that any server can be tried.
"""
