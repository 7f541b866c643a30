"""How the command uses memory: most live for moments, so they keep what they were given."""

import gc

_USUAL = gc.get_threshold()


def keep_memory() -> None:
    """Look for cycles seldom, and give memory back to the system seldom."""
    # Collecting cycles as eagerly as a server would costs a tenth of a command, most of it while modules are still being imported.
    gc.set_threshold(200_000, 20, 20)
    # The GNU C library gives back whatever more than 128 KiB is free at the heap's end, and asks for it again with the next
    # mail: seventy page faults each. Once it has seen a larger block freed, it waits for twice as much (mallopt(3), M_MMAP_THRESHOLD).
    bytearray(8 << 20)


def give_memory_back() -> None:
    """Look for cycles as often as Python usually does: for a command that stays, and reads everything anew with every save."""
    gc.set_threshold(*_USUAL)
