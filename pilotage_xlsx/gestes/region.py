"""La région d'un rapport : ce qui traverse ses communes, et celles que l'on attendait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pilotage_xlsx.consolidation.mutualisation import (
    GenreDOccasion,
    Mutualisation,
    Participante,
    Usage,
    Usages,
    chercher,
    reduire,
    trouver_les_usages,
)
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.controle import Lu
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.lecture.listes import lire_une_liste
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import Rapport
from pilotage_xlsx.rapport.region import (
    Attendues,
    EnCommun,
    FinDeContrat,
    Partages,
    PrestataireDeRegion,
)
from pilotage_xlsx.registre.tableaux import Rang
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.entree import EntreeRefusee, Source, chemin_de
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.textes import cle_large, normaliser

_COMMUNES_MAX = 20_000
_NOMS = frozenset({"commune", "communes", "nom", "nomdelacommune", "nomcommune", "gemeinde"})
_NUMEROS = frozenset({"noofs", "numeroofs", "nofs", "ofs", "bfsnr", "numero"})


def participer(lu: Lu, modele: Modele, au: date) -> Participante:
    """Ce que l'on garde d'une commune pour la rapprocher des autres."""
    return reduire(Liens(modele_de(lu.registre.porte, modele), lu.registre, au))


def partager(participantes: Sequence[Participante], au: date) -> Partages:
    """Les prestataires, les fins de contrat et les occasions de ces communes, sans personne."""
    usages = trouver_les_usages(tuple(participantes))
    return Partages(
        tuple(_prestataires(usages)),
        tuple(_fins(usages, au)),
        tuple(_en_commun(chercher(tuple(participantes), (), au))),
    )


def _prestataires(usages: Usages) -> Iterator[PrestataireDeRegion]:
    """Tous ; d'abord ceux dont le plus de communes ne peuvent se passer."""
    tous = [_compter(nom, groupe) for nom, groupe in usages.de_tous_les_prestataires()]
    yield from sorted(
        tous, key=lambda p: (-len(p.touchees), -p.indispensables, -len(p.communes), p.nom)
    )


def _compter(nom: str, groupe: Sequence[Usage]) -> PrestataireDeRegion:
    communes = {id(usage.commune): usage.commune for usage in groupe}
    indispensables = [usage for usage in groupe if usage.outil.est_indispensable]
    touchees = {id(usage.commune): usage.commune for usage in indispensables}
    return PrestataireDeRegion(
        nom,
        _nommer(communes.values()),
        _nommer(touchees.values()),
        len(indispensables),
        sum(une.habitants or 0 for une in touchees.values()),
    )


def _nommer(participantes: Iterable[Participante]) -> tuple[str, ...]:
    return tuple(sorted((une.nom for une in participantes), key=cle_large))


def _fins(usages: Usages, au: date) -> Iterator[FinDeContrat]:
    """Les contrats qui finissent dans les douze mois, ou qu'il y faut résilier."""
    borne = ajouter_mois(au, 12)
    fins = [
        FinDeContrat(
            usage.commune.nom,
            usage.outil.nom,
            usages.prestataire(usage) or "",
            dernier if dernier and dernier >= au else None,
            fin,
        )
        for usage in usages.tous
        for fin, dernier in ((usage.outil.echeance, usage.outil.dernier_jour),)
        if fin and fin >= au and (fin <= borne or (dernier and au <= dernier <= borne))
    ]
    yield from sorted(fins, key=lambda f: (f.dernier_jour or f.fin, cle_large(f.commune), f.outil))


def _en_commun(trouvee: Mutualisation) -> Iterator[EnCommun]:
    """Par où commencer : le premier de chaque genre, puis le deuxième."""
    par_genre = {g: [o for o in trouvee.premieres if o.genre is g] for g in GenreDOccasion}
    for rang in range(max(map(len, par_genre.values()), default=0)):
        for occasions in par_genre.values():
            if rang < len(occasions):
                o = occasions[rang]
                yield EnCommun(
                    str(o.objet[0] or ""), o.genre.value, len(o.communes), o.francs,
                    o.dernier_jour, o.premiere.commune.nom,
                )  # fmt: skip


def attendre(liste: Source, rapports: Sequence[Rapport]) -> Attendues:
    """Les communes de la liste (un CSV, ou la première feuille d'un classeur), comparées à celles
    dont le classeur est là.

    Lève `GesteImpossible` si la liste ne se lit pas, ou ne nomme aucune commune.
    """
    try:
        recue = lire_une_liste(liste, _COMMUNES_MAX)
    except (EntreeRefusee, Refus) as faute:
        raise GesteImpossible(f"{chemin_de(liste)} : pas lu. {faute}") from None
    attendues = dict(_lister(list(recue.tableaux[0].lignes.values())))
    if not attendues:
        raise GesteImpossible(
            f"{chemin_de(liste)} ne nomme aucune commune : une par ligne, sous « Commune » "
            "(et « N° OFS » si vous l'avez)."
        )
    noms = {cle_large(rapport.nom) for rapport in rapports}
    numeros = {str(rapport.commune["numero_ofs"]) for rapport in rapports} - {"None"}
    manquantes = [
        nom for nom, ofs in attendues.items() if cle_large(nom) not in noms and ofs not in numeros
    ]
    connus, ofs_connus = {cle_large(nom) for nom in attendues}, set(attendues.values()) - {""}
    en_plus = [
        rapport.nom
        for rapport in rapports
        if cle_large(rapport.nom) not in connus
        and str(rapport.commune["numero_ofs"]) not in ofs_connus
    ]
    return Attendues(
        len(attendues),
        tuple(sorted(manquantes, key=cle_large)),
        tuple(sorted(en_plus, key=cle_large)),
    )


def _lister(rangs: Sequence[Rang]) -> Iterator[tuple[str, str]]:
    """Le nom et le n° OFS de chaque ligne ; sans en-tête connu, le nom est en première colonne."""
    if not rangs:
        return
    entetes = {cle_large(cellule.texte): rang for rang, cellule in rangs[0].items()}
    du_nom = next((rang for titre, rang in entetes.items() if titre in _NOMS), None)
    du_numero = next((rang for titre, rang in entetes.items() if titre in _NUMEROS), None)
    for rang in rangs if du_nom is None else rangs[1:]:
        premier = min(rang, default=0)
        nom = rang.get(premier if du_nom is None else du_nom)
        numero = None if du_numero is None else rang.get(du_numero)
        if nom and normaliser(nom.texte):
            yield normaliser(nom.texte), normaliser(numero.texte) if numero else ""
