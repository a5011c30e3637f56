"""FIC : les fiches des refus de lire. Le fait vient de la lecture ; la fiche l'explique."""

from __future__ import annotations

from pilotage_xlsx.constats import Constat, Gravite
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.typographie import typographier
from pilotage_xlsx.verification.regle import Fiche


def _fiche(code: str, nom: str, message: str, pourquoi: str, corriger: str) -> Fiche:
    return Fiche(code, nom, Gravite.ERREUR, "2", message, pourquoi, corriger)


FICHES: tuple[Fiche, ...] = (
    _fiche(
        "FIC-001",
        "fichier_introuvable",
        "Le fichier est introuvable ou ne s'ouvre pas.",
        "Le nom est faux, le droit de lire manque, ou un autre programme tient le fichier.",
        "Vérifier le nom et le dossier ; fermer le classeur s'il est ouvert.",
    ),
    _fiche(
        "FIC-002",
        "fichier_vide",
        "Le fichier est vide.",
        "Un enregistrement ou une copie s'est interrompu.",
        "Reprendre une sauvegarde du classeur.",
    ),
    _fiche(
        "FIC-003",
        "pas_un_classeur",
        "Ce n'est pas un classeur Excel.",
        "Un document, une image ou une liste au nom changé ne devient pas un classeur.",
        "Donner le classeur, au format .xlsx ou .xlsm.",
    ),
    _fiche(
        "FIC-004",
        "classeur_abime",
        "Le classeur est abîmé.",
        "Une partie du fichier manque ou ne se lit plus.",
        "L'ouvrir et l'enregistrer de nouveau, ou reprendre une sauvegarde.",
    ),
    _fiche(
        "FIC-005",
        "classeur_protege",
        "Le classeur est protégé par un mot de passe.",
        "Un classeur chiffré ne se lit pas sans son mot de passe, qui ne se demande pas ici.",
        "L'ouvrir, retirer le mot de passe, et l'enregistrer.",
    ),
    _fiche(
        "FIC-006",
        "ancien_format_xls",
        "Le classeur est à l'ancien format .xls.",
        "Ce format, abandonné en 2007, ne garde pas les tables du modèle.",
        "L'ouvrir, puis l'enregistrer sous « Classeur Excel (.xlsx) ».",
    ),
    _fiche(
        "FIC-007",
        "format_ods",
        "Le classeur est au format .ods.",
        "Le contrôle lit le format .xlsx.",
        "L'ouvrir, puis l'enregistrer sous « Excel 2007-365 (.xlsx) ».",
    ),
    _fiche(
        "FIC-008",
        "classeur_demesure",
        "Le classeur est démesuré.",
        "Une commune n'a pas besoin d'autant de cellules ; un fichier piégé en a.",
        "Supprimer les lignes et les colonnes vides sous et à droite des listes.",
    ),
    _fiche(
        "FIC-009",
        "autre_origine",
        "Le classeur ne suit pas ce modèle : aucune feuille n'y est reconnue.",
        "Sans feuille reconnue, rien ne se contrôle.",
        "Donner le bon fichier, ou recopier vos listes dans un classeur neuf.",
    ),
    _fiche(
        "FIC-010",
        "fichier_de_verrou",
        "C'est un fichier de verrou, que le tableur crée pendant que le classeur est ouvert.",
        "Il ne contient aucune donnée.",
        "Donner le classeur lui-même.",
    ),
    _fiche(
        "FIC-011",
        "dossier",
        "C'est un dossier, pas un classeur.",
        "Cette place attend un classeur.",
        "Donner un classeur .xlsx ou .xlsm.",
    ),
)
_PAR_CODE = {fiche.code: fiche for fiche in FICHES}


def constater_le_refus(registre: Registre) -> tuple[Constat, ...]:
    """Le constat d'un classeur refusé ; aucun s'il a été lu.

    La phrase du refus, plus précise que la fiche, dit à la fois le fait et le remède.
    """
    refus = registre.refus
    if refus is None:
        return ()
    fiche = _PAR_CODE[refus.code]
    fait, _, remede = refus.phrase.partition(". ")
    lieu = Emplacement(registre.nom_du_fichier, "", None, None)
    message = typographier(f"{fait.rstrip('.')}.")
    corriger = typographier(remede or fiche.corriger)
    return (Constat(fiche.code, fiche.gravite, message, corriger, fiche.paragraphe, lieu),)
