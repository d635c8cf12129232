"""Close the vocabularies that annotations may use; ``chapters/codebook.md`` defines each value."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

Layer = Literal["attribution", "quantity", "position", "event", "claim", "step"]
Certainty = Literal["explicit", "carried-over", "inferred", "draft"]
Form = Literal["direct", "indirect", "mixed", "document"]
QuoteMark = Literal["curly", "straight", "mixed", "dash"]
Polarity = Literal["asserts", "denies", "declines"]
SourceKind = Literal[
    "outlet", "newsroom", "institution", "government", "state", "person", "official", "group"
]  # fmt: skip
Access = Literal["participant", "briefed", "outside", "unstated"]
Hedge = Literal["exact", "at-least", "at-most", "about", "almost", "more-than", "less-than", "vague"]
QuantityKind = Literal["count", "share", "area", "distance", "duration", "vague"]
Stance = Literal["for", "against", "conditional", "unstated"]
Move = Literal[
    "demand", "precondition", "offer", "refusal", "leverage", "warning", "mediation", "denial", "prospect"
]
Status = Literal["actual", "planned", "hypothetical", "negated"]
ClaimKind = Literal[
    "talks", "terms", "past-accord", "quantity", "event", "stance", "assessment", "background"
]
VariantKind = Literal[
    "attribution", "identity", "actor", "scope", "value", "time", "hedge", "unit", "strength", "modality",
    "causation", "quotation", "framing", "addition", "contradiction",
]  # fmt: skip
Place = Literal["heading", "lede", "subheading", "text", "quotation", "denial"]
Confidence = Literal["high", "moderate", "low", "undecided"]
Severity = Literal[1, 2, 3]
NotSpeech = Literal["title", "scare", "heading"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1)]
Edtf = Annotated[str, StringConstraints(pattern=r"^[0-9./~?%X{}\[\],:TZ+-]{1,60}$|^unresolved$")]
