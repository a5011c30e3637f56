"""Le même prestataire d'un classeur à l'autre, même écrit autrement : ce n'est pas un changement.

Les écritures d'un même nom se réunissent comme partout (`regroupement`) ; un nom tout autre est le
même s'il garde le courriel, le numéro de client ou le téléphone. Deux IDE justes et différents sont
deux entreprises. Le regroupement se charge à l'usage : le contrôle d'un classeur s'en passe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilotage_xlsx.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.textes import cle, cle_large

_CHIFFRES_D_UN_TELEPHONE = 9


class Prestataires:
    """Les prestataires que citent les outils de deux classeurs, reconnus sous leurs écritures."""

    def __init__(self, avant: Liens, apres: Liens) -> None:
        from pilotage_xlsx.regroupement import regrouper  # noqa: PLC0415

        self._avant, self._apres = avant, apres
        self._regroupement = regrouper((*_inscriptions(avant), *_inscriptions(apres)))
        self._voisins = {frozenset(p[:2]) for p in self._regroupement.propositions}

    def sont_le_meme(self, avant: Ligne, apres: Ligne) -> bool:
        """Vrai si les deux outils citent la même entreprise ; faux si l'un n'en cite aucune."""
        noms = self._noms(avant, apres)
        if noms is None:
            return False
        fiches = self._avant.prestataire(avant), self._apres.prestataire(apres)
        if noms[0] == noms[1]:
            return True
        return not all(map(_ide, fiches)) and _se_joignent_pareil(*fiches)

    def se_ressemblent(self, avant: Ligne, apres: Ligne) -> bool:
        """Vrai si les deux noms pourraient être une seule entreprise, sans qu'on en soit sûr."""
        noms = self._noms(avant, apres)
        return noms is not None and frozenset(noms) in self._voisins

    def _noms(self, avant: Ligne, apres: Ligne) -> tuple[str, str] | None:
        """Les noms montrés des deux prestataires ; rien si l'un des outils n'en cite pas."""
        ancien, nouveau = avant.texte("prestataire"), apres.texte("prestataire")
        if ancien is None or nouveau is None:
            return None
        ides = _ide(self._avant.prestataire(avant)), _ide(self._apres.prestataire(apres))
        return self._regroupement.nom(ancien, ides[0]), self._regroupement.nom(nouveau, ides[1])


def _inscriptions(liens: Liens) -> Iterator[tuple[str, str]]:
    for outil in liens.etat.lignes("outils"):
        if nom := outil.texte("prestataire"):
            yield nom, _ide(liens.prestataire(outil))


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
