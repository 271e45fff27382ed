"""Work on strangers' files in processes of their own, bounded in time and memory, used again for the next file.

Belongs here: starting, bounding, ending and reusing processes. Does not: what they are to do; a caller names the
function. A file that makes a reader hang, crash or swell takes down its process and nothing else.

Time is bounded everywhere. Memory is bounded where the system can limit the address space of a process: on Linux;
macOS and Windows take no notice of such a limit.
"""

from jiheng.reading.isolated.here import bounded, can_bound
from jiheng.reading.isolated.wire import Bounds
from jiheng.reading.isolated.workers import Workers

__all__ = ["Bounds", "Workers", "bounded", "can_bound"]
