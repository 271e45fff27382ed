"""Keeps oversized files out while they arrive, so that they fill neither memory nor disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from jiheng.reading import MAX_BYTES


class BoundedFiles(FileUploadHandler):
    """Drops a file as soon as it is larger than the limit, and notes its name on the request."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Passes data on while the file is within the limit."""
        self._received += len(raw_data)
        if self._received > MAX_BYTES:
            names = getattr(self.request, "oversized_files", [])
            self.request.oversized_files = [*names, self.file_name or ""]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leaves the file to the next handler."""
