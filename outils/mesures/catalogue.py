"""Ce que l'on trouve dans la région fictive : des communes, des prestataires, leurs produits.

Un produit n'a qu'un prestataire, et un prestataire ne fait que son métier.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

_DEBUTS = ("Val", "Mont", "Roche", "Champ", "Vill", "Bois", "Clair", "Fontaine", "Prat", "Cor")
_MILIEUX = ("e", "a", "ar", "en", "ou", "ier", "on", "ol", "ard", "ez", "and", "is", "u", "ign")
_FINS = ("mont", "ville", "in", "ens", "ey", "ex", "oz", "on", "ier", "ières", "az", "ens-Dessus",
         "ens-Dessous", "y", "ettaz", "ans")  # fmt: skip
_ENSEIGNES = ("Alpinet", "Bureaulac", "Comptalys", "Dorsia", "Edilex", "Forvia", "Gestalpe",
              "Helvidia", "Infojura", "Jorasoft", "Kantys", "Lemanet", "Medialp", "Novagest",
              "Oxalys", "Prismacom")  # fmt: skip
_FORMES = ("SA", "Sàrl", "SA", "")
METIERS = {
    "Informatique": {
        "Contrôle des habitants": "Habitants", "Comptabilité et finances": "Comptes",
        "Facturation et taxes": "Factures", "Salaires et RH": "Salaires",
        "Gestion des documents et affaires": "Affaires", "Votations et élections": "Votations",
    },
    "Réseaux": {
        "Messagerie et agenda": "Messagerie", "Téléphonie": "Téléphonie",
        "Réseau, serveurs, postes": "Postes", "Sauvegarde": "Sauvegarde",
        "Sécurité (antivirus, pare-feu)": "Protection",
        "Bureautique et partage de fichiers": "Partage",
    },
    "Solutions": {
        "Site internet et guichet en ligne": "Guichet", "Locations et réservations": "Salles",
        "Vidéosurveillance et accès": "Accès", "Eau, énergie, déchets": "Compteurs",
        "Réseaux sociaux et messagerie instantanée": "Annonces",
    },
    "Conseil": {
        "Constructions et territoire": "Permis", "Archivage": "Archives", "Cimetière": "Cimetière",
        "École et accueil de l'enfance": "Écoles", "Sécurité publique et pompiers": "Alertes",
    },
}  # fmt: skip
"""Pour chaque métier, les domaines qu'il sert et le nom court de ses produits."""


class Prestataire(NamedTuple):
    """Une entreprise de la région ; ``rang`` : le sien, de 0 à 63."""

    rang: int
    enseigne: str
    metier: str

    def ecrire(self, hasard: Random) -> str:
        """Son nom, d'ordinaire le vrai ; parfois sans forme juridique, ou autrement."""
        souche, forme = f"{self.enseigne} {self.metier}", _FORMES[self.rang % len(_FORMES)]
        tirage = hasard.random()
        if tirage < 0.05:
            return souche.upper()
        return souche if tirage < 0.1 or not forme else f"{souche} {forme}"

    def telephone(self, hasard: Random) -> str:
        """Son numéro d'urgence ; une commune sur quarante a gardé l'ancien."""
        return f"021 555 {self.rang:02} {10 if hasard.random() < 0.025 else 11}"

    def produit(self, domaine: str) -> str:
        """Le nom du produit qu'il vend dans ce domaine."""
        return f"{self.enseigne} {METIERS[self.metier][domaine]}"


PRESTATAIRES = tuple(
    Prestataire(rang, _ENSEIGNES[rang // len(METIERS)], list(METIERS)[rang % len(METIERS)])
    for rang in range(len(_ENSEIGNES) * len(METIERS))
)


def nommer(rang: int) -> str:
    """Le nom de la commune n° ``rang`` : tous différents jusqu'à 2'240."""
    debut = _DEBUTS[rang % len(_DEBUTS)]
    milieu = _MILIEUX[rang // len(_DEBUTS) % len(_MILIEUX)]
    return debut + milieu + _FINS[rang // (len(_DEBUTS) * len(_MILIEUX)) % len(_FINS)]


def choisir(hasard: Random, combien: int) -> list[Prestataire]:
    """Les prestataires d'une commune : au moins un par métier, deux sinon."""
    rangs = [
        hasard.sample([p for p in PRESTATAIRES if p.metier == metier], 3) for metier in METIERS
    ]
    return [rangs[rang % len(METIERS)][rang // len(METIERS)] for rang in range(combien)]
