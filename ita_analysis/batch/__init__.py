"""The batch: what to make, making it, recording it, and losing nothing on the way.

``run`` is the way in. Modules that load papermill are imported only when there is a report to make.
"""

from ita_analysis.engine.postponed import postpone_grammar

# Before any part of the batch imports papermill, which imports nbformat.
postpone_grammar()
