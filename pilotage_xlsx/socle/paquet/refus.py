"""Le refus de lire un fichier : de chacun, le code, le fait et le remède sont ici.

Une `Cause` est ce qu'explique sa fiche (`verification/regles/fic.py`). Un refus en vient, et la
précise s'il peut : quelle partie, quelle borne, quel autre format.

>>> print(abime("la partie « xl/workbook.xml » manque").fait)
Le classeur est abîmé (la partie « xl/workbook.xml » manque).
>>> pas_un_classeur("un PDF").code
'FIC-003'
>>> print(pas_un_classeur("un PDF"))
Ce n'est pas un classeur Excel : le fichier est un PDF. Donner le classeur .xlsx ou .xlsm d'origine.
"""

from __future__ import annotations

from typing import NamedTuple

from pilotage_xlsx.socle.longueur import abreger
from pilotage_xlsx.socle.montrable import sur_une_ligne
from pilotage_xlsx.socle.systeme import Moyen

CONVERTIR = "L'ouvrir, puis « Fichier › Enregistrer sous › Classeur Excel (.xlsx) »."
LUI_MEME = "Donner le classeur lui-même."


class Refus(Exception):
    """Un fichier qu'on ne peut pas lire : le fait, puis le remède, sans le nom du fichier."""

    def __init__(self, code: str, fait: str, remede: str) -> None:
        super().__init__(code, fait, remede)
        self.code = code
        self.fait = fait
        self.remede = remede

    @property
    def moyens(self) -> tuple[Moyen, ...]:
        """Les autres remèdes, que la commande nomme par ses options."""
        return _PAR_CODE[self.code].moyens

    @property
    def phrase(self) -> str:
        """Le fait et le remède, d'un trait."""
        return f"{self.fait} {self.remede}"

    def __str__(self) -> str:
        return self.phrase


class RefusDUnTexte(Refus):
    """Ce n'est pas un classeur, mais un texte : une liste séparée, pour qui sait en lire une."""


class Cause(NamedTuple):
    """Pourquoi un fichier se refuse : ce qui est, pourquoi, que faire, et le doute de sa fiche."""

    code: str
    nom: str
    fait: str
    pourquoi: str
    remede: str
    doute: tuple[str, str]
    moyens: tuple[Moyen, ...] = ()

    def refuser(self, fait: str = "", remede: str = "") -> Refus:
        """Le refus ; un fait ou un remède plus précis prend la place du sien."""
        return Refus(self.code, fait or self.fait, remede or self.remede)

    def situer(self, detail: str) -> Refus:
        """Le refus, dont le fait dit entre parenthèses où, ou combien."""
        return self.refuser(f"{self.fait.removesuffix('.')} ({detail}).")


INTROUVABLE = Cause(
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
)


def introuvable(remede: str) -> Refus:
    """Aucun fichier de ce nom ; ``remede`` dit où chercher."""
    return INTROUVABLE.refuser("Le fichier est introuvable.", remede)


def illisible() -> Refus:
    """Le système n'en donne pas la lecture."""
    return INTROUVABLE.refuser(
        "Le fichier ne peut pas être lu.",
        "Vérifier qu'on en a le droit, et le fermer s'il est ouvert dans Excel.",
    )


def interrompu() -> Refus:
    """La lecture a commencé, et le support ne donne pas la suite."""
    return INTROUVABLE.refuser(
        "Le fichier ne peut pas être lu jusqu'au bout.", "En faire une copie."
    )


def arrete_net() -> Refus:
    """Le processus qui le lisait est mort."""
    return INTROUVABLE.refuser(
        "La lecture de ce classeur s'est arrêtée net.",
        "L'ouvrir dans un tableur et l'enregistrer sous un autre nom.",
    )


def change() -> Refus:
    """Le fichier n'est plus celui qu'on a ouvert pour le recopier."""
    return INTROUVABLE.refuser(
        "Le classeur a changé pendant qu'on en faisait la copie.",
        "Le fermer dans le tableur, puis recommencer.",
    )


VIDE = Cause(
    "FIC-002",
    "fichier_vide",
    "Le fichier est vide.",
    "Un enregistrement ou une copie s'est interrompu.",
    "Reprendre une sauvegarde du classeur.",
    doute=(
        "Un envoi par courriel interrompu laisse un fichier de zéro octet.",
        "Il n'y a vraiment rien dedans : aucun classeur ne tient en zéro octet.",
    ),
)


def creux() -> Refus:
    """Le fichier a une taille, et aucun contenu."""
    return VIDE.refuser(
        "Le fichier n'a que des zéros : sa copie s'est interrompue, ou le nuage (OneDrive) ne "
        "l'a pas encore apporté.",
        "L'ouvrir une fois, ou reprendre une sauvegarde.",
    )


PAS_UN_CLASSEUR = Cause(
    "FIC-003",
    "pas_un_classeur",
    "Ce n'est pas un classeur Excel.",
    "Un document, une image ou une liste au nom changé ne devient pas un classeur.",
    "Donner le classeur .xlsx ou .xlsm d'origine.",
    doute=(
        "Un classeur dont l'extension a été changée.",
        "C'est le contenu qui décide, jamais l'extension du nom.",
    ),
)


def un_texte() -> Refus:
    """Un texte, dont les lignes se recopient, ou s'importent."""
    refus = pas_un_classeur(
        "un texte (peut-être un CSV), sans feuilles ni menus",
        "Si c'est une liste de logiciels ou de prestataires, l'importer en fait un classeur ; "
        "sinon, partir d'un classeur vierge, et y copier les lignes.",
    )
    return RefusDUnTexte(refus.code, refus.fait, refus.remede)


def pas_un_classeur(nature: str, remede: str = "") -> Refus:
    """Un fichier d'un autre type ; ``nature`` le nomme (« un PDF »)."""
    fait = f"{PAS_UN_CLASSEUR.fait.removesuffix('.')} : le fichier est {nature}."
    return PAS_UN_CLASSEUR.refuser(fait, remede)


ABIME = Cause(
    "FIC-004",
    "classeur_abime",
    "Le classeur est abîmé.",
    "Une partie du fichier manque ou ne se lit plus.",
    "L'ouvrir dans Excel ou LibreOffice et l'enregistrer, ou reprendre une sauvegarde.",
    doute=(
        "Un classeur que le tableur ouvre quand même, en le réparant.",
        "Le contrôle ne devine pas ce que la réparation garderait : il demande de "
        "l'enregistrer de nouveau.",
    ),
)


def abime(detail: str) -> Refus:
    """L'archive ou son XML est abîmé ; ``detail`` dit où (« la feuille « Outils » »)."""
    return ABIME.situer(detail)


def liste_abimee(detail: str) -> Refus:
    """Un texte qui ne se coupe pas en colonnes ; ``detail`` dit où."""
    return ABIME.refuser(
        f"La liste ne se coupe pas en colonnes ({detail}).",
        "L'ouvrir dans un tableur et l'enregistrer au format .xlsx.",
    )


PROTEGE = Cause(
    "FIC-005",
    "classeur_protege",
    "Le classeur est protégé par un mot de passe.",
    "Un classeur chiffré ne se lit pas sans son mot de passe, qui ne se demande pas ici.",
    "L'ouvrir, retirer le mot de passe, et l'enregistrer.",
    doute=(
        "Une feuille protégée contre la modification, sans mot de passe pour l'ouvrir.",
        "Elle se lit : seul un fichier entièrement chiffré est refusé.",
    ),
)


def protege_par_excel() -> Refus:
    """Un classeur chiffré par Excel."""
    return PROTEGE.refuser(
        remede="L'ouvrir, retirer le mot de passe (« Fichier › Informations › Protéger le "
        "classeur »), puis l'enregistrer."
    )


def protege_par_libreoffice() -> Refus:
    """Un OpenDocument chiffré."""
    return PROTEGE.refuser(
        remede="L'ouvrir, puis « Fichier › Enregistrer sous » en décochant « Enregistrer avec mot "
        "de passe »."
    )


def archive_protegee() -> Refus:
    """Une archive chiffrée par un autre programme qu'un tableur."""
    return PROTEGE.refuser("L'archive est protégée par un mot de passe.", "Le retirer.")


ANCIEN = Cause(
    "FIC-006",
    "ancien_format_xls",
    "Le classeur est dans l'ancien format .xls.",
    "Ce format, abandonné en 2007, ne garde pas les tables du modèle.",
    CONVERTIR,
    doute=(
        "Un .xlsx enregistré sous un nom en .xls.",
        "Le contenu décide : il est lu comme un .xlsx.",
    ),
)

ODS = Cause(
    "FIC-007",
    "format_ods",
    "Le classeur est au format .ods, qui se contrôle mais ne se retouche pas.",
    "Annoter ou corriger change des parties d'un fichier .xlsx ; un .ods se lit seulement.",
    "L'ouvrir, puis « Fichier › Enregistrer sous », au format « Excel 2007-365 (.xlsx) » dans "
    "LibreOffice, « Classeur Excel (.xlsx) » dans Excel.",
    doute=(
        "Un classeur tenu dans LibreOffice.",
        "Le contrôle, la consolidation et le rapport le lisent tel quel ; seules l'annotation "
        "et la correction le refusent, avec le geste.",
    ),
)

DEMESURE = Cause(
    "FIC-008",
    "classeur_demesure",
    "Le classeur est démesuré.",
    "Une commune n'a pas besoin d'autant de cellules ; un fichier piégé en a.",
    "Supprimer les lignes et les colonnes vides sous et à droite des listes, ou copier les "
    "feuilles du pilotage dans un classeur vierge.",
    doute=(
        "Une mise en forme étendue jusqu'au bas de la feuille.",
        "Une cellule vide, même colorée, ne compte pas : seules comptent les cellules "
        "remplies et la taille réelle.",
    ),
)


def demesure(detail: str) -> Refus:
    """Le classeur dépasse une borne ; ``detail`` dit laquelle."""
    return DEMESURE.situer(detail)


def trop_grand() -> Refus:
    """Le classeur se lit, et ne se retouche pas."""
    return DEMESURE.refuser(
        "Le classeur est trop grand pour qu'une copie en soit retouchée.",
        "Lire les constats dans la page du contrôle, ou supprimer les lignes vides sous les "
        "listes.",
    )


AUTRE_ORIGINE = Cause(
    "FIC-009",
    "autre_origine",
    "Le classeur ne suit pas ce modèle : aucune des feuilles attendues n'y est reconnue.",
    "Sans feuille reconnue, rien ne se contrôle.",
    "Donner le bon fichier, ou partir d'un classeur vierge et y recopier vos listes.",
    doute=(
        "Les feuilles ont été renommées, déplacées, traduites.",
        "Une feuille se reconnaît à sa table, à ses clés cachées, à son nom ou à ses "
        "en-têtes : il faut que les quatre manquent.",
    ),
)


def reunion() -> Refus:
    """Un classeur que le produit a fait de plusieurs autres."""
    return AUTRE_ORIGINE.refuser(
        "Ce classeur est une consolidation ou un rapport, faits d'autres classeurs.",
        "Donner ceux des communes.",
    )


VERROU = Cause(
    "FIC-010",
    "fichier_de_verrou",
    "C'est un fichier de verrou, que le tableur crée pendant que le classeur est ouvert.",
    "Il ne contient aucune donnée.",
    LUI_MEME,
    doute=(
        "Un classeur dont le nom commence par « ~$ ».",
        "Le tableur réserve ce nom à ses verrous ; le classeur lui-même est à côté.",
    ),
)

DOSSIER = Cause(
    "FIC-011",
    "dossier",
    "C'est un dossier, et il n'y a pas de classeur à lire.",
    "Cette place attend un classeur.",
    "Donner un classeur .xlsx ou .xlsm.",
    doute=(
        "Un dossier donné là où il faut un fichier.",
        "Là où un dossier est admis, il est ouvert et chacun de ses classeurs est lu.",
    ),
)

MODELE_PORTE = Cause(
    "FIC-012",
    "modele_porte_invalide",
    "Le modèle que porte ce classeur ne se lit pas.",
    "Un classeur préparé d'après un modèle adapté l'emporte avec lui, et se lit d'après lui ; lu "
    "d'après un autre, il aurait des fautes qui n'en sont pas.",
    "Reprendre une sauvegarde du classeur, ou le demander à qui l'a préparé.",
    doute=(
        "Une propriété du document a été effacée ou changée à la main.",
        "Les feuilles n'y sont pour rien, et rien de ce qui y est saisi n'est perdu : lu d'après "
        "un modèle que l'on donne, le modèle porté ne compte pas.",
    ),
    moyens=(Moyen.MODELE,),
)


def modele_porte(detail: str) -> Refus:
    """Le modèle porté est abîmé, ou ne convient pas ; ``detail`` dit sa première faute."""
    return MODELE_PORTE.situer(abreger(sur_une_ligne(detail)).removesuffix("."))


CLASSEUR_DE_PARTAGE = Cause(
    "FIC-013",
    "classeur_de_partage",
    "C'est un classeur de partage : une partie seulement de celui d'une commune.",
    "Ce qui n'y est pas est resté à la commune ; contrôlé ou repris comme un classeur entier, il "
    "aurait l'air d'avoir tout perdu.",
    "Donner le classeur de la commune. Un partage se réunit avec d'autres, et dit avec qui "
    "s'entraider.",
    doute=(
        "Une commune ne retrouve que le fichier qu'elle a remis à sa région.",
        "Rien n'en est perdu : il s'ouvre dans un tableur, et ses lignes se recopient.",
    ),
)


def partage_recu() -> Refus:
    """Un classeur de partage, là où il en faut un entier."""
    return CLASSEUR_DE_PARTAGE.refuser()


CAUSES = (
    INTROUVABLE, VIDE, PAS_UN_CLASSEUR, ABIME, PROTEGE, ANCIEN, ODS, DEMESURE, AUTRE_ORIGINE,
    VERROU, DOSSIER, MODELE_PORTE, CLASSEUR_DE_PARTAGE,
)  # fmt: skip
"""Tout ce qui fait refuser un fichier, dans l'ordre des codes."""

_PAR_CODE = {cause.code: cause for cause in CAUSES}
