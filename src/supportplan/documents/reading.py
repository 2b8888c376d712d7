"""Reading a file that somebody names, within bounds."""

from pathlib import Path

from supportplan.domain.problems import BadInput, NotFound


def read_file(path: Path, *, most: int) -> bytes:
    """Return a file's bytes, at most `most` of them; raise NotFound or BadInput in plain words."""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError:
        raise NotFound(
            "there is no such file", where=str(path), mend="Check the name and the folder."
        ) from None
    except IsADirectoryError:
        raise BadInput("is a folder, not a file", where=str(path), mend="Name a file inside it.") from None
    except PermissionError:
        raise BadInput("may not be read by you", where=str(path), mend="Ask whoever owns the file.") from None
    except (OSError, ValueError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        )
        raise BadInput(
            f"cannot be read: {reason}", where=str(path), mend="Copy it to this computer and try again."
        ) from None
    if len(raw) > most:
        raise BadInput(
            f"is larger than {most // 1024**2} MB", where=str(path), mend="Check that it is the right file."
        )
    return raw
