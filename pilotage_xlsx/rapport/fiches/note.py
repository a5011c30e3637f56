"""La note à adopter : deux pages, en nos mots, d'après les sept paragraphes de la note interne.

Elle dit les organes avec les mots de la commune, et finit par la phrase du procès-verbal : celle
qui adopte et désigne, ou ce qui reste à désigner, ou celle qui confirme.
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.affaires import Nature, recenser
from pilotage_xlsx.metier.executif import Appellation
from pilotage_xlsx.metier.executif import nommer as appeler
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Champs,
    Encadre,
    Etapes,
    Fiche,
    Paragraphes,
)
from pilotage_xlsx.rapport.fiches.communs import BREF, POINTILLES, borner, commune, surtitre
from pilotage_xlsx.rapport.mots import abreger, deliberant, executif, lire_un_fait, majuscule
from pilotage_xlsx.socle.typographie import jour, nombre

_PAGES = 2
_CASES = ("acceptée", "refusée", "reportée")
_A_REMPLIR = ("Séance du", "Procès-verbal, point", "Présidence", "Secrétariat")


def composer(liens: Liens) -> Fiche:
    """La note de la commune ; ce qu'une feuille Commune vide ne dit pas se remplit à la main."""
    adoptee = _adoptee_le(liens)
    return Fiche(
        avis=f"Adoptée le {adoptee}" if adoptee else "Projet à adopter",
        surtitre=surtitre(liens, sans_nom=POINTILLES),
        titre="Note de pilotage numérique",
        blocs=tuple(_blocs(liens)),
        pied=f"{commune(liens, POINTILLES)} · note de pilotage numérique",
        pages=_PAGES,
    )


def _adoptee_le(liens: Liens) -> str | None:
    """Le jour de l'adoption, si elle n'est plus à faire."""
    le = liens.registre.commune.date("note_adoptee_le")
    return jour(le) if le and Nature.ADOPTION not in _a_faire(liens) else None


def _a_faire(liens: Liens) -> frozenset[Nature]:
    return frozenset(affaire.nature for affaire in recenser(liens))


def _blocs(liens: Liens) -> Iterator[BlocDeFiche]:
    organe = appeler(abreger(lire_un_fait(liens.registre.commune, "executif_nom"), BREF))
    yield Paragraphes("1. Pourquoi cette note", _POURQUOI)
    yield Champs("2. Ce qui nous guide", _PRINCIPES)
    yield Paragraphes("3. Le référent numérique", tuple(_referent(organe)))
    yield Etapes("", tuple(_missions(liens, organe)))
    yield Champs("4. Qui fait quoi", tuple(_roles(liens)))
    yield Paragraphes("5. Décider", tuple(_decider(organe)))
    yield Etapes("6. En cas d'incident", tuple(_incident(liens, organe)))
    yield Paragraphes("7. Durée", tuple(_duree(organe)))
    if orientations := borner(liens.registre.commune, "orientations", sinon=""):
        yield Paragraphes("Nos orientations", (orientations,))
    yield Champs("Dates", tuple(_dates(liens)))
    yield _pour_le_pv(liens, majuscule(organe.executif))


_POURQUOI = (
    "Comptes, registres, courrier, site, guichet : presque tout ce que fait la commune passe "
    "désormais par un outil numérique. Ces outils sont arrivés l'un après l'autre, et des "
    "entreprises les font marcher pour nous. Le service y gagne. Mais, d'année en année, plus "
    "personne ne voit le tout, on ne sait plus comment en sortir, et d'autres finissent par "
    "choisir pour nous.",
    "Voici, à notre taille, comment la commune garde la main : savoir ce qu'elle utilise, trancher "
    "elle-même, tenir quand un outil s'arrête. C'est une règle de conduite, pas un plan "
    "informatique. Le but, avant tout le reste : choisir nos outils en sachant pourquoi, et "
    "pouvoir en changer.",
)
_PRINCIPES = (
    ("À notre taille", "Rien que nos moyens ne permettent de tenir dans la durée."),
    ("Des rôles nets", "De chaque outil et de chaque décision, on sait qui répond."),
    (
        "Comprendre l'essentiel",
        "Même confié à d'autres, un outil dont nous dépendons nous est connu : à quoi il sert, où "
        "sont ses données, qui y entre, comment faire sans lui.",
    ),
    ("Une trace courte", "Ce qui se décide d'important s'écrit le jour même, en quelques lignes."),
)


def _referent(organe: Appellation) -> Iterator[str]:
    yield (
        f"{majuscule(organe.executif)} nomme une personne, le référent numérique, et qui la "
        "remplace. D'ordinaire, c'est la ou le secrétaire ; ce peut être quelqu'un "
        f"{organe.de_executif}, ou quelqu'un d'extérieur. C'est une tâche de plus, pas un poste de "
        "plus : elle demande de l'ordre et du suivi, non un métier d'informaticien. Le référent :"
    )


def _missions(liens: Liens, organe: Appellation) -> Iterator[str]:
    region = abreger(lire_un_fait(liens.registre.commune, "coordination_organisme"), BREF)
    yield "sait à tout moment de quels outils la commune se sert, et de qui elle les tient ;"
    yield "est l'interlocuteur des prestataires, et les fait avancer ensemble ;"
    yield f"apporte {organe.a_executif} de quoi décider : le fait, le prix, le risque, un avis ;"
    yield "suit chaque incident qui compte, de l'alerte à la leçon qu'on en tire ;"
    yield "regarde si un choix nouveau s'accorde avec les anciens ;"
    yield f"fait le lien avec la région{f' ({region})' if region else ''}, là où elle s'organise ;"
    yield "parle avec d'autres communes : ce qui marche, ce qui peut se partager."


def _roles(liens: Liens) -> Iterator[tuple[str, str]]:
    yield (
        abreger(majuscule(executif(liens.registre.commune)), BREF),
        "donne le cap ; vote ce qui engage la commune pour longtemps ou pèse lourd ; apprend tout "
        "incident qui touche un service à la population ou des données.",
    )
    yield (
        "Administration",
        "applique ce qui est voté ; se sert des outils ; dit au référent ce qui manque, ce qui "
        "cloche et ce qui inquiète.",
    )
    yield (
        "Prestataires",
        "livrent ce qui est convenu et donnent leur avis de gens du métier. Ils ne décident de "
        "rien.",
    )
    yield (
        abreger(majuscule(deliberant(liens.registre.commune)), BREF),
        "garde toutes ses compétences, le budget d'abord.",
    )


def _decider(organe: Appellation) -> Iterator[str]:
    yield (
        f"Prendre un outil, un prestataire ou une solution pour des années passe devant "
        f"{organe.executif}. Trois lignes suffisent : de quel outil il s'agit, pourquoi ce choix, "
        "ce qui pourrait mal tourner. Une décision ne s'efface pas : une autre la remplace."
    )


def _incident(liens: Liens, organe: Appellation) -> Iterator[str]:
    seuil = liens.etat.seuil("seuil_information")
    delai = "1\u00a0jour" if seuil == 1 else f"{nombre(seuil)}\u00a0jours"
    heures = liens.modele.identite.seuils.annonce_heures
    yield "Le référent, ou qui le remplace, l'apprend aussitôt."
    yield "Le prestataire de l'outil est appelé."
    yield (
        f"Si un service à la population ou la sûreté de données est en jeu, on le dit "
        f"{organe.a_executif}, sous {delai} au plus."
    )
    yield (
        "Une cyberattaque s'annonce en outre à l'Office fédéral de la cybersécurité (OFCS), dans "
        f"les {heures}\u00a0heures."
    )
    yield "On en garde une page : les faits, qui l'a su et quand, ce qu'on a fait."


def _duree(organe: Appellation) -> Iterator[str]:
    yield (
        f"Ces règles valent du jour où {organe.executif} les adopte. Elles se retouchent de la "
        "même manière quand les besoins changent, sans autre stratégie à écrire, et se relisent "
        "chaque année avec le rapport du référent."
    )


def _dates(liens: Liens) -> Iterator[tuple[str, str]]:
    fiche = liens.registre.commune
    yield "Adoptée le", _adoptee_le(liens) or POINTILLES
    revisee = fiche.date("note_revisee_le")
    yield "Révisée le", jour(revisee) if revisee else POINTILLES
    yield "À relire le", f"{POINTILLES} (au plus tard un an après)"


def _pour_le_pv(liens: Liens, sujet: str) -> Encadre:
    """La phrase de ce qui reste à faire ; tout fait, celle d'une relecture."""
    a_faire, adoptee = _a_faire(liens), _adoptee_le(liens)
    nommes = tuple(
        _designer(liens, colonne, quoi)
        for nature, colonne, quoi in _NOMINATIONS
        if adoptee is None or nature in a_faire
    )
    actes = () if adoptee else ("adopte la note de pilotage numérique de la commune",)
    if nommes:
        actes = (*actes, f"désigne {' et '.join(nommes)}")
    if not actes:
        revisee = liens.registre.commune.date("note_revisee_le")
        depuis = f" et révisée le {jour(revisee)}" if revisee else ""
        note = f"la note de pilotage numérique adoptée le {adoptee}{depuis}"
        confirme = f"ayant relu {note}, la confirme"
        return _encadrer(f"« {sujet}, {confirme}. »")
    return _encadrer(f"« {sujet} {' et '.join(actes)}. »")


def _encadrer(texte: str) -> Encadre:
    return Encadre("Pour le procès-verbal", texte, _CASES, _A_REMPLIR)


_NOMINATIONS = (
    (Nature.REFERENT, "referent_nom", "référent numérique"),
    (Nature.SUPPLEANT, "suppleant_nom", "suppléant"),
)


def _designer(liens: Liens, colonne: str, quoi: str) -> str:
    nom = abreger(lire_un_fait(liens.registre.commune, colonne), BREF)
    return f"{nom or POINTILLES} comme {quoi}"
