"""Scans of signed pages, read from where somebody typed that they are."""

from supportplan.documents.scans import demand_scan
from supportplan.domain.problems import BadInput
from supportplan.services.recording import MOST_BLOB_BYTES
from supportplan.services.typed_paths import typed_path


def read_scan(typed: str) -> bytes:
    """Return the bytes of a scan: a JPEG or a PDF, by its content. Raises BadInput in plain words for anything else."""
    path = typed_path(typed)
    try:
        if not path.is_file():
            raise BadInput("There is no such file.", where="scan", mend="Check its name and its folder.")
        size = path.stat().st_size
        if size > MOST_BLOB_BYTES:
            most = MOST_BLOB_BYTES // 1024**2
            raise BadInput(
                f"The file has {size // 1024**2} MB. A case takes at most {most} MB.",
                where="scan",
                mend="Scan the page in grey, or at 200 dots an inch, and try again.",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "the system gives no reason"
        raise BadInput(f"The file cannot be read: {reason}.", where="scan") from None
    try:
        demand_scan(data)
    except BadInput as problem:
        raise BadInput(problem.what, where="scan", mend=problem.mend) from None
    return data
