"""La liste « À faire » : la n-ième ligne cherche la n-ième clé de la réserve, puis sa ligne."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotage_xlsx.generation.echeancier import FAMILLES, SIGLES, UN_JOUR, UNE_FAMILLE
from pilotage_xlsx.generation.jumelles import famille_de, trier
from pilotage_xlsx.generation.liens import adresse, adresser, nom_de_feuille
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import blanchir, citer
from pilotage_xlsx.generation.tableau.disposition import (
    ADRESSE,
    CLE,
    ET_ENCORE,
    FAMILLE,
    POSITION,
    TACHES_MONTREES,
    Calculee,
    Disposition,
    montrer,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.taches import Tache, Travail, a_faire
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.typographie import phraser

RIEN = phraser("Rien n'est inscrit d'ici là.")
_AUJOURD_HUI = phraser("aujourd'hui")
OBJET_AU_PLUS = 24
_OBJETS = {
    "contrat": "prestataire",
    "revision": "decision",
    "proposition": "decision",
    "incident": "nature",
}
"""La colonne qui dit à quel propos, par famille de tâches."""


_TRAVAUX = {
    "revision": Travail.REVISION,
    "proposition": Travail.PROPOSITION,
    "incident": Travail.INCIDENT,
}
"""Ce que demande une tâche, par famille ; un contrat le dit par son sigle."""


class ListeDesTaches:
    """Les cellules de la liste : leurs formules, et leurs valeurs."""

    def __init__(
        self, plan: Plan, disposition: Disposition, liens: Liens, styles: StylesDuTableau
    ) -> None:
        self.ou = disposition
        self.registres = {famille: plan.registre(nom) for famille, nom in FAMILLES.items()}
        self.au = liens.au
        self.taches = a_faire(liens)
        self.cachee, self.legende = styles.cachee, styles.legende
        self.styles = {
            **dict.fromkeys((CLE, FAMILLE, POSITION, ADRESSE), styles.cachee),
            "A": styles.texte,
            "B": styles.date,
            "C": styles.texte,
            "D": styles.lien,
            "E": styles.texte_libre,
        }

    def cellules(self) -> Iterator[Calculee]:
        """Toutes les lignes, le nombre de tâches qui n'y tiennent pas, et leurs réserves."""
        for rang in range(1, TACHES_MONTREES + 1):
            ligne = self.ou.premiere_tache + rang - 1
            formules = {**self._reperes(ligne, rang), **self._visibles(ligne, rang)}
            tache = self.taches[rang - 1] if rang <= len(self.taches) else None
            valeurs = self._valeurs(tache) if tache else {}
            if rang == 1 and tache is None:
                valeurs = {"A": RIEN}
            for ou, formule in formules.items():
                valeur = valeurs.get(ou, "")
                yield Calculee(f"{ou}{ligne}", f"={formule}", valeur, self.styles[ou])
        yield self._reste()
        yield from self._reserves()

    def compte(self) -> str:
        """Le nombre de tâches, même de celles qui ne se montrent pas."""
        comptes = (f"IFERROR(COUNT({self._cles(famille)}),0)" for famille in FAMILLES)
        return f"({'+'.join(comptes)})"

    def retards(self) -> str:
        """Le nombre de contrats et de révisions dont le terme est passé."""
        borne = f'"<"&{self.ou.aujourd_hui}*{UN_JOUR}'
        comptes = (
            f"IFERROR(COUNTIF({self._cles(famille)},{borne}),0)"
            for famille in ("contrat", "revision")
        )
        return f"({'+'.join(comptes)})"

    def _cles(self, famille: str) -> str:
        return self.registres[famille].plage_technique(famille)

    def _reserves(self) -> Iterator[Calculee]:
        """Les premières clés de chaque famille, et le nom actuel de sa feuille."""
        for numero, (famille, registre) in enumerate(self.registres.items()):
            siennes = [tache for tache in self.taches if famille_de(tache) == famille]
            cles = [self._cle(tache) for tache in siennes[:TACHES_MONTREES]]
            for rang in range(TACHES_MONTREES):
                formule = f'=IFERROR(SMALL({self._cles(famille)},{rang + 1}),"")'
                valeur = cles[rang] if rang < len(cles) else ""
                yield Calculee(self.ou.tache_de(numero, rang), formule, valeur, self.cachee)
            libelle = registre.feuille.libelle
            ou = self.ou.nom_de(numero).replace("$", "")
            yield Calculee(ou, f"={nom_de_feuille(libelle)}", libelle, self.cachee)

    def _cle(self, tache: Tache) -> float:
        return trier(tache, self.registres[famille_de(tache)].places[tache.ligne])

    def _reste(self) -> Calculee:
        reste = f"{self.compte()}-{TACHES_MONTREES}"
        formule = f'=IF({reste}>0,"{ET_ENCORE}"&({reste})&", dans les registres.","")'
        valeur = len(self.taches) - TACHES_MONTREES
        texte = f"{ET_ENCORE}{valeur}, dans les registres." if valeur > 0 else ""
        return Calculee(f"A{self.ou.sous_les_taches}", formule, texte, self.legende)

    def _reperes(self, ligne: int, rang: int) -> Mapping[str, str]:
        """Les cellules cachées : la clé, la famille, la place, l'adresse de la ligne d'origine."""
        cle, famille, position = f"${CLE}{ligne}", f"${FAMILLE}{ligne}", f"${POSITION}{ligne}"
        nom = f"INDEX({self.ou.noms},{famille})"
        rangee = f"{self._choisir_un(famille, 'ROW')}+{position}"
        rang_cle = self._choisir_un(famille, "COLUMN")
        return {
            CLE: f'IFERROR(SMALL({self.ou.taches_de_toutes},{rang}),"")',
            FAMILLE: f'IF({cle}="","",INT(MOD({cle},{UN_JOUR})/{UNE_FAMILLE})+1)',
            POSITION: f'IF({cle}="","",MOD({cle},{UNE_FAMILLE}))',
            ADRESSE: f'IF({cle}="","",{adresser(nom, rangee, rang_cle)})',
        }

    def _choisir_un(self, famille: str, fonction: str) -> str:
        cles = ",".join(f"{fonction}({_entete_de_cle(r)})" for r in self.registres.values())
        return f"CHOOSE({famille},{cles})"

    def _visibles(self, ligne: int, rang: int) -> Mapping[str, str]:
        """Les cellules qui se lisent : quoi, quel jour, quel délai, où, à quel propos."""
        jour = f"INT(${CLE}{ligne}/{UN_JOUR})"
        cles = {famille: r.feuille.cle or "" for famille, r in self.registres.items()}
        formules = {
            "A": f"CHOOSE(${FAMILLE}{ligne},{self._travaux(ligne)})",
            "B": jour,
            "C": formuler_le_delai(f"({jour}-{self.ou.aujourd_hui})"),
            "D": f"HYPERLINK(${ADRESSE}{ligne},{self._choisir(cles, ligne)})",
            "E": _formuler_la_coupe(self._choisir(_OBJETS, ligne)),
        }
        sinon = {"A": RIEN} if rang == 1 else {}
        return {
            ou: f'IF(${CLE}{ligne}="","{sinon.get(ou, "")}",{formule})'
            for ou, formule in formules.items()
        }

    def _travaux(self, ligne: int) -> str:
        """Les mots de chaque famille ; un contrat en a selon son sigle."""
        sigles = self.registres["contrat"].plage_technique("sigle")
        sigle = f"INDEX({sigles},1+${POSITION}{ligne})"
        mots = ",".join(f'"{travail}"' for travail in SIGLES)
        contrat = f'CHOOSE(FIND({sigle},"{"".join(SIGLES.values())}"),{mots})'
        return ",".join([contrat, *(f'"{travail}"' for travail in _TRAVAUX.values())])

    def _choisir(self, colonnes: Mapping[str, str], ligne: int) -> str:
        """Le texte de la colonne qui convient à la famille, dans la ligne d'origine."""
        textes = (
            f'INDEX({registre.plage(colonnes[famille])},1+${POSITION}{ligne})&""'
            for famille, registre in self.registres.items()
        )
        return blanchir(f'IFERROR(CHOOSE(${FAMILLE}{ligne},{",".join(textes)}),"")')

    def _valeurs(self, tache: Tache) -> Mapping[str, float | str]:
        famille = famille_de(tache)
        registre = self.registres[famille]
        position = registre.places[tache.ligne]
        cle, jour = registre.feuille.cle or "", vers_serie(tache.jour)
        lieu = (registre.feuille.libelle, registre.ligne_entete + position, registre.rang(cle))
        return {
            CLE: self._cle(tache),
            FAMILLE: list(FAMILLES).index(famille) + 1,
            POSITION: position,
            ADRESSE: adresse(*lieu),
            "A": tache.travail,
            "B": jour,
            "C": dire_le_delai((tache.jour - self.au).days),
            "D": montrer(tache.ligne, cle),
            "E": couper(montrer(tache.ligne, _OBJETS[famille])),
        }


def _entete_de_cle(registre: PlanDeRegistre) -> str:
    ou = lettres_de(registre.rang(registre.feuille.cle or ""))
    return f"{citer(registre.feuille.libelle)}!${ou}${registre.ligne_entete}"


def _formuler_la_coupe(texte: str) -> str:
    """La jumelle de `couper`."""
    return f'LEFT({texte},{OBJET_AU_PLUS})&IF(LEN({texte})>{OBJET_AU_PLUS},"…","")'


def couper(texte: str) -> str:
    """Ce qui tient sur une ligne ; un « … » dit que la suite est dans la feuille."""
    return f"{texte[:OBJET_AU_PLUS]}…" if len(texte) > OBJET_AU_PLUS else texte


def formuler_le_delai(jours: str) -> str:
    """La jumelle de `dire_le_delai`."""
    a_venir = f'IF({jours}=1,"demain","dans "&{jours}&" jours")'
    passe = f'IF({jours}=-1,"hier","il y a "&-{jours}&" jours")'
    return f'IF({jours}=0,"{_AUJOURD_HUI}",IF({jours}>0,{a_venir},{passe}))'


def dire_le_delai(jours: int) -> str:
    """« dans 12 jours », « il y a 3 jours »."""
    if jours in _TOUT_PROCHES:
        return _TOUT_PROCHES[jours]
    return f"dans {jours} jours" if jours > 0 else f"il y a {-jours} jours"


_TOUT_PROCHES = {-1: "hier", 0: _AUJOURD_HUI, 1: "demain"}
