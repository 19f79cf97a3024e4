"""A papermill engine whose kernels start warm: ``papermill --engine warm``.

One helper process, the zygote, has imported what notebooks import. It forks a kernel for each
notebook: a process of its own, with ipykernel's own messages, in the place of a second and more
of imports. nbclient and papermill do not notice the difference.
"""
