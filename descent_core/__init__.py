"""What really happened: gradient descent, run by torch and recorded.

The public names, listed in ``__init__.pyi``, are imported when they are asked for: reading a recording needs numpy
and no torch.

>>> from descent_core import RUNS
>>> RUNS["right"].lr
0.3
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
