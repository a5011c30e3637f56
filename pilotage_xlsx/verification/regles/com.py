"""COM : le référent, son suppléant, et la relecture de l'inventaire."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.delais import champs_illisibles
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.socle.textes import Texte, cle_large
from pilotage_xlsx.verification.phrases import accorder
from pilotage_xlsx.verification.regle import Fait, regle, sur

_ACTIF = Marque("prestataires", "statut", "actif")


@regle(
    "COM-001",
    Gravite.AVERTISSEMENT,
    "3.1",
    message="Le suppléant du référent est le référent lui-même : {valeur}.",
    pourquoi="Pendant une absence, personne ne remplace le référent.",
    corriger="Désigner une autre personne comme suppléant.",
    doute=(
        "Le référent et son suppléant portent le même nom de famille.",
        "Il faut les mêmes mots, prénom compris, dans un ordre ou dans l'autre.",
    ),
)
def suppleant_est_le_referent(liens: Liens) -> Iterator[Fait]:
    commune = liens.registre.commune
    referent, suppleant = commune.texte("referent_nom"), commune.texte("suppleant_nom")
    if referent and suppleant and _mots(referent) == _mots(suppleant) != [""]:
        yield sur(commune, "suppleant_nom", aussi=(commune.emplacement("referent_nom"),))


def _mots(nom: Texte) -> list[str]:
    """Les mots d'un nom, sans ordre : « Favre Anne » est « Anne Favre »."""
    return sorted(map(cle_large, nom.split()))


@regle(
    "COM-002",
    Gravite.ATTENTION,
    "4",
    message="Le référent est employé par « {valeur} », qui est aussi un prestataire de la commune.",
    pourquoi="Un prestataire conseille et ne décide pas ; le référent prépare les décisions.",
    corriger="Faire préparer par une autre personne les décisions qui touchent ce prestataire.",
    doute=(
        "L'employeur est une association de communes, inscrite comme prestataire.",
        "Ce n'est qu'un point d'attention, et le prestataire doit être actif.",
    ),
)
def referent_employe_d_un_prestataire(liens: Liens) -> Iterator[Fait]:
    commune = liens.registre.commune
    employeur = liens.etat.trouver("prestataires", commune.texte("referent_employeur"))
    if employeur is not None and liens.est(employeur, _ACTIF):
        yield sur(commune, "referent_employeur")


@regle(
    "COM-003",
    Gravite.ATTENTION,
    "3.2",
    message="L'inventaire a été revu pour la dernière fois le {valeur}, il y a {delai}.",
    pourquoi="Un inventaire qui n'est pas relu chaque année ne dit plus ce qui est.",
    corriger="Relire la feuille « Outils » en entier, puis inscrire la date d'aujourd'hui.",
    doute=(
        "L'inventaire a été relu, la date n'a pas été inscrite.",
        "Le constat dit la date inscrite ; sans date, il ne dit rien.",
    ),
)
def inventaire_a_relire(liens: Liens) -> Iterator[Fait]:
    commune = liens.registre.commune
    age = liens.jours_depuis(commune.date("inventaire_revu_le"))
    if age is not None and age > liens.etat.seuil("seuil_relecture"):
        attend, delai = champs_illisibles(liens, "seuil_relecture"), accorder(age, "jour")
        yield sur(commune, "inventaire_revu_le", attend=attend, delai=delai)
