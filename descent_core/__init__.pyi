from . import library as library
from .catalogue import LANDSCAPES as LANDSCAPES
from .catalogue import RUNS as RUNS
from .library import recording as recording
from .recordings.landscape import Landscape as Landscape
from .recordings.outcome import Outcome as Outcome
from .recordings.trajectory import Trajectory as Trajectory
from .training.recorder import record as record
