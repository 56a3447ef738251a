"""What every command reads in first, read in once before commands are forked."""

from hotline import cli
from hotline.app.ground import LOCALES
from hotline.i18n.catalogue import Catalogue

main = cli.main
Catalogue.load(LOCALES)
