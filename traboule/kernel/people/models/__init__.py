from ..channels import ChannelKind
from .card import Card
from .consent import Consent, How, Purpose
from .credentials import ExternalIdentity, Passkey
from .guardianship import Guardianship, Relation
from .mandate import Mandate, MandateScope
from .merge import Merge
from .organisation import Editorship, Membership, Organisation, Role, validate_siret
from .person import Channel, Gender, Person
from .sign_in import SignInCode

__all__ = [
    "Card",
    "Channel",
    "ChannelKind",
    "Consent",
    "Editorship",
    "ExternalIdentity",
    "Gender",
    "Guardianship",
    "How",
    "Mandate",
    "MandateScope",
    "Membership",
    "Merge",
    "Organisation",
    "Passkey",
    "Person",
    "Purpose",
    "Relation",
    "Role",
    "SignInCode",
    "validate_siret",
]
