"""The types of fields that documents share: texts, names, ids, keys, counts, days of our time, currencies.

Each says what it refuses, when a document is read and in its JSON Schema alike.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta

from supportplan.domain.canonical import END

# Control characters could steer a terminal or spoil a page; line breaks and tabs are part of what people write.
_TYPED = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*" + END
Text = Annotated[str, Meta(max_length=20_000, pattern=_TYPED)]
Name = Annotated[str, Meta(max_length=20_000, pattern=r"^(?=[\s\S]*\S)[^\x00-\x1f\x7f-\x9f]*" + END)]
Id = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*" + END)]
# Schedules of costs and devices belong to no person: they are kept under this id, which no plan may have for its case.
LIBRARY = "library"
Key = Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9][a-z0-9_-]*" + END)]
MOST_OCCASIONS, MOST_HEADS = 100_000, 1_000
Count = Annotated[int, Meta(ge=1, le=MOST_OCCASIONS)]
Heads = Annotated[int, Meta(ge=1, le=MOST_HEADS)]
OurTime = Annotated[date, Meta(extra_json_schema={"pattern": "^(?:19|20|21)"})]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}" + END)]
