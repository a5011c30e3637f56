"""La table de ce que les gens tapent : lue de ``saisies.txt``, jouée par un essai, publiée.

Une saisie entre crochets n'est pas un texte : « [nombre 12] », « [date 12.03.2027] »,
« [date 2027] » (le numéro de série qu'une cellule de date en garde), « [formule] », « [erreur] »,
« [vrai] », « [blancs] ».
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.dates import depuis_texte, vers_serie

TABLE = Path(__file__).with_name("saisies.txt")
SENS = {
    "accepté": "compris sans un mot",
    "proposé": "le contrôle propose ce qu'il faut écrire",
    "demandé": "le contrôle dit ce qu'il faut écrire, et la personne choisit",
    "masqué": "signalé, et la valeur ne sort nulle part",
    "vide": "une cellule vide",
}
"""Les réponses définies."""

_NATIVES = {
    "[formule]": Cellule(NatureDeCellule.FORMULE, "=A1*2"),
    "[erreur]": Cellule(NatureDeCellule.ERREUR, "#REF!"),
    "[vrai]": Cellule(NatureDeCellule.BOOLEEN, "1"),
    "[faux]": Cellule(NatureDeCellule.BOOLEEN, "0"),
    "[blancs]": Cellule(NatureDeCellule.TEXTE, "   "),
    "[insécables]": Cellule(NatureDeCellule.TEXTE, "\u00a0\u202f"),
}


@dataclass(frozen=True, slots=True)
class Saisie:
    """Ce que l'on tape dans une colonne, et ce que le contrôle en fait."""

    sujet: str
    registre: str
    colonne: str
    tape: str
    reponse: str
    detail: str

    @property
    def cellule(self) -> Cellule:
        """La cellule telle que le tableur l'enregistre."""
        if self.tape in _NATIVES:
            return _NATIVES[self.tape]
        if self.tape.startswith(("[nombre ", "[date ")):
            genre, _, nombre = self.tape.strip("[]").partition(" ")
            jour = depuis_texte(nombre) if "." in nombre and genre == "date" else None
            serie = f"{vers_serie(jour):.0f}" if jour else nombre
            return Cellule(NatureDeCellule.NOMBRE, serie, est_date=genre == "date")
        return Cellule(NatureDeCellule.TEXTE, self.tape.replace("[insécable]", "\u00a0"))


def saisies() -> Iterator[Saisie]:
    """Toutes les saisies de la table, dans l'ordre."""
    sujet = registre = colonne = ""
    for ligne in TABLE.read_text("utf-8").splitlines():
        if ligne.startswith("#"):
            sujet, _, ou = ligne.removeprefix("#").partition("|")
            registre, _, colonne = ou.strip().partition(".")
        elif ligne.strip():
            tape, reponse, detail = (case.strip() for case in ligne.split(" | ", 2))
            yield Saisie(sujet.strip(), registre, colonne, tape, reponse, detail)


@dataclass(frozen=True, slots=True)
class Situation:
    """Une ligne qui n'est pas comme les autres : son tableau, et où le contrôle dit quoi.

    ``dits`` : « CEL-012 7 », code et ligne ; rien si la situation est acceptée sans un mot.
    """

    titre: str
    reponse: str
    table: str
    dits: tuple[str, ...] = ()


SITUATIONS = (
    Situation(
        "Une ligne « Total » tapée sous la liste",
        "Elle n'est pas comptée ; le contrôle demande de la supprimer, et ne dit rien d'autre.",
        """
        outils | nom   | cout_annuel
               | GED   | 1200
               | Total | 1200
        """,
        ("CEL-012 7",),
    ),
    Situation(
        "« Total » tapé dans une colonne de la commune",
        "Le mot y compte comme dans la première.",
        """
        outils | Repère | nom   | cout_annuel
               | A      | GED   | 1200
               | Total  |       | 1200
        """,
        ("CEL-012 7",),
    ),
    Situation(
        "Un titre au milieu de la liste",
        "Le contrôle demande si c'en est un, plutôt que d'y réclamer chaque cellule.",
        """
        outils | nom              | domaine
               | SERVICE DES EAUX |
               | GED              | Archivage
        """,
        ("CEL-021 6",),
    ),
    Situation(
        "L'en-tête recollé au milieu de la liste",
        "Le contrôle demande de supprimer la ligne, et ne dit rien d'autre.",
        """
        outils | nom              | domaine   | criticite
               | GED              | Archivage | Important
               | Outil ou service | Domaine   | Criticité
        """,
        ("CEL-020 7",),
    ),
    Situation(
        "Une ligne sans nom, mais commencée",
        "Un seul constat, et non un par cellule vide.",
        """
        outils | nom | domaine   | criticite
               |     | Archivage | Important
        """,
        ("CEL-011 6",),
    ),
    Situation(
        "Une ligne à demi vide",
        "Chaque cellule demandée se dit à sa place ; les cellules facultatives ne se disent pas.",
        """
        prestataires | nom      | prestation | contact | siege  | contrat
                     | Alpha SA | Support    |         | Suisse | Signé
        """,
        ("CEL-001 6", "CEL-001 6"),
    ),
    Situation(
        "Une ligne vide au milieu de la liste",
        "La lecture ne s'arrête pas : ce qui suit est contrôlé à sa vraie ligne.",
        """
        outils | nom | criticite
               | GED | Important
               |     |
               | Eau | Vitale
        """,
        ("CEL-002 8",),
    ),
    Situation(
        "Une note dans une colonne à la commune",
        "Une colonne à la commune n'est jamais un constat, quoi qu'elle contienne.",
        """
        outils | nom | Avis de la boursière
               | GED | ?
        """,
    ),
)
"""Ce qui se voit sur une ligne entière."""

_ENTETE = """<!-- Page dérivée : ne pas la modifier à la main (outils/construire_pages.py). -->

# Ce que l'on tape, et ce que le contrôle en fait

Chaque saisie a une réponse définie, et chaque rangée est un essai. Ce qui est sans équivoque est
compris sans un mot ; ce qui est probable est proposé ; le reste est demandé. Rien n'est jamais
changé dans le classeur.

Entre crochets, ce qui n'est pas un texte : `[date 2027]` est ce qu'un tableur garde de « 2027 »
tapé dans une cellule de date (il y montre le 19 juillet 1905).
"""

_PIED = """
## Et encore

- **Cellules fusionnées** : la valeur est celle du coin, celle que le tableur montre.
- **Lignes cachées ou filtrées** : contrôlées comme les autres ; le remède dit d'enlever le filtre.
- **Numéro AVS, mot de passe** : masqués dans le texte, le JSON, le CSV, la page HTML, la copie
  annotée, la consolidation et le rapport, même tapés comme un nombre ou dans une colonne à la
  commune.
"""


def page() -> str:
    """La page ``docs/saisies.md``."""
    lignes = [_ENTETE]
    sujet = ""
    for saisie in saisies():
        if saisie.sujet != sujet:
            sujet = saisie.sujet
            lignes += [f"\n## {sujet}\n", "| On tape | Réponse | |", "|---|---|---|"]
        tape = saisie.tape.replace("|", "\\|")
        lignes.append(f"| `{tape}` | {saisie.reponse} | {saisie.detail} |")
    lignes += ["\n## Une ligne entière\n", "| Situation | Réponse | Règle |", "|---|---|---|"]
    for situation in SITUATIONS:
        regles = ", ".join(dict.fromkeys(dit.split()[0] for dit in situation.dits)) or "aucune"
        lignes.append(f"| {situation.titre} | {situation.reponse} | {regles} |")
    return "\n".join([*lignes, _PIED])
