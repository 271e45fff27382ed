"""OFD, China's own fixed-layout format (GB/T 33190-2016), in which offices publish beside PDF."""

from jiheng.reading.formats.ofd.read import read_ofd

__all__ = ["read_ofd"]
