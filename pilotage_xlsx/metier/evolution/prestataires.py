r"""Le même prestataire d'un classeur à l'autre, même écrit autrement : ce n'est pas un changement.

Les écritures d'un même nom se réunissent comme partout (`regroupement`) ; un nom tout autre est le
même s'il garde le courriel, le numéro de client ou le téléphone, à moins qu'un classeur n'inscrive
les deux. Deux IDE justes et différents sont deux entreprises. Le regroupement se charge à l'usage :
le contrôle d'un classeur s'en passe.

>>> from tests.metier.evolution.annees import classeur
>>> avant = classeur("outils | nom | prestataire\n | GED | Alpha SA", 2025)
>>> apres = classeur("outils | nom | prestataire\n | GED | ALPHA S.A.\n | Site | Beta", 2026)
>>> [ged], prestataires = avant.outils, Prestataires(avant, apres)
>>> [prestataires.sont_le_meme(ged, outil) for outil in apres.outils]
[True, False]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.socle.textes import cle, cle_large

_CHIFFRES_D_UN_TELEPHONE = 9


class Prestataires:
    """Les prestataires que citent les outils de deux classeurs, reconnus sous leurs écritures."""

    def __init__(self, avant: Liens, apres: Liens) -> None:
        from pilotage_xlsx.metier.regroupement import regrouper  # noqa: PLC0415

        self._avant, self._apres = avant, apres
        fiches = ((nom, _ide(fiche)) for liens in (avant, apres) for nom, fiche in _fiches(liens))
        self._regroupement = regrouper((*_inscriptions(avant), *_inscriptions(apres), *fiches))
        self._voisins = {frozenset(p[:2]) for p in self._regroupement.propositions}
        self._inscrits = [
            {self._regroupement.nom(nom, _ide(fiche)) for nom, fiche in _fiches(liens)}
            for liens in (avant, apres)
        ]

    def sont_le_meme(self, avant: Ligne, apres: Ligne) -> bool:
        """Vrai si les deux outils citent la même entreprise ; faux si l'un n'en cite aucune."""
        noms = self._noms(avant, apres)
        if noms is None:
            return False
        return noms[0] == noms[1] or (
            self._se_joignent_pareil(avant, apres) and not self._se_cotoient(*noms)
        )

    def se_ressemblent(self, avant: Ligne, apres: Ligne) -> bool:
        """Vrai si les deux noms pourraient être une seule entreprise, sans qu'on en soit sûr."""
        noms = self._noms(avant, apres)
        return noms is not None and (
            frozenset(noms) in self._voisins or self._se_joignent_pareil(avant, apres)
        )

    def _se_joignent_pareil(self, avant: Ligne, apres: Ligne) -> bool:
        """Vrai si un contact est le même, sans que deux IDE disent le contraire."""
        un, autre = self._avant.prestataire(avant), self._apres.prestataire(apres)
        if un is None or autre is None or (_ide(un) and _ide(autre)):
            return False
        return bool(_contacts(un) & _contacts(autre))

    def _se_cotoient(self, un: str, autre: str) -> bool:
        """Vrai si un même classeur inscrit les deux : pour la commune, deux entreprises."""
        return any({un, autre} <= inscrits for inscrits in self._inscrits)

    def _noms(self, avant: Ligne, apres: Ligne) -> tuple[str, str] | None:
        """Les noms montrés des deux prestataires ; rien si l'un des outils n'en cite pas."""
        ancien, nouveau = avant.texte("prestataire"), apres.texte("prestataire")
        if ancien is None or nouveau is None:
            return None
        ides = _ide(self._avant.prestataire(avant)), _ide(self._apres.prestataire(apres))
        return self._regroupement.nom(ancien, ides[0]), self._regroupement.nom(nouveau, ides[1])


def _inscriptions(liens: Liens) -> Iterator[tuple[str, str]]:
    for outil in liens.etat.tenues("outils"):
        if nom := outil.texte("prestataire"):
            yield nom, _ide(liens.prestataire(outil))


def _ide(prestataire: Ligne | None) -> str:
    chiffres = chiffres_d_un_ide((prestataire and prestataire.texte("ide")) or "")
    return chiffres if chiffres and a_un_bon_chiffre_de_controle(chiffres) else ""


def _fiches(liens: Liens) -> Iterator[tuple[str, Ligne]]:
    for fiche in liens.etat.lignes("prestataires"):
        if nom := fiche.texte("nom"):
            yield nom, fiche


def _contacts(prestataire: Ligne) -> set[str]:
    client = cle_large(prestataire.texte("numero_client") or "")
    numero = re.sub(r"\D", "", prestataire.texte("telephone_urgence") or "")
    return {
        cle(prestataire.texte("courriel") or ""),
        client if any(signe.isdigit() for signe in client) else "",
        numero[-_CHIFFRES_D_UN_TELEPHONE:] if len(numero) >= _CHIFFRES_D_UN_TELEPHONE else "",
    } - {""}
