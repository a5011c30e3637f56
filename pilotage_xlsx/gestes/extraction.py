"""Ce que ``consolider`` tire d'un classeur : lignes à ranger, constats, empreinte."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.consolidation import Tete, emballer, extraire
from pilotage_xlsx.consolidation.documents import DONNEES, en_json
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.entree import MIO, EnMemoire, Source, ouvrir
from pilotage_xlsx.verification import juger
from pilotage_xlsx.verification.regles.ens import alleger

_EMPREINTE_MAX = 512 * MIO


class Rendu(NamedTuple):
    """Un classeur examiné : sa tête, ses parties à ranger, et de quoi le juger avec les autres."""

    tete: Tete
    parties: dict[str, bytes]
    allege: Registre


class Extraction(NamedTuple):
    """La tâche : le modèle, la date, et s'il faut aussi le JSON de chaque classeur."""

    modele: Modele
    au: date
    veut_le_json: bool
    admet_un_partage: bool = True

    def rendre(self, registre: Registre) -> Rendu:
        """Un classeur déjà lu, contrôlé et extrait. Ne lève rien : un refus est dans sa tête."""
        modele = modele_de(registre.porte, self.modele)
        liens = Liens(modele, registre, self.au)
        constats = juger(registre, modele, self.au, liens).constats
        extrait = extraire(liens, constats, *_empreinte(registre.source))
        est_utile = self.veut_le_json and registre.refus is None
        autres = {DONNEES: en_json(registre, modele)} if est_utile else {}
        return Rendu(extrait.tete, emballer(extrait, **autres), alleger(registre))


def _empreinte(source: Source) -> tuple[str, int]:
    """L'empreinte SHA-256 du fichier et sa taille ; vides s'il ne se lit pas.

    Un fichier plus gros qu'aucun classeur lisible, ou qui grandit sans fin, n'a pas d'empreinte.
    """
    if isinstance(source, EnMemoire):
        return hashlib.sha256(source.octets).hexdigest(), len(source.octets)
    condense, taille = hashlib.sha256(), 0
    try:
        with ouvrir(source) as fichier:
            while morceau := fichier.read(MIO):
                condense.update(morceau)
                taille += len(morceau)
                if taille > _EMPREINTE_MAX:
                    return "", os.fstat(fichier.fileno()).st_size
    except OSError:
        return "", 0
    return condense.hexdigest(), taille
