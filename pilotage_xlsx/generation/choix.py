"""Les menus des références, nourris par ce qui est tapé dans l'autre feuille.

Un menu ne prend qu'une plage, par un nom défini. Une référence vers un seul registre, où
« À clarifier » n'est pas une réponse, désigne sa colonne de clés, de l'en-tête à la dernière clé ;
sinon une colonne d'aide cachée de la feuille des listes rassemble les choix : mentions, clés, et
« À clarifier » à la fin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pilotage_xlsx.generation.listes import FEUILLE, PREMIERE
from pilotage_xlsx.generation.plan import TAPEES, Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.modele import Colonne, Modele
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, CLE_A_CLARIFIER
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import Classeur, FeuilleEcrite, ecrire
from pilotage_xlsx.socle.textes import cle_large

_PREMIERE_COLONNE = 6
_CLES_AU_MOINS, _CLES_DE_RESERVE = 80, 60
"""Ce qu'un menu qui réunit plusieurs registres tient au moins, et après les clés connues."""


@dataclass(frozen=True, slots=True)
class Choix:
    """Les choix d'un menu : des mentions, les clés de chaque registre cité, puis l'aveu."""

    mentions: tuple[str, ...]
    registres: tuple[str, ...]
    avec_l_aveu: bool

    @property
    def nom(self) -> str:
        """Le nom défini que la validation emploie."""
        mentions = "".join(f"_ou_{cle_large(mention)}" for mention in self.mentions)
        aveu = f"_ou_{CLE_A_CLARIFIER}" if self.avec_l_aveu else ""
        return f"choix_{'_'.join(self.registres)}{mentions}{aveu}"

    @property
    def est_direct(self) -> bool:
        """Vrai si le nom peut désigner la colonne de clés elle-même."""
        return not (self.mentions or self.avec_l_aveu) and len(self.registres) == 1


def choix_de(colonne: Colonne) -> Choix:
    """Les choix que propose le menu d'une colonne de référence."""
    return Choix(colonne.mentions, colonne.reference, colonne.admet_l_aveu)


def definir_les_choix(classeur: Classeur, feuille: FeuilleEcrite, plan: Plan) -> None:
    """Définit le nom de chaque menu de référence, et ses colonnes d'aide dans ``feuille``."""
    rang = _PREMIERE_COLONNE
    for choix in _tous(plan.modele):
        sources = [plan.registre(registre) for registre in choix.registres]
        if choix.est_direct:
            cles = _cles(sources[0])
            formule = f"=INDEX({cles},2):INDEX({cles},MAX(2,1+{_compte(sources[0])}))"
        else:
            formule = _ecrire_aide(classeur, feuille, choix, sources, rang)
            rang += 1
        classeur.livre.define_name(choix.nom, formule)


def _tous(modele: Modele) -> Iterator[Choix]:
    colonnes = chain.from_iterable(feuille.colonnes for feuille in modele.feuilles)
    yield from dict.fromkeys(choix_de(colonne) for colonne in colonnes if colonne.reference)


def _ecrire_aide(
    classeur: Classeur,
    feuille: FeuilleEcrite,
    choix: Choix,
    sources: list[PlanDeRegistre],
    rang: int,
) -> str:
    """Écrit une colonne d'aide (comptes, mentions, clés) et rend la formule de sa plage utile."""
    style, colonne, ou = classeur.style("phrase"), rang - 1, lettres_de(rang)
    feuille.set_column(colonne, colonne, 20, None, {"hidden": True})
    for ligne, source in enumerate(sources):
        compte = f"={_compte(source)}"
        feuille.write_formula(ligne, colonne, compte, style, _combien(source))
    for ligne, mention in enumerate(choix.mentions, PREMIERE - 1):
        ecrire(feuille, ligne, colonne, mention, style)
    connues = [nom for source in sources for nom in list(_connues(source))[: _combien(source)]]
    aveu = [A_CLARIFIER] if choix.avec_l_aveu else []
    connues += aveu
    debut = PREMIERE - 1 + len(choix.mentions)
    preparees = sum(source.derniere - source.ligne_entete for source in sources)
    au_plus = min(preparees, max(_CLES_AU_MOINS, len(connues) + _CLES_DE_RESERVE)) + len(aveu)
    formule = _formule(sources, ou, f"(ROW()-{debut})", *aveu)
    valeurs = [*connues, *[""] * (au_plus - len(connues))]
    feuille.partager(debut, colonne, formule, style, valeurs)
    aide = f"{FEUILLE}!${ou}${PREMIERE}:${ou}${debut + au_plus}"
    comptes = f"SUM({FEUILLE}!${ou}$1:${ou}${len(sources)})"
    convenus = len(choix.mentions) + len(aveu)
    return f"=INDEX({aide},1):INDEX({aide},MAX(1,{convenus}+{comptes}))"


def _formule(sources: list[PlanDeRegistre], ou: str, numero: str, dernier: str = "") -> str:
    """La clé n° ``numero`` : dans le premier registre s'il en a assez, sinon dans le suivant…

    Après toutes, ``dernier``. Un nom y tient lieu de chaque plage : la formule se partage.
    """
    reste, formule = numero, ""
    for ligne, source in enumerate(sources, 1):
        compte = f"${ou}${ligne}"
        formule += f'IF({reste}<={compte},INDEX({source.nommer(TAPEES)},1+{reste})&"",'
        reste = f"{reste}-{compte}"
    reste = f'IF({reste}=1,"{dernier}","")'
    return f'=IFERROR({formule}{reste}{")" * len(sources)},"")'


def _cles(source: PlanDeRegistre) -> str:
    return source.plage(source.feuille.cle or "")


def _compte(source: PlanDeRegistre) -> str:
    """Combien de lignes sous l'en-tête, jusqu'à la dernière qui porte une clé neuve ; aucune, la
    feuille effacée.

    Sous la table, où rien ne se calcule, ce qui se tape se suit.
    """
    rangs = f"IFERROR(INT(MAX({source.plage_technique('rang')})),0)"
    debut, fin = source.derniere + 1, source.derniere_aidee
    ou, feuille = lettres_de(source.rang(source.feuille.cle or "")), citer(source.feuille.libelle)
    dessous = f"COUNTA({feuille}!${ou}${debut}:${ou}${fin})"
    avant = f"ROW({feuille}!${ou}${debut})-ROW({feuille}!${ou}${source.ligne_entete})-1"
    return f"MAX({rangs},IFERROR(IF({dessous}>0,{avant}+{dessous},0),0))"


def _combien(source: PlanDeRegistre) -> int:
    """Combien de lignes, jusqu'à la dernière qui porte une clé neuve."""
    nommees = (ligne for ligne in source.lignes if ligne.texte(source.feuille.cle or ""))
    return max((source.premieres[source.cle_de(ligne)] for ligne in nommees), default=0)


def _connues(source: PlanDeRegistre) -> Iterator[str]:
    return (ligne.texte(source.feuille.cle or "") or "" for ligne in source.lignes)
