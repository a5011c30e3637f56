"""Le même prestataire d'un classeur à l'autre, même écrit autrement : ce n'est pas un changement.

Même nom à la casse, aux accents, à la forme juridique ou à une coquille près ; sinon même IDE, même
courriel, numéro de client ou téléphone. Deux IDE justes et différents sont deux entreprises.
"""

from __future__ import annotations

import re

from pilotage_xlsx.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.rapprochement import sans_forme_juridique, sont_presque_identiques
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.textes import cle, cle_large

_CHIFFRES_D_UN_TELEPHONE = 9


def ont_le_meme_prestataire(
    avant: Liens, outil_avant: Ligne, apres: Liens, outil_apres: Ligne
) -> bool:
    """Vrai si les deux outils citent la même entreprise ; faux si l'un n'en cite aucune."""
    nom_avant, nom_apres = outil_avant.texte("prestataire"), outil_apres.texte("prestataire")
    if nom_avant is None or nom_apres is None:
        return False
    if _nom_nu(nom_avant) == _nom_nu(nom_apres):
        return True
    fiche_avant, fiche_apres = avant.prestataire(outil_avant), apres.prestataire(outil_apres)
    ides = _ide(fiche_avant), _ide(fiche_apres)
    if all(ides):
        return ides[0] == ides[1]
    if sont_presque_identiques(sans_forme_juridique(nom_avant), sans_forme_juridique(nom_apres)):
        return True
    return _se_joignent_pareil(fiche_avant, fiche_apres)


def _nom_nu(nom: str) -> str:
    return cle_large(sans_forme_juridique(nom)) or cle(nom)


def _ide(prestataire: Ligne | None) -> str:
    chiffres = chiffres_d_un_ide((prestataire and prestataire.texte("ide")) or "")
    return chiffres if chiffres and a_un_bon_chiffre_de_controle(chiffres) else ""


def _se_joignent_pareil(un: Ligne | None, autre: Ligne | None) -> bool:
    """Vrai si un contact est le même : courriel, numéro de client ou téléphone d'urgence."""
    return bool(un and autre and _contacts(un) & _contacts(autre))


def _contacts(prestataire: Ligne) -> set[str]:
    client = cle_large(prestataire.texte("numero_client") or "")
    numero = re.sub(r"\D", "", prestataire.texte("telephone_urgence") or "")
    return {
        cle(prestataire.texte("courriel") or ""),
        client if any(signe.isdigit() for signe in client) else "",
        numero[-_CHIFFRES_D_UN_TELEPHONE:] if len(numero) >= _CHIFFRES_D_UN_TELEPHONE else "",
    } - {""}
