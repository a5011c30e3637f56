"""Le bordereau : ce qui part, de qui, à qui. Le ``rapport.json`` en est un, l'avis un autre.

``rapport.json`` est écrit à côté des formes du rapport ; un avis est un texte qui commence par les
lignes « De : », « À : » et « Objet : », telles qu'une personne les relit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from pilotage_xlsx.envoi.adresses import en_une_ligne
from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.envoi.versions import convertir, lire_document
from pilotage_xlsx.socle.entree import MIO, EntreeRefusee, Raison
from pilotage_xlsx.socle.json_recu import decoder_json
from pilotage_xlsx.socle.motifs import motif

NOM_DU_RAPPORT = "rapport.json"
_RAPPORT_MAX, _SUJET_MAX = MIO, 250
"""Octets de ``rapport.json``, signes d'un objet."""

_NOMS = ("De", "À", "Objet")
_ENTETE = motif(rf"({'|'.join(_NOMS)})\s*:(.*)")


class Adresses(msgspec.Struct, frozen=True):
    """Les adresses de la feuille Commune ; vides si elle ne les donne pas."""

    executif: str | None = None
    referent: str | None = None


class ResumeDuRapport(msgspec.Struct, frozen=True):
    """Les constats du classeur, comptés par gravité ; ``bloquants`` : ceux qui demandent un oui."""

    erreurs: int = 0
    avertissements: int = 0
    a_remplir: int = 0
    attentions: int = 0
    bloquants: int = 0


class Bordereau(msgspec.Struct, frozen=True, kw_only=True):
    """Ce qui part : le rapport d'une commune et d'une année, ou un message à son propre ``objet``.

    ``texte`` et ``fichiers`` sont les noms du corps et des pièces, dans le dossier du bordereau ;
    ``communes`` nomme celles d'un rapport régional ; ``empreintes`` : le SHA-256 de chaque fichier,
    tel qu'il fut écrit ; ``courriel_html`` : la page du message.
    """

    format: int
    commune: str
    annee: int
    texte: str
    fichiers: Annotated[tuple[str, ...], msgspec.Meta(max_length=50)]
    adresses: Adresses = Adresses()
    referent: str | None = None
    resume: ResumeDuRapport = ResumeDuRapport()
    objet: str = ""
    communes: tuple[str, ...] = ()
    empreintes: dict[str, str] = {}
    courriel_html: str | None = None

    @property
    def sujet(self) -> str:
        """L'objet du courriel, sur une ligne, coupé s'il est sans fin."""
        rapport = f"Rapport {self.annee} du pilotage numérique ({self.commune})"
        net = en_une_ligne(self.objet or rapport)
        return net if len(net) <= _SUJET_MAX else f"{net[:_SUJET_MAX]}…"


def lire_rapport(dossier: Path) -> Bordereau:
    """Le bordereau du dossier d'un rapport ; `EnvoiRefuse` s'il manque ou est abîmé."""
    chemin = dossier / NOM_DU_RAPPORT
    try:
        return lire_document(chemin, _RAPPORT_MAX, Bordereau)
    except EntreeRefusee as faute:
        if faute.cause is Raison.CONTENU:
            raise EnvoiRefuse(f"{chemin} est abîmé : refaites le rapport.") from None
        raise EnvoiRefuse(
            f"{dossier} n'est pas le dossier d'un rapport ({NOM_DU_RAPPORT} y manque ou ne se lit "
            "pas) : faites d'abord le rapport."
        ) from None


def decoder_rapport(octets: bytes) -> Bordereau:
    """Le bordereau que sont ces octets ; `EntreeRefusee` ou `EnvoiRefuse` s'il est abîmé."""
    return convertir(decoder_json(octets, NOM_DU_RAPPORT), NOM_DU_RAPPORT, Bordereau)


def lire_avis(nom: str, texte: str) -> tuple[Bordereau, str] | None:
    """Le bordereau et le corps d'un texte qui commence par ses en-têtes, ou rien.

    Toutes les lignes d'avant la première ligne vide sont des en-têtes, chacun une fois, et
    l'objet en est : sinon, ce n'est qu'un fichier à joindre.
    """
    tete, _, corps = texte.replace("\r\n", "\n").partition("\n\n")
    lignes = tete.split("\n", len(_NOMS))
    lus = [_ENTETE.fullmatch(ligne.strip()) for ligne in lignes]
    entetes = {lu[1]: lu[2].strip() for lu in lus if lu}
    if len(entetes) < len(lignes) or not entetes.get("Objet"):
        return None
    adresses = Adresses(executif=entetes.get("À"), referent=entetes.get("De"))
    bordereau = Bordereau(
        format=1,
        commune="",
        annee=0,
        texte=nom,
        fichiers=(),
        adresses=adresses,
        objet=entetes["Objet"],
    )
    return bordereau, corps
