"""The batch: what to make, making it, recording it, and losing nothing on the way.

``run`` is the way in. Modules that load papermill are imported only when there is a report to make.
"""
