"""Les cinq chiffres, en mots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.parc import (
    ACCES,
    AU_PRESTATAIRE_SEUL,
    COUT_ANNUEL,
    EN_SERVICE,
    INDISPENSABLES,
    RESTAURATION,
    SANS_SAUVEGARDE,
)
from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER
from pilotage_xlsx.metier.evolution import CoutComparable
from pilotage_xlsx.metier.mesure import Chiffre, Mesure, Mesures
from pilotage_xlsx.rapport.document import Carte
from pilotage_xlsx.rapport.mots import TIRET, compter, sur
from pilotage_xlsx.socle.typographie import montant, nombre

SANS_OBJET = "sans objet"


def dresser(
    mesures: Mesures,
    anciennes: Mesures | None,
    *,
    annee_precedente: int,
    couts: CoutComparable | None = None,
) -> tuple[Carte, ...]:
    """Les cinq cartes, dans l'ordre ; ``anciennes`` : les cinq de l'an passé, s'il est connu ;
    ``couts`` : ceux des outils connus les deux ans."""
    return tuple(
        Carte(
            valeur=montrer(chiffre, mesures[chiffre], centimes=_a_des_centimes(mesures, anciennes)),
            libelle=chiffre.libeller(mesures[chiffre]),
            phrase=_PHRASES[chiffre.cle](mesures) + _comparer(chiffre, couts),
            precedent=_dire_l_an_passe(chiffre, mesures, anciennes) if anciennes else TIRET,
            annee_precedente=annee_precedente,
        )
        for chiffre in CINQ
    )


def montrer(chiffre: Chiffre, mesure: Mesure, *, centimes: bool = False) -> str:
    """La valeur d'un chiffre telle qu'elle s'écrit partout ; une somme n'est part de rien.

    ``centimes`` : les montants en portent, pour s'écrire comme celui d'à côté.
    """
    if chiffre.est_un_montant:
        return _francs(mesure.valeur, centimes=centimes) if mesure.lignes else TIRET
    if chiffre.valeur is not None:
        return nombre(round(mesure.valeur, 2))
    return SANS_OBJET if mesure.sur == 0 else sur(mesure)


def _francs(valeur: float, *, centimes: bool) -> str:
    """48'200, ou 48'200.50 s'il y a des centimes, ici ou à côté."""
    arrondie = round(float(valeur), 2)
    if not arrondie.is_integer() or not centimes:
        return nombre(arrondie) if arrondie.is_integer() else montant(arrondie)
    return f"{nombre(arrondie)}.00"


def _a_des_centimes(mesures: Mesures, anciennes: Mesures | None) -> bool:
    """Vrai si le coût de l'une des deux années n'est pas rond."""
    couts = [m[COUT_ANNUEL].valeur for m in (mesures, anciennes) if m is not None]
    return any(not round(float(cout), 2).is_integer() for cout in couts)


def _dire_l_an_passe(chiffre: Chiffre, mesures: Mesures, anciennes: Mesures) -> str:
    """Le chiffre de l'an passé, avec sa propre base : « 6 sur 25 outils »."""
    ancienne = anciennes[chiffre]
    dit = montrer(chiffre, ancienne, centimes=_a_des_centimes(mesures, anciennes))
    if chiffre is INDISPENSABLES:
        return f"{dit} sur {compter(anciennes[EN_SERVICE].compte, 'outil')}"
    if chiffre.est_un_montant and ancienne.lignes:
        return f"{dit}, pour {nombre(ancienne.compte)} sur {nombre(ancienne.sur or 0)}"
    return dit


def _comparer(chiffre: Chiffre, couts: CoutComparable | None) -> str:
    """Après un montant : « , + 1'200 sur 23 comparables » (connus les deux ans)."""
    if not chiffre.est_un_montant or couts is None or not couts.outils:
        return ""
    ecart = round(couts.apres - couts.avant, 2)
    signe = "+ " if ecart > 0 else "− " if ecart < 0 else "± "
    ecrit = _francs(abs(ecart), centimes=False)
    return f", {signe}{ecrit} sur {compter(couts.outils, 'comparable')}"


def _dire_indispensables(mesures: Mesures) -> str:
    en_service = mesures[EN_SERVICE].compte
    if not en_service:
        return "aucun outil en service inscrit"
    return f"sur {compter(en_service, 'outil')} en service"


def _dire_restauration(mesures: Mesures) -> str:
    mesure, sans = mesures[RESTAURATION], mesures[SANS_SAUVEGARDE].compte
    reste = (mesure.sur or 0) - int(mesure.valeur) - sans
    parts = [
        *([f"{nombre(sans)} sans sauvegarde"] if sans else ()),
        *([f"{nombre(reste)} sans essai inscrit"] if reste else ()),
    ]
    return (", ".join(parts) or _tous(mesure, "avec un essai inscrit")) + _dire_sans_objet(mesure)


def _dire_acces(mesures: Mesures) -> str:
    mesure, seuls = mesures[ACCES], mesures[AU_PRESTATAIRE_SEUL].compte
    reste = (mesure.sur or 0) - int(mesure.valeur) - seuls
    parts = [
        *([f"{nombre(seuls)} au prestataire seul"] if seuls else ()),
        *([f"{nombre(reste)} sans réponse"] if reste else ()),
    ]
    return (", ".join(parts) or _tous(mesure, "tenus")) + _dire_sans_objet(mesure)


def _tous(mesure: Mesure, etat: str) -> str:
    if mesure.sur:
        return f"tous {etat}"
    return "aucun outil concerné" if mesure.sans_objet else "aucun outil indispensable inscrit"


def _dire_sans_objet(mesure: Mesure) -> str:
    return f", {nombre(mesure.sans_objet)} sans objet" if mesure.sans_objet else ""


def _dire_cout(mesures: Mesures) -> str:
    mesure = mesures[COUT_ANNUEL]
    if not mesure.lignes:
        return "aucun coût inscrit"
    return f"connu pour {compter(mesure.compte, 'outil')} sur {nombre(mesure.sur or 0)}"


def _dire_clarifier(mesures: Mesures) -> str:
    mesure = mesures[A_CLARIFIER]
    if not mesure.lignes:
        return "aucune réponse « À clarifier »"
    return f"dans {compter(mesure.compte, 'ligne')}"


_PHRASES: Mapping[str, Callable[[Mesures], str]] = {
    INDISPENSABLES.cle: _dire_indispensables,
    RESTAURATION.cle: _dire_restauration,
    ACCES.cle: _dire_acces,
    COUT_ANNUEL.cle: _dire_cout,
    A_CLARIFIER.cle: _dire_clarifier,
}
