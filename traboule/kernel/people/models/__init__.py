from ..channels import ChannelKind
from .organisation import Editorship, Membership, Organisation, Role, validate_siret
from .person import Channel, Gender, Person
from .sign_in import SignInCode

__all__ = [
    "Channel",
    "ChannelKind",
    "Editorship",
    "Gender",
    "Membership",
    "Organisation",
    "Person",
    "Role",
    "SignInCode",
    "validate_siret",
]
