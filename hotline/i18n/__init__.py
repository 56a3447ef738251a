"""Every text a person sees or hears, in four languages, behind one function."""

from hotline.i18n.catalogue import Catalogue
from hotline.i18n.negotiation import negotiate

__all__ = ["Catalogue", "negotiate"]
