"""La liste « À faire » : la n-ième ligne cherche la n-ième clé de la réserve, puis sa ligne."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pilotage_xlsx.generation.echeancier import SIGLES, Echeancier, plage_de
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.syntaxe import blanchir
from pilotage_xlsx.generation.tableau.places import (
    ADRESSE,
    AUJOURD_HUI,
    CLE,
    JOUR,
    NOM,
    POIDS,
    POSITION,
    PREMIERE_TACHE,
    RANG,
    SEGMENT,
    TACHES_MONTREES,
    Calculee,
    Segment,
    adresse_de,
    colonne,
    en_tete_de_cle,
    lier,
    montrer,
)
from pilotage_xlsx.generation.tableau.reserve import FAMILLES
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.taches import Tache, a_faire
from pilotage_xlsx.socle.dates import vers_serie

RIEN = "Rien n'est inscrit d'ici là."
_OBJETS = {
    "contrat": "prestataire",
    "revision": "decision",
    "proposition": "decision",
    "incident": "nature",
}
"""La colonne qui dit à quel propos, par famille de tâches."""


class ListeDesTaches:
    """Les cellules de la liste : leurs formules, et leurs valeurs."""

    def __init__(
        self, plan: Plan, segments: Sequence[Segment], liens: Liens, styles: StylesDuTableau
    ) -> None:
        self.plan = plan
        self.segments = segments
        self.au = liens.au
        self.taches = a_faire(liens)
        self.jours = colonne(JOUR, segments[-1].fin)
        self.styles = {
            **dict.fromkeys((CLE, RANG, SEGMENT, POSITION, ADRESSE), styles.cachee),
            "A": styles.texte,
            "B": styles.date,
            "C": styles.texte,
            "D": styles.lien,
            "E": styles.texte,
        }
        self.legende = styles.legende

    def cellules(self) -> Iterator[Calculee]:
        """Toutes les lignes, puis le nombre de tâches qui n'y tiennent pas."""
        for rang in range(1, TACHES_MONTREES + 1):
            ligne = PREMIERE_TACHE + rang - 1
            formules = {**self._reperes(ligne, rang), **self._visibles(ligne, rang)}
            tache = self.taches[rang - 1] if rang <= len(self.taches) else None
            valeurs = self._valeurs(tache) if tache else {}
            if rang == 1 and tache is None:
                valeurs = {"A": RIEN}
            for ou, formule in formules.items():
                valeur = valeurs.get(ou, "")
                yield Calculee(f"{ou}{ligne}", f"={formule}", valeur, self.styles[ou])
        yield self._reste()

    def _reste(self) -> Calculee:
        reste = f"COUNT({self.jours})-{TACHES_MONTREES}"
        formule = f'=IF({reste}>0,"Et encore : "&({reste})&", dans leurs feuilles.","")'
        valeur = len(self.taches) - TACHES_MONTREES
        texte = f"Et encore : {valeur}, dans leurs feuilles." if valeur > 0 else ""
        return Calculee(f"A{PREMIERE_TACHE + TACHES_MONTREES}", formule, texte, self.legende)

    def _reperes(self, ligne: int, rang: int) -> Mapping[str, str]:
        """Les cellules cachées : la clé, le segment, la place, l'adresse de la ligne d'origine."""
        cle, ordre, numero = f"${CLE}{ligne}", f"${RANG}{ligne}", f"${SEGMENT}{ligne}"
        debuts = [str(segment.debut) for segment in self.segments]
        bornes = "".join(f"+({ordre}>{debut})" for debut in debuts[1:])
        cles = [en_tete_de_cle(segment.registre) for segment in self.segments]
        nom = f"INDEX({colonne(NOM, len(self.segments))},{numero})"
        rangee = f"CHOOSE({numero},{','.join(f'ROW({cle})' for cle in cles)})+${POSITION}{ligne}"
        rang_cle = f"CHOOSE({numero},{','.join(f'COLUMN({cle})' for cle in cles)})"
        return {
            CLE: f'IFERROR(SMALL({self.jours},{rang}),"")',
            RANG: f'IF({cle}="","",MOD({cle},{POIDS}))',
            SEGMENT: f'IF({cle}="","",1{bornes})',
            POSITION: f'IF({cle}="","",{ordre}-CHOOSE({numero},{",".join(debuts)}))',
            ADRESSE: f'IF({cle}="","",{lier(nom, rangee, rang_cle)})',
        }

    def _visibles(self, ligne: int, rang: int) -> Mapping[str, str]:
        """Les cellules qui se lisent : quoi, quel jour, quel délai, où, à quel propos."""
        jour = f"INT(${CLE}{ligne}/{POIDS})"
        cles = {s.famille: s.registre.feuille.cle or "" for s in self.segments}
        formules = {
            "A": f"CHOOSE(${SEGMENT}{ligne},{self._travaux(ligne)})",
            "B": jour,
            "C": formuler_le_delai(f"({jour}-{AUJOURD_HUI})"),
            "D": f"HYPERLINK(${ADRESSE}{ligne},{self._choisir(cles, ligne)})",
            "E": self._choisir(_OBJETS, ligne),
        }
        sinon = {"A": RIEN} if rang == 1 else {}
        return {
            ou: f'IF(${CLE}{ligne}="","{sinon.get(ou, "")}",{formule})'
            for ou, formule in formules.items()
        }

    def _travaux(self, ligne: int) -> str:
        """Les mots de chaque famille ; un contrat en a selon son jour."""
        position = f"${POSITION}{ligne}"
        outil = Echeancier(
            self.plan, self.segments[0].registre, position=position, aujourd_hui=AUJOURD_HUI
        )
        contrats = [travail for travail in SIGLES if travail not in FAMILLES]
        rang = f'FIND({outil.sigle_du_contrat()},"{"".join(SIGLES[t] for t in contrats)}")'
        mots = ",".join(f'"{travail}"' for travail in contrats)
        autres = ",".join(f'"{travail}"' for travail in FAMILLES)
        return f"CHOOSE({rang},{mots}),{autres}"

    def _choisir(self, colonnes: Mapping[str, str], ligne: int) -> str:
        """Le texte de la colonne qui convient à la famille, dans la ligne d'origine."""
        textes = (
            f"INDEX({plage_de(s.registre, s.registre.rang(colonnes[s.famille]))},"
            f'1+${POSITION}{ligne})&""'
            for s in self.segments
        )
        return blanchir(f'IFERROR(CHOOSE(${SEGMENT}{ligne},{",".join(textes)}),"")')

    def _valeurs(self, tache: Tache) -> Mapping[str, float | str]:
        famille = FAMILLES.get(tache.travail, "contrat")
        numero = [segment.famille for segment in self.segments].index(famille)
        segment = self.segments[numero]
        position = segment.registre.lignes.index(tache.ligne) + 1
        ordre, jour = segment.debut + position, vers_serie(tache.jour)
        return {
            CLE: jour * POIDS + ordre,
            RANG: ordre,
            SEGMENT: numero + 1,
            POSITION: position,
            ADRESSE: adresse_de(segment.registre, position),
            "A": tache.travail,
            "B": jour,
            "C": dire_le_delai((tache.jour - self.au).days),
            "D": montrer(tache.ligne, segment.registre.feuille.cle or ""),
            "E": montrer(tache.ligne, _OBJETS[famille]),
        }


def formuler_le_delai(jours: str) -> str:
    """La jumelle de `dire_le_delai`."""
    a_venir = f'IF({jours}=1,"demain","dans "&{jours}&" jours")'
    passe = f'IF({jours}=-1,"hier","il y a "&-{jours}&" jours")'
    return f'IF({jours}=0,"aujourd\'hui",IF({jours}>0,{a_venir},{passe}))'


def dire_le_delai(jours: int) -> str:
    """« dans 12 jours », « il y a 3 jours »."""
    if jours in _TOUT_PROCHES:
        return _TOUT_PROCHES[jours]
    return f"dans {jours} jours" if jours > 0 else f"il y a {-jours} jours"


_TOUT_PROCHES = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
