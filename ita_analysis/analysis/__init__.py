"""Every published number is made here, once: pure functions, frame in, frame out."""
