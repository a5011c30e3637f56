"""Le guichet de la page : ses gestes en une table, chacun d'octets à octets.

Tout ce qui se juge et s'écrit vient des gestes de `pilotage_xlsx` ; ici, seulement ce que la page
demande, et les noms des fichiers. Un geste de plus est une ligne de `GESTES`. La même table se joue
hors du navigateur : les essais comparent les deux. Ce qui ne sert pas au premier contrôle se charge
à l'usage.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module, invalidate_caches
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

import pilotage_xlsx as px
from pilotage_xlsx.commandes.affichage import resumer_en_mots
from pilotage_xlsx.commandes.controle_html import EnPage
from pilotage_xlsx.commandes.copies import ANNOTE, CORRIGE, RETIRE
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import charger_une_fois, ouvrir
from pilotage_xlsx.gestes.controle import Controle, Cumul, Examine, Lire, controler
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.registre import Ligne, Registre, Sorte
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.entree import MIO
from pilotage_xlsx.socle.montrable import sur_une_ligne
from pilotage_xlsx.socle.systeme import Empechement
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.phrases import accorder
from pilotage_xlsx.verification.regles.ens import alleger

if TYPE_CHECKING:
    from pilotage_xlsx.gestes.rapport import Calcule

TAILLE_MAX = 64 * MIO
"""D'un fichier déposé : au-delà, un navigateur n'a plus la mémoire de le lire."""

PLUSIEURS = 500
"""Autant que l'on en réunit d'un coup dans une page."""

_NUMEROS_MONTRES = 200
_OUVREZ_LE_BROUILLON = "Ouvrez le brouillon dans votre messagerie, relisez, envoyez."


class Demande(NamedTuple):
    """Ce que la page demande : des classeurs, des réponses, la date et l'instant du poste."""

    classeurs: tuple[px.EnMemoire, ...]
    reponses: Mapping[str, Any]
    au: date
    instant: datetime

    @property
    def seul(self) -> px.EnMemoire:
        """Le classeur, s'il n'en faut qu'un."""
        return self.classeurs[0]

    def texte(self, question: str) -> str | None:
        """Une réponse en toutes lettres ; rien si elle est vide."""
        return str(self.reponses.get(question) or "").strip() or None

    def annee(self) -> int:
        """L'année demandée ; à défaut, celle d'aujourd'hui."""
        texte = self.texte("annee")
        if texte is None:
            return self.au.year
        if not texte.isascii() or not texte.isdigit() or len(texte) != 4:
            raise GesteImpossible(f"« {texte} » n'est pas une année : écrivez par exemple 2026.")
        return int(texte)

    def veut(self, question: str) -> bool:
        """Vrai si la case est cochée."""
        return bool(self.reponses.get(question))


class Rendu(NamedTuple):
    """Ce qui revient à la page : des fichiers, des phrases, ce qu'elle montre.

    ``page`` : un document HTML à montrer tel quel. ``faits`` : des données que la page met en
    forme (les comptes, les réparations).
    """

    fichiers: Mapping[str, bytes] = {}
    phrases: tuple[str, ...] = ()
    page: bytes | None = None
    faits: Mapping[str, Any] = {}


class Question(NamedTuple):
    """Ce qu'un geste demande avant d'être joué.

    ``genre`` : « annee », « texte », « case », « numero » (parmi ceux du classeur), « pdf » (une
    case, si le moteur des PDF est là).
    """

    id: str
    libelle: str
    genre: str
    parmi: str = ""


class Geste(NamedTuple):
    """Un bouton de la page : son groupe, son titre, combien de classeurs il prend, ses questions.

    ``apercu`` : le geste se joue d'abord pour montrer ce qu'il ferait.
    """

    id: str
    groupe: str
    titre: str
    detail: str
    jouer: Callable[[Demande], Rendu]
    classeurs: tuple[int, int] = (1, 1)
    questions: tuple[Question, ...] = ()
    apercu: bool = False


def verifier(demande: Demande) -> Rendu:
    """Les constats en une page, ce qui est fait, ce qui suit, de quoi répondre aux gestes."""
    modele, forme = charger_une_fois(), EnPage()
    cumul, pieces, controles = Cumul(modele, demande.au), [], []
    for classeur in demande.classeurs:
        registre = ouvrir(classeur, modele)
        controle = controler(registre, modele_de(registre.porte, modele), demande.au)
        piece = forme.mettre_en_piece(controle)
        cumul.ajouter(Examine(alleger(registre), controle.resume, piece))
        pieces.append(piece)
        controles.append(_decrire(controle))
    page = b"".join(
        morceau.encode() if isinstance(morceau, str) else morceau
        for morceau in forme.assembler(pieces, cumul)
    )
    nom = _base(demande.seul) if len(demande.classeurs) == 1 else "ensemble"
    return Rendu({f"{nom}.controle.html": page}, page=page, faits={"classeurs": controles})


def annoter(demande: Demande) -> Rendu:
    """La copie annotée."""
    annote = px.annoter(demande.seul, au=demande.au)
    return Rendu({_renommer(demande.seul, ANNOTE): annote.octets})


def retirer(demande: Demande) -> Rendu:
    """Le classeur sans ses annotations."""
    octets = px.retirer(demande.seul)
    if octets is None:
        raise GesteImpossible(f"{demande.seul.nom} ne porte aucune annotation : rien à retirer.")
    return Rendu({_renommer(demande.seul, RETIRE): octets})


def apercevoir_la_correction(demande: Demande) -> Rendu:
    """Avant et après, cellule par cellule, et les propositions à choisir ; rien n'est rendu."""
    from pilotage_xlsx.commandes.corriger import citer

    corrige = px.corriger(demande.seul, au=demande.au)
    propositions = [
        {
            "numero": une.numero,
            "avant": citer(une.avant),
            "apres": citer(une.apres),
            "ou": [_situer(r) for r in une.reparations],
        }
        for une in corrige.propositions
    ]
    return Rendu(faits={"reparations": _montrer(corrige.reparations), "propositions": propositions})


def corriger(demande: Demande) -> Rendu:
    """La copie corrigée, propositions acceptées comprises."""
    acceptees = [int(numero) for numero in demande.reponses.get("accepter") or ()]
    corrige = px.corriger(demande.seul, accepter=acceptees, au=demande.au)
    if corrige.octets is None:
        return Rendu(phrases=("Rien à réparer sans vous demander : le classeur reste tel quel.",))
    combien = accorder(len(corrige.reparations), "cellule réparée", "cellules réparées")
    nom = _renommer(demande.seul, CORRIGE)
    phrase = f"{nom} : {combien}. Le classeur reçu n'a pas changé."
    faits = {"reparations": _montrer(corrige.reparations)}
    return Rendu({nom: corrige.octets}, (phrase,), faits=faits)


def rapport(demande: Demande) -> Rendu:
    """Le rapport d'une année, sans ce que lit l'envoi ; la page à publier, si on la veut."""
    calcule = _calculer(demande)
    fichiers = {**_rendre_le_rapport(demande, calcule)}
    phrases = calcule.remarques
    if demande.veut("public"):
        from pilotage_xlsx.gestes.rapport import dire_ce_qui_est_tu
        from pilotage_xlsx.rapport import rendre_la_publique

        phrases += ("Laissé hors de la page à publier :", *dire_ce_qui_est_tu(calcule.rapport))
        fichiers |= rendre_la_publique(calcule.rapport, _formes(demande))
    return Rendu({n: o for n, o in fichiers.items() if not n.endswith(".json")}, phrases)


def courriel(demande: Demande) -> Rendu:
    """Le rapport d'une année, prêt à partir : un brouillon à ouvrir, à relire, à envoyer."""
    from pilotage_xlsx.envoi import contenu_du_rapport, phrase_des_erreurs

    calcule = _calculer(demande)
    fichiers = _rendre_le_rapport(demande, calcule)
    brouillon = px.preparer_le_courriel(fichiers, instant=demande.instant)
    averti = phrase_des_erreurs(contenu_du_rapport(fichiers))
    (texte,) = (nom for nom in fichiers if nom.endswith(".txt"))
    phrases = (*calcule.remarques, _OUVREZ_LE_BROUILLON)
    return Rendu({f"{texte.removesuffix('.txt')}.eml": brouillon}, (averti or "", *phrases))


def avis(demande: Demande) -> Rendu:
    """L'avis d'un incident ; son brouillon à ouvrir, si on le veut."""
    rendu = fiche("avis")(demande)
    if not demande.veut("courriel"):
        return rendu
    numero = demande.texte("numero")
    texte = px.fiche("avis", demande.seul, numero, forme="txt", au=demande.au).octets
    brouillon = px.preparer_le_courriel({"avis.txt": texte}, instant=demande.instant)
    fichiers = {**rendu.fichiers, _sain(f"avis-{numero}.eml"): brouillon}
    return Rendu(fichiers, (*rendu.phrases, _OUVREZ_LE_BROUILLON))


def fiche(sujet: str) -> Callable[[Demande], Rendu]:
    """Le geste d'une fiche : une page, ou un PDF si le moteur est là."""

    def rediger(demande: Demande) -> Rendu:
        forme = "pdf" if demande.veut("pdf") else "html"
        numero = demande.texte("numero")
        faite = px.fiche(sujet, demande.seul, numero, forme=forme, au=demande.au)
        nom = f"fiche-{numero or sujet}.{forme}" if sujet != "avis" else f"avis-{numero}.{forme}"
        return Rendu({_sain(nom): faite.octets}, faite.remarques)

    return rediger


def echeances(demande: Demande) -> Rendu:
    """Ce qui échoit : un texte à lire, un calendrier à importer."""
    texte, ics = (
        px.echeances(demande.classeurs, forme=forme, au=demande.au) for forme in ("texte", "ics")
    )
    fichiers = {"echeances.txt": texte.octets, "echeances.ics": ics.octets}
    return Rendu(fichiers, texte.remarques)


def vierge(demande: Demande) -> Rendu:
    """Un classeur vierge, avec ou sans les outils usuels."""
    annee = demande.annee()
    nom = _sain(f"{(demande.texte('commune') or 'commune').lower()}-{annee}.xlsx")
    fait = px.generer(
        commune=demande.texte("commune"),
        canton=demande.texte("canton"),
        annee=annee,
        kit=demande.veut("kit"),
        au=demande.au,
        nom=nom,
    )
    return Rendu({nom: fait.octets}, fait.remarques)


def apercevoir_l_import(demande: Demande) -> Rendu:
    """Où irait chaque colonne de la liste, et ce qui peut s'y choisir ; rien n'est rendu."""
    from pilotage_xlsx.importation.proposition import choix, lignes

    liste, dans = _partager_la_liste(demande)
    livre = charger_une_fois()
    modele = livre if dans is None else modele_de(px.lire(dans).porte, livre)
    propose = px.proposer_l_import(liste, colonnes=_choisies(demande), modele=modele)
    proposee = propose.proposee
    tableau = [
        {"ligne": [*map(str, ligne)], "choix": [[un, _A_CHOISIR.get(un, un)] for un in possibles]}
        for ligne, possibles in zip(lignes(proposee), choix(proposee, modele), strict=True)
    ]
    if not tableau:
        return importer(demande)  # qui dit pourquoi rien ne peut s'inscrire
    return Rendu(phrases=propose.remarques, faits={"colonnes": tableau})


def importer(demande: Demande) -> Rendu:
    """Une liste devient un classeur, ou va sous les lignes de celui qui est coché avec elle."""
    liste, dans = _partager_la_liste(demande)
    base = _base(dans or liste)
    nom = f"{base}-complete.xlsx" if dans else f"{base}-classeur.xlsx"
    fait = px.importer(liste, dans=dans, colonnes=_choisies(demande), au=demande.au, nom=nom)
    return Rendu({nom: fait.octets}, fait.remarques)


_A_CHOISIR = {"": "tel que tapé", "à vous": "une colonne à vous", "laisser": "ne pas reprendre"}
"""Ce qui s'écrit sous « Va dans » sans nommer une colonne, en clair."""


def _partager_la_liste(demande: Demande) -> tuple[px.EnMemoire, px.EnMemoire | None]:
    """La liste, et le classeur coché avec elle."""
    classeurs = [c for c in demande.classeurs if px.lire(c).refus is None]
    listes = [c for c in demande.classeurs if c not in classeurs]
    if len(listes) != 1:
        raise GesteImpossible(
            "Cochez une liste, un fichier qui n'est pas déjà un classeur ; et, si vous voulez, le "
            "classeur à remplir."
        )
    return listes[0], classeurs[0] if classeurs else None


def _choisies(demande: Demande) -> px.EnMemoire | None:
    """Le tableau montré, tel que la personne l'a corrigé sous « Va dans »."""
    from pilotage_xlsx.importation.proposition import ENTETES
    from pilotage_xlsx.socle.tabulation import en_csv

    lignes = demande.reponses.get("colonnes")
    return px.EnMemoire("colonnes.csv", en_csv(ENTETES, lignes)) if lignes else None


def partager(avec: str) -> Callable[[Demande], Rendu]:
    """Le geste d'un partage : le classeur qui peut sortir, écrit à neuf pour ce destinataire."""

    def ecrire(demande: Demande) -> Rendu:
        fait = px.partager(demande.seul, avec, au=demande.au)
        return Rendu({f"{_base(demande.seul)}-{avec}.xlsx": fait.octets}, fait.remarques)

    return ecrire


def suivante(demande: Demande) -> Rendu:
    """Le classeur de l'année suivante, qui reprend ce qui est en vigueur."""
    fait = px.generer(demande.seul, au=demande.au)
    annee = px.lire(fait.octets).annee
    base, precedente = _base(demande.seul), str((annee or 0) - 1)
    neuf = base.replace(precedente, str(annee)) if precedente in base else f"{base}-{annee}"
    return Rendu({f"{neuf}.xlsx": fait.octets}, fait.remarques)


def comparer(demande: Demande) -> Rendu:
    """Ce qui a changé d'un classeur à l'autre."""
    from pilotage_xlsx.commandes.comparaison_html import rendre as en_page
    from pilotage_xlsx.gestes.comparer import confronter, relier

    modele = charger_une_fois()
    lus = [ouvrir(classeur, modele) for classeur in demande.classeurs]
    page = en_page(confronter(relier(lus, modele, demande.au))).encode()
    return Rendu({"comparaison.html": page}, page=page)


def consolider(demande: Demande) -> Rendu:
    """Les classeurs réunis en un, chaque ligne avec son origine."""
    ensemble = px.consolider(demande.classeurs, au=demande.au)
    return Rendu(px.en_fichiers(ensemble), (ensemble.phrase(),))


def fusionner(demande: Demande) -> Rendu:
    """Les classeurs de communes qui n'en font plus qu'une, en un seul."""
    commune, annee = demande.texte("commune"), demande.texte("annee")
    dit = (commune or _base(demande.seul)).lower()
    nom = _sain(f"{'-'.join(filter(None, (dit, annee)))}.xlsx")
    fait = px.fusionner(
        demande.classeurs,
        commune=commune,
        canton=demande.texte("canton"),
        annee=demande.annee() if annee else None,
        au=demande.au,
        nom=nom,
    )
    return Rendu({nom: fait.octets}, fait.remarques)


def mutualiser(demande: Demande) -> Rendu:
    """Qui pourrait parler à qui, et de quoi."""
    fait = px.mutualiser(demande.classeurs, au=demande.au)
    combien = accorder(len(fait.trouvee.occasions), "occasion")
    return Rendu({"occasions.xlsx": fait.octets}, (*fait.remarques, f"{combien} de se parler."))


_COMMUNE, _CANTON = Question("commune", "Commune", "texte"), Question("canton", "Canton", "texte")
_ANNEE = Question("annee", "Année", "annee")
_PUBLIC = Question("public", "Et une demi-page qui peut se publier, sans nom ni faiblesse", "case")
_PDF = Question("pdf", "En PDF aussi", "pdf")
_EN_PDF = Question("pdf", "En PDF", "pdf")
_PLUSIEURS = (2, PLUSIEURS)

GESTES = (
    Geste("verifier", "", "Contrôler", "", verifier, (1, PLUSIEURS)),
    Geste(
        "annoter", "Corriger", "La copie annotée",
        "Votre classeur, ses fautes en couleur, en note et en liste.", annoter,
    ),
    Geste(
        "corriger", "Corriger", "La copie corrigée",
        "Ce qui ne fait aucun doute, réparé ; avant et après se montrent d'abord.", corriger,
        apercu=True,
    ),
    Geste(
        "retirer", "Corriger", "Ôter les annotations",
        "D'une copie annotée, le classeur d'avant.", retirer,
    ),
    Geste(
        "rapport", "Rapporter", "Le rapport d'une année",
        "Une page à voter, puis les preuves ; plusieurs communes donnent un rapport régional.",
        rapport, (1, PLUSIEURS), (_ANNEE, _PUBLIC, _PDF),
    ),
    Geste(
        "courriel", "Rapporter", "Le brouillon du courriel",
        "Le rapport, adressé à l'exécutif ; rien ne part d'ici.",
        courriel, (1, PLUSIEURS), (_ANNEE, _PDF),
    ),
    Geste(
        "decision", "Fiches", "Une décision", "Pour la séance.", fiche("decision"),
        questions=(Question("numero", "Décision", "numero", "decisions"), _EN_PDF),
    ),
    Geste(
        "incident", "Fiches", "Un incident", "Pour le dossier.", fiche("incident"),
        questions=(Question("numero", "Incident", "numero", "incidents"), _EN_PDF),
    ),
    Geste(
        "avis", "Fiches", "L'avis d'un incident", "Pour informer l'exécutif.", avis,
        questions=(
            Question("numero", "Incident", "numero", "incidents"),
            Question("courriel", "Et le brouillon du courriel", "case"), _EN_PDF,
        ),
    ),
    Geste(
        "urgence", "Fiches", "La fiche d'urgence", "À afficher : qui appeler quand plus rien ne "
        "marche.", fiche("urgence"), questions=(_EN_PDF,),
    ),
    Geste(
        "note", "Fiches", "La note à adopter", "Pour la séance où l'exécutif l'adopte.",
        fiche("note"), questions=(_EN_PDF,),
    ),
    Geste(
        "passation", "Fiches", "La passation", "Ce que le référent laisse à qui le remplace.",
        fiche("passation"), questions=(_EN_PDF,),
    ),
    Geste(
        "echeances", "Rapporter", "Le calendrier", "Ce qui échoit, à lire, et pour votre agenda.",
        echeances, (1, PLUSIEURS),
    ),
    Geste(
        "suivante", "Préparer", "L'année suivante",
        "Un classeur neuf, qui reprend ce qui est en vigueur.", suivante,
    ),
    Geste(
        "vierge", "Préparer", "Un classeur vierge", "Pour commencer.", vierge, (0, 0),
        (
            _COMMUNE, _CANTON, _ANNEE,
            Question("kit", "Proposer les outils usuels, à confirmer", "case"),
        ),
    ),
    Geste(
        "importer", "Préparer", "Reprendre une liste",
        "Vos outils ou vos prestataires, déjà dans un tableau : un classeur neuf, ou le vôtre "
        "s'il est coché avec elle ; où va chaque colonne se montre d'abord.", importer, (1, 2),
        apercu=True,
    ),
    Geste(
        "partager_region", "Partager", "Avec la région",
        "Un classeur écrit à neuf, sans rien de ce qui doit rester ici. Relisez-le avant de le "
        "remettre.", partager("region"),
    ),
    Geste("partager_canton", "Partager", "Avec le canton", "De même.", partager("canton")),
    Geste("partager_public", "Partager", "Avec tout le monde", "De même.", partager("public")),
    Geste(
        "comparer", "Plusieurs classeurs", "Comparer deux années",
        "Ce qui a changé, et ce que personne n'a décidé.", comparer, (2, 2),
    ),
    Geste(
        "consolider", "Plusieurs classeurs", "Les réunir en un",
        "Chaque ligne dit d'où elle vient.", consolider, _PLUSIEURS,
    ),
    Geste(
        "fusionner", "Plusieurs classeurs", "Fusionner des communes",
        "Elles n'en font plus qu'une : toutes leurs lignes en un classeur neuf, et ce qu'elles "
        "disent autrement, côte à côte.", fusionner, _PLUSIEURS,
        (Question("commune", "Commune, si ce n'est pas la première", "texte"), _CANTON, _ANNEE),
    ),
    Geste(
        "mutualiser", "Plusieurs classeurs", "Qui pourrait s'entraider",
        "Quelles communes pourraient se parler, et de quoi ; personne n'y est nommé.",
        mutualiser, _PLUSIEURS,
    ),
)  # fmt: skip
"""Les gestes de la page, dans l'ordre où ils s'y montrent."""

_PAR_ID = {geste.id: geste for geste in GESTES}
_APERCUS = {"corriger": apercevoir_la_correction, "importer": apercevoir_l_import}


def annoncer() -> dict[str, Any]:
    """Ce que la page doit savoir pour se dresser : la version, les gestes, les bornes."""
    gestes = [
        {
            "id": geste.id,
            "groupe": geste.groupe,
            "titre": geste.titre,
            "detail": geste.detail,
            "classeurs": list(geste.classeurs),
            "questions": [question._asdict() for question in geste.questions],
            "apercu": geste.apercu,
        }
        for geste in GESTES
    ]
    return {"version": px.__version__, "gestes": gestes, "taille_max": TAILLE_MAX}


def jouer(
    geste: str,
    classeurs: Sequence[tuple[str, bytes]],
    reponses: Mapping[str, Any],
    au: str,
    instant: str,
    *,
    apercu: bool = False,
) -> dict[str, Any]:
    """Un geste joué ; ce qui n'a pas pu l'être est une phrase sous ``refus``, jamais une trace.

    ``au`` et ``instant`` : le jour et l'heure du poste, en ISO 8601.
    """
    recus = tuple(px.EnMemoire(nom, bytes(octets)) for nom, octets in classeurs)
    demande = Demande(recus, reponses, date.fromisoformat(au), datetime.fromisoformat(instant))
    faire = _APERCUS[geste] if apercu else _PAR_ID[geste].jouer
    try:
        rendu = faire(demande)
    except GesteImpossible as faute:
        return _refuser(*faute.remarques, *faute.phrases)
    except Empechement as faute:
        return _refuser(str(faute))
    except (MemoryError, RecursionError):
        return _refuser(
            "La mémoire de cette page n'a pas suffi. Fermez d'autres onglets, ou donnez moins de "
            "classeurs à la fois."
        )
    except ImportError as faute:
        if faute.name != "typst":
            return _avouer(faute)
        return _refuser("Le PDF demande la page « pilotage-pdf.html ».")
    except Exception as faute:
        return _avouer(faute)
    return {**rendu._asdict(), "phrases": _dire(rendu.phrases), "refus": []}


def deplier_le_pdf(roue: str, dossier: str) -> None:
    """Déplie le moteur des PDF là où Python le trouve.

    Chaque fichier prend d'abord sa taille : sans cela, à mesure qu'il grandit, la page le recopie
    des dizaines de fois.
    """
    with ZipFile(roue) as archive:
        for partie in archive.infolist():
            chemin = Path(dossier, partie.filename)
            chemin.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(partie) as source, chemin.open("wb") as sortie:
                sortie.truncate(partie.file_size)
                copyfileobj(source, sortie, MIO)
    invalidate_caches()


def charger_le_pdf() -> str:
    """Charge le moteur des PDF déplié ; rend le fichier de sa part compilée, qui ne sert plus."""
    return str(import_module("typst._typst").__file__)


def _refuser(*phrases: str) -> dict[str, Any]:
    return {**Rendu()._asdict(), "phrases": [], "refus": _dire(phrases)}


def _dire(phrases: Sequence[str]) -> list[str]:
    """Les phrases telles qu'elles se montrent, sans celles qui ne disent rien."""
    return [sur_une_ligne(typographier(phrase)) for phrase in phrases if phrase]


def _avouer(faute: Exception) -> dict[str, Any]:
    ou = traceback.extract_tb(faute.__traceback__)[-1]
    return _refuser(
        "Un cas que nous n'avions pas prévu. La faute est celle du programme, pas la vôtre ; votre "
        "classeur n'a pas été touché. Transmettez cette phrase à la personne qui entretient le "
        f"programme : {type(faute).__name__}, {PurePosixPath(ou.filename).name} ligne {ou.lineno}."
    )


def _calculer(demande: Demande) -> Calcule:
    """Les chiffres du rapport, et ce qu'il y a à dire des classeurs."""
    from pilotage_xlsx.gestes.rapport import calculer, exiger_lisibles

    modele = charger_une_fois()
    tache = Lire(modele, demande.au)
    lus = [tache.rendre(ouvrir(classeur, modele)) for classeur in demande.classeurs]
    exiger_lisibles(lus)
    return calculer(lus, annee=demande.annee(), au=demande.au, modele=modele)


def _rendre_le_rapport(demande: Demande, calcule: Calcule) -> Mapping[str, bytes]:
    from pilotage_xlsx.rapport import rendre

    return rendre(calcule.rapport, _formes(demande))


def _formes(demande: Demande) -> tuple[str, ...]:
    return ("html", "xlsx", "pdf") if demande.veut("pdf") else ("html", "xlsx")


def _decrire(controle: Controle) -> dict[str, Any]:
    """Un classeur contrôlé, en données : ce qui est fait, ce qui suit, de quoi répondre."""
    registre = controle.registre
    if not controle.est_lisible:
        return {"nom": registre.nom_du_fichier, "est_lisible": False, "suite": ["refus"]}
    entete, bilan, *reste = resumer_en_mots(controle).splitlines()
    return {
        "nom": registre.nom_du_fichier,
        "est_lisible": True,
        "annee": registre.annee,
        "fait": [bilan, *reste],
        "titre": entete,
        "suite": list(_suivre(controle)),
        "numeros": {f.id: _numeros(registre, f.id) for f in _numerotees(controle)},
    }


def _suivre(controle: Controle) -> Sequence[str]:
    """Les gestes qui viennent, par leur nom : la page les dit."""
    resume, registre = controle.resume, controle.registre
    if registre.sorte is Sorte.ANNOTEE:
        return ("retirer",)
    a_reprendre = resume.erreurs + resume.avertissements + resume.a_remplir
    return ("annoter", "corriger", "redeposer") if a_reprendre else ("rapport",)


def _numerotees(controle: Controle) -> Iterator[Feuille]:
    return (feuille for feuille in controle.modele.registres if feuille.cle == "numero")


def _numeros(registre: Registre, feuille: str) -> list[tuple[str, str]]:
    """Chaque numéro, et de quoi le reconnaître."""
    if feuille not in registre.feuilles:
        return []
    dits = {
        numero: _reconnaitre(ligne, feuille)
        for ligne in registre.lignes(feuille)
        if (numero := ligne.texte("numero"))
    }
    return list(dits.items())[-_NUMEROS_MONTRES:]


def _reconnaitre(ligne: Ligne, feuille: str) -> str:
    texte = ligne.texte(_SE_RECONNAIT[feuille]) if feuille in _SE_RECONNAIT else None
    return sur_une_ligne(extraire(texte)) if texte else ""


_SE_RECONNAIT = {"decisions": "decision", "incidents": "description"}
"""Ce qui rappelle une ligne à qui ne sait pas son numéro."""


def _montrer(reparations: Sequence[Any]) -> list[dict[str, str]]:
    from pilotage_xlsx.commandes.corriger import citer

    return [
        {
            "ou": _situer(une),
            "libelle": une.libelle,
            "avant": citer(une.avant),
            "apres": citer(une.apres),
        }
        for une in reparations
    ]


def _situer(reparation: Any) -> str:
    return f"{reparation.lieu.feuille} {cellule(reparation.lieu) or ''}".strip()


def _base(classeur: px.EnMemoire) -> str:
    """Le nom d'un classeur sans son extension."""
    return _sain(PurePosixPath(classeur.nom).stem) or "classeur"


def _renommer(classeur: px.EnMemoire, ajout: str) -> str:
    """Le nom d'une copie, comme à la ligne de commande ; « -annote » ne s'y répète pas."""
    extension = PurePosixPath(classeur.nom).suffix or ".xlsx"
    return f"{_base(classeur).removesuffix(ANNOTE)}{ajout}{extension}"


def _sain(nom: str) -> str:
    """Un nom de fichier qu'aucun système ne refuse."""
    return "".join("-" if signe in '/\\:*?"<>|\n\t\0' else signe for signe in nom)
