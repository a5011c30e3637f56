"""CEL : ce que les gens tapent en attendant, et ce qui n'est pas une ligne de la liste."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Colonne, Feuille, Genre
from pilotage_xlsx.registre import Illisible, Ligne, Motif
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.intentions import date_sans_jour, est_en_attente, est_un_renvoi
from pilotage_xlsx.verification.propositions import laisser_vide, recopier
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.verification.remedes import dire_l_affichage

_LONGUEUR_D_UN_AVEU = 30


@regle(
    "CEL-018",
    Gravite.AVERTISSEMENT,
    "2",
    message="Pour {nom}, « {libelle} » dit seulement « {valeur} » : ce n'est pas encore une "
    "réponse.",
    pourquoi="Une réponse remise à plus tard, ou renvoyée à une autre ligne, ne dit rien à qui "
    "lit celle-ci.",
    corriger="Écrire la réponse ; tant qu'elle n'est pas connue, laisser la cellule vide.",
    doute=(
        "« Aucun », « Néant » ou « n/a » sont de vraies réponses dans un texte.",
        "Ils ne sont pas signalés ; seuls le sont un signe seul, un renvoi (« idem ») ou l'aveu "
        "que la réponse viendra (« à compléter »).",
    ),
    supplante=("DEC-009",),
)
def reponse_remise_a_plus_tard(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.feuilles:
        libres = [colonne for colonne in feuille.essentielles if _est_libre(colonne)]
        for ligne in liens.etat.lignes(feuille.id):
            for colonne in libres:
                valeur = ligne.valeurs.get(colonne.id)
                texte = valeur if isinstance(valeur, str) else afficher(valeur)
                if not texte or len(texte) > _LONGUEUR_D_UN_AVEU or texte in colonne.mentions:
                    continue
                if est_un_renvoi(texte):
                    yield sur(ligne, colonne.id, corriger=recopier(liens, ligne, colonne))
                elif est_en_attente(texte):
                    yield sur(ligne, colonne.id, corriger=laisser_vide(colonne))


@regle(
    "CEL-019",
    Gravite.AVERTISSEMENT,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} »{montre} : il manque le jour.",
    pourquoi="Une date entière se trie et se compare ; une année seule, le tableur la prend pour "
    "une autre date.",
    corriger="Écrire aussi le jour ; s'il n'est pas connu, le premier.",
    doute=(
        "On sait l'année d'un vieil outil, pas le jour.",
        "Ce n'est qu'un avertissement, dans les colonnes utiles, et le remède donne la date à "
        "écrire.",
    ),
    supplante=("CEL-003",),
)
def date_utile_sans_jour(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in liens.etat.illisibles:
        if illisible.motif is not Motif.DATE or colonne.est_essentielle:
            continue
        if jour := date_sans_jour(illisible.brut):
            premier = f"{jour:%d.%m.%Y}"
            remede = f"Écrire aussi le jour ; s'il n'est pas connu, le premier : {premier}."
            montre = dire_l_affichage(ligne, colonne)
            yield sur(ligne, colonne.id, montre=montre, corriger=remede)


@regle(
    "CEL-020",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero} est une copie de l'en-tête.",
    pourquoi="Un en-tête recollé au milieu de la liste passerait pour une ligne de plus.",
    corriger="Supprimer cette ligne.",
    doute=(
        "Un outil porte le nom d'une colonne, « Domaine » par exemple.",
        "Il faut que plusieurs cellules de la ligne répètent l'en-tête de leur propre colonne.",
    ),
    est_seule=True,
)
def en_tete_recopie(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        cle = feuille.cle or ""
        for ligne in liens.etat.lignes(feuille.id):
            if _repete_l_en_tete(feuille.par_id[cle], ligne) and _est_un_en_tete(feuille, ligne):
                yield sur(ligne, cle, numero=ligne.numero)


@regle(
    "CEL-021",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero}, {nom}, ressemble à un titre : rien d'autre n'y est rempli.",
    pourquoi="Un titre au milieu de la liste se compte comme une ligne, et se perd au premier tri.",
    corriger="Si c'est un titre, supprimer la ligne ; sinon, remplir ses autres cellules.",
    doute=(
        "Un outil vient d'être inscrit : son nom, et rien d'autre encore.",
        "Il faut en plus la forme d'un titre : tout en capitales avec plusieurs mots, ou un "
        "deux-points à la fin ; et d'autres lignes au-dessous.",
    ),
    est_seule=True,
)
def titre_dans_la_liste(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        cle = feuille.cle or ""
        lignes = liens.etat.lignes(feuille.id)
        for ligne in lignes[:-1]:
            if _est_seul(ligne, cle) and _a_la_forme_d_un_titre(ligne.texte(cle) or ""):
                yield sur(ligne, cle, numero=ligne.numero)


def _est_libre(colonne: Colonne) -> bool:
    """Une colonne où tout texte serait admis."""
    return colonne.genre is Genre.TEXTE or (
        colonne.genre is Genre.REFERENCE and colonne.texte_libre
    )


def _repete_l_en_tete(colonne: Colonne, ligne: Ligne) -> bool:
    valeur = ligne.valeurs.get(colonne.id)
    if not isinstance(valeur, str | tuple | Illisible):
        return False
    return cle_large(afficher(valeur)) in map(cle_large, (colonne.libelle, *colonne.synonymes))


def _est_un_en_tete(feuille: Feuille, ligne: Ligne) -> bool:
    """Vrai si deux cellules au moins, et la plupart, répètent leur en-tête."""
    repetees = sum(_repete_l_en_tete(feuille.par_id[colonne], ligne) for colonne in ligne.valeurs)
    return repetees >= 2 and 2 * repetees > len(ligne.valeurs)


def _est_seul(ligne: Ligne, cle: str) -> bool:
    return len(ligne.valeurs) == 1 and cle in ligne.valeurs and not ligne.propres


def _a_la_forme_d_un_titre(texte: str) -> bool:
    mots = [mot for mot in texte.split() if any(signe.isalpha() for signe in mot)]
    return texte.rstrip().endswith(":") or (texte.isupper() and len(mots) > 1)
