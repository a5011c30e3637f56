"""CEL : ce qui dérive du modèle, cellule par cellule : exigée, lisible, dans sa liste, trouvée."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pilotage_xlsx.condition import Parmi, Sauf, Vide
from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.etat import est_exigee
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import A_CLARIFIER, Colonne, Feuille, Modele
from pilotage_xlsx.registre import Illisible, Ligne, Motif
from pilotage_xlsx.textes import cle
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.rapprochement import proposer
from pilotage_xlsx.verification.regle import Fait, regle, sur

_CHOIX_MONTRES = 8


@regle(
    "CEL-001",
    Gravite.ERREUR,
    "2",
    message="« {libelle} » est vide pour {nom}{raison}.",
    pourquoi="Une réponse essentielle manque. La gravité est celle que le modèle donne à sa "
    "colonne : erreur, ou avertissement.",
    corriger="{remede}",
)
def cellule_exigee_vide(liens: Liens) -> Iterator[Fait]:
    for feuille, ligne in _lignes(liens):
        valeurs, lieu = ligne.valeurs, ligne.lieu
        for colonne in feuille.essentielles:
            if colonne.id in valeurs or not lieu.a(colonne.id) or not est_exigee(colonne, ligne):
                continue
            if _depend_d_une_absente(colonne, ligne):
                continue
            raison, remede = _raison(colonne, ligne, feuille), _remede(colonne, liens.modele)
            fait = sur(ligne, colonne.id, raison=raison, remede=remede)
            yield replace(fait, gravite=Gravite(colonne.gravite_si_vide))


@regle(
    "CEL-002",
    Gravite.ERREUR,
    "2",
    message="« {valeur} » n'est pas une réponse de la liste « {libelle} », pour {nom}.",
    pourquoi="Une liste fermée se compte et se compare ; une réponse hors d'elle ne compte pas.",
    corriger="{remede}",
)
def valeur_hors_liste(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.LISTE):
        choix = liens.modele.choix(colonne)
        yield sur(ligne, colonne.id, remede=_choisir(illisible.brut, choix))


@regle(
    "CEL-003",
    Gravite.ERREUR,
    "2",
    message="« {valeur} » n'est pas une date que l'on comprend dans « {libelle} », pour {nom}.",
    pourquoi="Un délai ne se compte que d'une date entière et vraisemblable.",
    corriger="Écrire le jour, le mois et l'année, par exemple 12.03.2026{mentions}.",
)
def date_illisible(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, _ in _illisibles(liens, Motif.DATE):
        mentions = enumerer((citer(mention) for mention in colonne.mentions), "ou")
        yield sur(ligne, colonne.id, mentions=f", ou {mentions}" if mentions else "")


@regle(
    "CEL-004",
    Gravite.ERREUR,
    "2",
    message="« {valeur} » n'est pas un nombre que l'on comprend dans « {libelle} », pour {nom}.",
    pourquoi="Un montant ou une durée ne s'additionne que s'il est un nombre.",
    corriger="Écrire le nombre seul, par exemple 1200 ; mettre le reste dans les remarques.",
)
def nombre_illisible(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, _ in _illisibles(liens, Motif.NOMBRE):
        yield sur(ligne, colonne.id)


@regle(
    "CEL-005",
    Gravite.ERREUR,
    "2",
    message="« {valeur} » est inscrit {fois} fois dans « {libelle} ».",
    pourquoi="Les autres feuilles citent une ligne par ce nom ou ce numéro ; il doit être unique.",
    corriger="Si c'est deux fois la même chose, garder une seule ligne ; sinon, changer un nom.",
)
def doublon(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        for colonne in feuille.saisies:
            if colonne.unique:
                yield from _doublons(liens.etat.lignes(feuille.id), colonne.id)


@regle(
    "CEL-006",
    Gravite.ERREUR,
    "2",
    message="{nom} cite {cites} dans « {libelle} » : introuvable dans {feuilles}.",
    pourquoi="Une référence introuvable coupe le lien entre deux feuilles.",
    corriger="{remede}",
)
def reference_introuvable(liens: Liens) -> Iterator[Fait]:
    for feuille, colonne in _colonnes_a_reference(liens):
        cibles = [liens.modele.par_id[registre] for registre in colonne.reference]
        noms = enumerer((f"la feuille {citer(cible.libelle)}" for cible in cibles), "ou")
        for ligne in liens.etat.lignes(feuille.id):
            if colonne.id in ligne.valeurs and (cites := liens.etat.introuvables(colonne, ligne)):
                remede = _retrouver(liens, colonne, cites)
                mots = {"cites": enumerer(map(citer, cites)), "feuilles": noms}
                yield sur(ligne, colonne.id, remede=remede, **mots)


@regle(
    "CEL-015",
    Gravite.ERREUR,
    "2",
    message="« {libelle} » montre une erreur du tableur ({valeur}), pour {nom}.",
    pourquoi="La cellule contient une formule cassée, ou dont le résultat n'est pas enregistré.",
    corriger="Remplacer la formule par la valeur elle-même.",
)
def erreur_du_tableur(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, _ in _illisibles(liens, Motif.ERREUR, Motif.FORMULE):
        yield sur(ligne, colonne.id)


@regle(
    "CEL-016",
    Gravite.ERREUR,
    "2",
    message="{valeur} ne peut pas être juste dans « {libelle} », pour {nom} : {bornes}.",
    pourquoi="Un nombre hors de ses bornes est presque toujours une faute de frappe.",
    corriger="Vérifier le nombre et le corriger.",
)
def nombre_hors_bornes(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, _ in _illisibles(liens, Motif.BORNES):
        yield sur(ligne, colonne.id, bornes=_bornes(colonne))


def _lignes(liens: Liens) -> Iterator[tuple[Feuille, Ligne]]:
    for feuille in liens.modele.feuilles:
        for ligne in liens.etat.lignes(feuille.id):
            yield feuille, ligne


def _illisibles(liens: Liens, *motifs: Motif) -> Iterator[tuple[Ligne, Colonne, Illisible]]:
    for ligne, colonne, illisible in liens.etat.illisibles:
        if illisible.motif in motifs:
            yield ligne, colonne, illisible


def _depend_d_une_absente(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si l'exigence part du vide d'une colonne que la feuille n'a pas."""
    essais = colonne.obligatoire_si.essais() if colonne.obligatoire_si else ()
    return any(isinstance(essai, Vide) and not ligne.lieu.a(essai.colonne) for essai in essais)


def _raison(colonne: Colonne, ligne: Ligne, feuille: Feuille) -> str:
    """Ce qui, sur la ligne, rend la cellule nécessaire : « Criticité » est « Important »."""
    essais = colonne.obligatoire_si.essais() if colonne.obligatoire_si else ()
    vus: dict[str, str] = {}
    for essai in essais:
        valeur = ligne[essai.colonne]
        if isinstance(essai, Parmi) and valeur not in essai.valeurs:
            continue
        if isinstance(essai, Parmi | Sauf):
            vus[feuille.libelle_de(essai.colonne)] = afficher(valeur)
    faits = enumerer(f"{citer(libelle)} est {citer(valeur)}" for libelle, valeur in vus.items())
    return f", alors que {faits}" if faits else ""


def _remede(colonne: Colonne, modele: Modele) -> str:
    if choix := modele.choix(colonne):
        suite = ", ou « À clarifier » si vous ne savez pas encore" if A_CLARIFIER in choix else ""
        return f"Choisir une réponse de la liste{suite}."
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    return f"Remplir la cellule{f', ou y mettre {mentions}' if mentions else ''}."


def _choisir(brut: str, choix: tuple[str, ...]) -> str:
    if proche := proposer(brut, choix):
        return f"Vouliez-vous dire « {proche} » ? Sinon, choisir une autre réponse de la liste."
    if len(choix) > _CHOIX_MONTRES:
        return "Choisir une réponse de la liste déroulante."
    return f"Choisir une réponse de la liste : {enumerer(map(citer, choix), 'ou')}."


def _retrouver(liens: Liens, colonne: Colonne, cites: tuple[str, ...]) -> str:
    noms = [*colonne.mentions, *_noms(liens, colonne)]
    proches = [proche for nom in cites if (proche := proposer(nom, noms))]
    ou = enumerer((citer(liens.modele.par_id[r].libelle) for r in colonne.reference), "ou")
    if proches:
        proposes = enumerer(map(citer, proches))
        return f"Vouliez-vous dire {proposes} ? Sinon, l'inscrire d'abord dans {ou}."
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    autrement = f", ou choisir {mentions}" if mentions else ""
    return f"L'inscrire dans la feuille {ou}, ou corriger le nom cité{autrement}."


def _noms(liens: Liens, colonne: Colonne) -> Iterator[str]:
    for registre in colonne.reference:
        cle_de_feuille = liens.modele.par_id[registre].cle or ""
        for ligne in liens.etat.par_cle[registre].values():
            if nom := ligne.texte(cle_de_feuille):
                yield nom


def _colonnes_a_reference(liens: Liens) -> Iterator[tuple[Feuille, Colonne]]:
    """Les colonnes dont toutes les feuilles citées sont là, avec leur clé."""
    lues = liens.registre.feuilles
    for feuille in liens.modele.feuilles:
        for colonne in feuille.saisies:
            cibles = [(lues.get(r), liens.modele.par_id[r].cle or "") for r in colonne.reference]
            if cibles and all(lue is not None and lue.lieu.a(nom) for lue, nom in cibles):
                yield feuille, colonne


def _doublons(lignes: tuple[Ligne, ...], colonne: str) -> Iterator[Fait]:
    par_nom: Mapping[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes:
        if nom := ligne.texte(colonne):
            par_nom[cle(nom)].append(ligne)
    for memes in par_nom.values():
        if len(memes) > 1:
            autres = tuple(ligne.emplacement(colonne) for ligne in memes[:-1])
            yield sur(memes[-1], colonne, aussi=autres, fois=len(memes))


def _bornes(colonne: Colonne) -> str:
    match colonne.min, colonne.max:
        case int(), int():
            return f"il faut un nombre de {colonne.min} à {colonne.max}"
        case int(), None:
            return f"il faut au moins {colonne.min}"
        case _:
            return f"il faut au plus {colonne.max}"
