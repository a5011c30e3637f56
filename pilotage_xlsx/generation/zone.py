"""La zone cachée d'un registre : ce que ses lignes consultent, écrit une fois au-dessus d'elles.

Une place par colonne du modèle : où elle est maintenant (`places`), son libellé, ses mots si c'est
une liste. Une cellule se désigne par sa place dans la ligne : une colonne coupée et collée
ailleurs, insérée ou renommée se retrouve, comme la lecture le fait : par la clé cachée si
l'en-tête est encore le sien, sinon par l'en-tête, sinon par la clé.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.balises import BALISE, EGAL
from pilotage_xlsx.generation.mots import Mots
from pilotage_xlsx.generation.numeros import DANS_L_ANNEE, prochain_numero
from pilotage_xlsx.generation.plan import (
    COLONNE_SIGNES,
    COLONNE_TEXTES,
    RANG_GAUCHE,
    Plan,
    PlanDeRegistre,
)
from pilotage_xlsx.generation.syntaxe import comparable, proteger
from pilotage_xlsx.generation.techniques import a_des_echeances
from pilotage_xlsx.metier.executif import sans_article
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.socle.adresses import lettres_de, situer
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.tableur import Classeur, FeuilleEcrite, ecrire

_JOKERS = motif(r"[~*?]")
_LIGNE_DES_MOTS = 2
_AVANT_LA_RANGEE = RANG_GAUCHE - 1


class Zone:
    """Les adresses de la zone d'un registre, vues de sa feuille."""

    def __init__(self, plan: PlanDeRegistre) -> None:
        self.plan = plan
        feuille = plan.feuille
        calculees = (colonne for colonne in feuille.colonnes if not colonne.est_saisie)
        self.colonnes = (*feuille.saisies, *calculees)
        self._rangs = {c.id: rang for rang, c in enumerate(self.colonnes, plan.rang_zone)}
        suivant = plan.rang_zone + len(self.colonnes)
        self.annee = self._a(suivant, plan.ligne_cles)
        self.prochain = self._a(suivant + 1, plan.ligne_cles)
        self.libre = self._a(suivant + 2, plan.ligne_cles)
        self.perdues = self._a(suivant + 3, plan.ligne_cles)
        self.aujourd_hui = self._a(suivant + 4, plan.ligne_cles)
        self.horizon = self._a(suivant + 5, plan.ligne_cles)
        self.fin = suivant + 5

    def place(self, colonne: str) -> str:
        """Le rang de la colonne dans la rangée, où qu'elle ait été collée."""
        return self._a(self._rangs[colonne], self.plan.ligne_cles)

    def libelle(self, colonne: str) -> str:
        """Son libellé, dans le modèle."""
        return self._a(self._rangs[colonne], self.plan.ligne_legende)

    def mots_tels_quels(self, colonne: str) -> str:
        """Les mots de sa liste (`Mots`), tels qu'ils s'écrivent."""
        return self._a(self._rangs[colonne], _LIGNE_DES_MOTS - 1)

    def mots(self, colonne: str) -> str:
        """Les mêmes, en capitales comme le texte de la ligne."""
        return self._a(self._rangs[colonne], _LIGNE_DES_MOTS)

    @property
    def places(self) -> str:
        """Toutes les places, dans l'ordre des signes."""
        return f"{self.place(self.colonnes[0].id)}:{self.place(self.colonnes[-1].id)}"

    @property
    def libelles(self) -> str:
        """Tous les libellés, dans l'ordre des signes."""
        return f"{self.libelle(self.colonnes[0].id)}:{self.libelle(self.colonnes[-1].id)}"

    def _a(self, rang: int, ligne: int) -> str:
        return f"${lettres_de(rang)}${ligne}"


def ecrire_zone(
    classeur: Classeur, feuille: FeuilleEcrite, plan: Plan, registre: PlanDeRegistre, liens: Liens
) -> None:
    """Écrit la zone, et la cache ; le jour n'y est que là où des échéances en vivent."""
    zone, style = Zone(registre), classeur.style("legende")
    feuille.set_column(registre.rang_zone - 1, zone.fin - 1, 4, None, {"hidden": True})
    for colonne in zone.colonnes:
        _calculer(feuille, zone.place(colonne.id), _chercher(registre, colonne),
                  registre.rang(colonne.id) - _AVANT_LA_RANGEE, style)  # fmt: skip
        ecrire(feuille, *_rangs(zone.libelle(colonne.id)), colonne.libelle, style)
        if colonne.genre is Genre.LISTE:
            tels_quels, mots = zone.mots_tels_quels(colonne.id), Mots(plan.modele, colonne)
            feuille.ecrire_sur_place(*_rangs(tels_quels), mots.texte)
            formule, valeur = _avec_les_mots_de_la_commune(plan, mots, tels_quels)
            _calculer(feuille, zone.mots(colonne.id), f"UPPER({formule})", valeur.upper(), style)
    annee = plan.annee
    _calculer(feuille, zone.annee, plan.annee_du_rapport(), annee or 0, style)
    _calculer(feuille, zone.perdues, _dire_les_perdues(zone), "", style)
    if a_des_echeances(registre.feuille):
        au = vers_serie(liens.au)
        delai = f"{zone.aujourd_hui}+{delai_de_decision(plan)}"
        _calculer(feuille, zone.aujourd_hui, "TODAY()", au, style)
        _calculer(feuille, zone.horizon, delai, au + liens.delai_de_decision, style)
    if registre.feuille.prefixe:
        prochain = prochain_numero(registre.feuille, registre.lignes, annee) if annee else ""
        _calculer(feuille, zone.prochain, _prochain_numero(registre, zone), prochain, style)
        _calculer(feuille, zone.libre, _premiere_libre(registre), premiere_libre(registre), style)


def _avec_les_mots_de_la_commune(plan: Plan, mots: Mots, tels_quels: str) -> tuple[str, str]:
    """Les mots, et ceux que la fiche donne à une valeur : formule et valeur.

    « la Municipalité » y nomme aussi « Municipalité », comme la lecture l'entend.
    """
    formule, valeur = tels_quels, mots.texte
    for question, code in mots.nommees.items():
        signe = plan.fiche.adresse(question, COLONNE_SIGNES)
        texte = plan.fiche.adresse(question, COLONNE_TEXTES)
        noms = f'"{BALISE}"&{texte}&"{EGAL}{code}{BALISE}"&{_sans_article(texte)}&"{EGAL}{code}"'
        formule += f'&IFERROR(IF(AND({signe}=".",LEN({texte})>0),{noms},""),"")'
        dit = plan.fiche.reponses.get(question)
        if isinstance(dit, str) and not isinstance(dit, Aveu):
            ecrits = (comparable(dit), comparable(sans_article(dit)))
            valeur += "".join(f"{BALISE}{ecrit}{EGAL}{code}" for ecrit in ecrits)
    return formule, valeur


def _sans_article(texte: str) -> str:
    """La jumelle de `sans_article`."""
    la, le = (f'UPPER(LEFT({texte},3))="{article} "' for article in ("LA", "LE"))
    elide = f'IF(UPPER(LEFT({texte},2))="L\'",MID({texte},3,255),{texte})'
    return f"IF(OR({la},{le}),MID({texte},4,255),{elide})"


def delai_de_decision(plan: Plan) -> str:
    """Les jours d'avance utiles, d'après les seuils de la fiche (`Liens.delai_de_decision`)."""
    return f"{_seuil(plan, 'seuil_alerte_contrat')}+{_seuil(plan, 'seuil_preparation')}"


def _seuil(plan: Plan, identifiant: str) -> str:
    case, colonne = plan.case_de_fiche(identifiant), plan.modele.fiche.par_id[identifiant]
    bornes = f"{case}>={colonne.min},{case}<={colonne.max},INT({case})={case}"
    defaut = colonne.defaut or 0
    return f"IFERROR(IF(ISNUMBER({case}),IF(AND({bornes}),{case},{defaut}),{defaut}),{defaut})"


def _calculer(feuille: Worksheet, ou: str, formule: str, valeur: Any, style: Format) -> None:
    feuille.write_formula(ou.replace("$", ""), f"={formule}", style, valeur)


def _rangs(adresse: str) -> tuple[int, int]:
    ligne, colonne = situer(adresse) or (1, 1)
    return ligne - 1, colonne - 1


def _chercher(plan: PlanDeRegistre, colonne: Colonne) -> str:
    """La place d'une colonne ; perdue, celle du bord droit, où tout se lit vide."""
    cles, entetes = plan.rangee_des_cles, plan.rangee_des_entetes
    libelle = proteger(colonne.libelle)
    cherche = _JOKERS.sub(r"~\g<0>", libelle)
    par_cle = f'MATCH("{plan.feuille.id}.{colonne.id}",{cles},0)'
    par_texte = f'MATCH("{cherche}",{entetes},0)'
    est_chez_elle = f'INDEX({entetes},1,{par_cle})="{libelle}"'
    trouvee = f"IF({est_chez_elle},{par_cle},IFERROR({par_texte},{par_cle}))"
    return f"IFERROR(IFERROR({trouvee},{par_texte}),COLUMNS({entetes}))"


def _dire_les_perdues(zone: Zone) -> str:
    """Les libellés des colonnes effacées, séparés par des virgules ; rien si toutes sont là."""
    bord = f"COLUMNS({zone.plan.rangee_des_entetes})"
    morceaux = (
        f'IF({zone.place(c.id)}={bord},", "&{zone.libelle(c.id)},"")' for c in zone.colonnes
    )
    return "&".join(morceaux)


def _premiere_libre(plan: PlanDeRegistre) -> str:
    """La ligne de la première clé vide ; 0 si la table est pleine."""
    numeros = plan.plage_technique("numero", ici=True)
    return f"IFERROR(MATCH(0,{numeros},0)+ROW($A${plan.ligne_entete})-1,0)"


def premiere_libre(plan: PlanDeRegistre) -> int:
    """La jumelle de la formule."""
    cle = plan.feuille.cle or ""
    vides = (rang for rang, ligne in enumerate(plan.lignes) if ligne[cle] is None)
    rang = plan.premiere + next(vides, len(plan.lignes))
    return rang if rang <= plan.derniere else 0


def _prochain_numero(plan: PlanDeRegistre, zone: Zone) -> str:
    """Le plus grand rang des numéros de l'année, plus un : la jumelle de `prochain_numero`.

    Un de plus encore s'il est déjà tapé sur une ligne qui n'a pas ses formules.
    """
    numeros, annee = plan.plage_technique("numero", ici=True), zone.annee
    debut, suivante = (f"({annee}+{n})*{DANS_L_ANNEE}" for n in (0, 1))
    plus_grand = f'LARGE({numeros},COUNTIF({numeros},">="&{suivante})+1)'
    dernier = f"IFERROR(MAX(0,{plus_grand}-{debut}),0)"
    cles = plan.plage(plan.feuille.cle or "", ici=True)
    numero = f'"{plan.feuille.prefixe}-"&{annee}&"-"&TEXT({dernier}+{{}},"000")'
    est_pris = f"COUNTIF({cles},{numero.format(1)})>0"
    return f'IF({annee}=0,"",IF({est_pris},{numero.format(2)},{numero.format(1)}))'
