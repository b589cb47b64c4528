"""What the product costs, in ratios within one run: `make bench`, never part of the test suite.

    python -m tests.bench            four minutes
    python -m tests.bench --court    a minute and a half: only what has a target
    python -m tests.bench --grand    adds a catalogue of 1 000 000 formations
    python -m tests.bench --seulement ecrans     or poids, or import, or scenario, or ampleur
    python -m tests.bench --million  what the size costs, at 1 000 000 formations: the bases are made once, then kept

What « cost » means here
------------------------
The cost of an answer is what it takes of its machine at saturation: the seconds of core that no other answer can have.
That is the reverse of the throughput, and the targets were set so (13 577 bare answers a second on two cores). But a
throughput as it is read also holds what is not the product's: the load is generated on the same two cores, and takes
the same 25 microseconds from a bare answer as from a page, which draws every ratio towards one (a page of three bare
answers would seem to cost 2.6); and whatever else runs on the machine takes its part. Processor time alone, read from
the system, is free of both, but does not see an answer that waits, for a lock or for a disk, while the machine stands
idle. So the cost is the sum of what the server makes of the machine when it is asked for all it can give:

    cost = (processor time of the server's processes + time the cores stood idle) / answers

On a machine that does nothing else it is the throughput of the two cores, the generator's part given back: stricter
than the throughput as it is read, and what the targets are held to. The two others stand beside it: the processor time
alone (well below the cost, the answer waits for something) and the throughput as read.

A screen is always measured between two rounds of bare answers, and compared with their mean: a drift of the machine
cancels. Several such rounds, the median of their ratios, their spread beside it. The bare answer is served by the same
granian with the same settings, processes and threads, to the same browser's headers. Figures in seconds are of this
machine and of this minute; only ratios are promised.

The import of the registry is compared with something else: `tests.bench.importation` says what. What the size of the
database costs is read in two databases of different sizes: `tests.bench.ampleur`, of 20 000 formations unless a million
is asked for. Those bases stand outside the repository; XDG_CACHE_HOME says where, and removing them loses nothing else.
"""
