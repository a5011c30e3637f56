"""FIC : les fiches des refus de lire. Le fait vient de la lecture ; la fiche l'explique."""

from __future__ import annotations

from pilotage_xlsx.constats import Constat, Gravite
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.regle import Doute, Fiche


def _fiche(code: str, nom: str, *textes: str, doute: Doute) -> Fiche:
    """``textes`` : le message, le pourquoi, le remède."""
    message, pourquoi, corriger = textes
    return Fiche(code, nom, Gravite.ERREUR, "2", message, pourquoi, corriger, doute)


FICHES: tuple[Fiche, ...] = (
    _fiche(
        "FIC-001",
        "fichier_introuvable",
        "Le fichier est introuvable ou ne s'ouvre pas.",
        "Le nom est faux, le droit de lire manque, ou un autre programme tient le fichier.",
        "Vérifier le nom et le dossier ; fermer le classeur s'il est ouvert.",
        doute=(
            "Le fichier est ouvert par quelqu'un d'autre sur le réseau de la commune.",
            "Un fichier seulement ouvert ailleurs se lit ; il n'est refusé que si le "
            "système en interdit la lecture.",
        ),
    ),
    _fiche(
        "FIC-002",
        "fichier_vide",
        "Le fichier est vide.",
        "Un enregistrement ou une copie s'est interrompu.",
        "Reprendre une sauvegarde du classeur.",
        doute=(
            "Un envoi par courriel interrompu laisse un fichier de zéro octet.",
            "Il n'y a vraiment rien dedans : aucun classeur ne tient en zéro octet.",
        ),
    ),
    _fiche(
        "FIC-003",
        "pas_un_classeur",
        "Ce n'est pas un classeur Excel.",
        "Un document, une image ou une liste au nom changé ne devient pas un classeur.",
        "Donner le classeur, au format .xlsx ou .xlsm.",
        doute=(
            "Un classeur dont l'extension a été changée.",
            "C'est le contenu qui décide, jamais l'extension du nom.",
        ),
    ),
    _fiche(
        "FIC-004",
        "classeur_abime",
        "Le classeur est abîmé.",
        "Une partie du fichier manque ou ne se lit plus.",
        "L'ouvrir et l'enregistrer de nouveau, ou reprendre une sauvegarde.",
        doute=(
            "Un classeur que le tableur ouvre quand même, en le réparant.",
            "Le contrôle ne devine pas ce que la réparation garderait : il demande de "
            "l'enregistrer de nouveau.",
        ),
    ),
    _fiche(
        "FIC-005",
        "classeur_protege",
        "Le classeur est protégé par un mot de passe.",
        "Un classeur chiffré ne se lit pas sans son mot de passe, qui ne se demande pas ici.",
        "L'ouvrir, retirer le mot de passe, et l'enregistrer.",
        doute=(
            "Une feuille protégée contre la modification, sans mot de passe pour l'ouvrir.",
            "Elle se lit : seul un fichier entièrement chiffré est refusé.",
        ),
    ),
    _fiche(
        "FIC-006",
        "ancien_format_xls",
        "Le classeur est à l'ancien format .xls.",
        "Ce format, abandonné en 2007, ne garde pas les tables du modèle.",
        "L'ouvrir, puis l'enregistrer sous « Classeur Excel (.xlsx) ».",
        doute=(
            "Un .xlsx enregistré sous un nom en .xls.",
            "Le contenu décide : il est lu comme un .xlsx.",
        ),
    ),
    _fiche(
        "FIC-007",
        "format_ods",
        "Le classeur est au format .ods, qui se contrôle mais ne s'annote pas.",
        "Annoter ou corriger change des parties d'un fichier .xlsx ; un .ods se lit seulement.",
        "L'ouvrir, puis l'enregistrer sous « Excel 2007-365 (.xlsx) ».",
        doute=(
            "Un classeur tenu dans LibreOffice.",
            "Le contrôle, la consolidation et le rapport le lisent tel quel ; seules l'annotation "
            "et la correction le refusent, avec le geste.",
        ),
    ),
    _fiche(
        "FIC-008",
        "classeur_demesure",
        "Le classeur est démesuré.",
        "Une commune n'a pas besoin d'autant de cellules ; un fichier piégé en a.",
        "Supprimer les lignes et les colonnes vides sous et à droite des listes.",
        doute=(
            "Une mise en forme étendue jusqu'au bas de la feuille.",
            "Une cellule vide, même colorée, ne compte pas : seules comptent les cellules "
            "remplies et la taille réelle.",
        ),
    ),
    _fiche(
        "FIC-009",
        "autre_origine",
        "Le classeur ne suit pas ce modèle : aucune feuille n'y est reconnue.",
        "Sans feuille reconnue, rien ne se contrôle.",
        "Donner le bon fichier, ou recopier vos listes dans un classeur neuf.",
        doute=(
            "Les feuilles ont été renommées, déplacées, traduites.",
            "Une feuille se reconnaît à sa table, à ses clés cachées, à son nom ou à ses "
            "en-têtes : il faut que les quatre manquent.",
        ),
    ),
    _fiche(
        "FIC-010",
        "fichier_de_verrou",
        "C'est un fichier de verrou, que le tableur crée pendant que le classeur est ouvert.",
        "Il ne contient aucune donnée.",
        "Donner le classeur lui-même.",
        doute=(
            "Un classeur dont le nom commence par « ~$ ».",
            "Le tableur réserve ce nom à ses verrous ; le classeur lui-même est à côté.",
        ),
    ),
    _fiche(
        "FIC-011",
        "dossier",
        "C'est un dossier, pas un classeur.",
        "Cette place attend un classeur.",
        "Donner un classeur .xlsx ou .xlsm.",
        doute=(
            "Un dossier donné là où il faut un fichier.",
            "Là où un dossier est admis, il est ouvert et chacun de ses classeurs est lu.",
        ),
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


def constater_la_demesure(registre: Registre) -> Constat:
    """Le constat d'un classeur qui a trop de fautes pour les dire toutes."""
    fiche = _PAR_CODE["FIC-008"]
    return Constat(
        fiche.code,
        fiche.gravite,
        typographier("Le classeur a des milliers de fautes ; elles ne sont pas toutes montrées."),
        "Corriger d'abord celles-ci, puis recommencer ; une colonne importée de travers se recopie "
        "en une fois.",
        fiche.paragraphe,
        Emplacement(registre.nom_du_fichier, "", None, None),
    )
