"""Faults of the catalogue, of its borders, of sessions and failures, of « Mode d'emploi », of each hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy import bindparam, select

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.certifications import Certification
from webapp.domain.statuts import Statut
from webapp.domain.textes import sans_accents
from webapp.persistence import formations as formations_gardees
from webapp.persistence.formations import Tranche
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.services import comptes, pages, registre, sessions
from webapp.services.registre import Recherche
from webapp.web import catalogue, connexion, mode_emploi
from webapp.web.http import contexte, errors, filters, liens
from webapp.web.http.reponses import rediriger

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ la carte


@FAUTES.faute("La carte porte la date du lendemain.", "La carte de ma formation", "La carte d'une formation")
def date_du_lendemain(pose: Pose) -> None:
    pose.autour(filters, "date_longue", lambda vrai: lambda jour: vrai(jour + timedelta(days=1)))


@FAUTES.faute("La carte ne montre plus l'identifiant.", "La carte de ma formation", "La carte d'une formation")
def carte_sans_identifiant(pose: Pose) -> None:
    pose.motif(r"<p>ID\s:[^<]*</p>", "")


@FAUTES.faute("La carte ne dit pas que l'identifiant reste à saisir.", "Sans identifiant, ma saisie s'enregistre")
def identifiant_a_saisir_tu(pose: Pose) -> None:
    pose.page("ID : à saisir", "ID :")


@FAUTES.faute("La carte ne montre plus la certification préparée.", "La carte de ma formation")
def carte_sans_certification(pose: Pose) -> None:
    pose.motif(r"<p>Certification préparée\s:.*?</p>", "")


@FAUTES.faute("Toutes les cartes nomment la certification CléA.", "La carte nomme la certification")
def carte_toujours_clea(pose: Pose) -> None:
    clea = "Socle de connaissances et de compétences professionnelles (CléA)"
    pose.motif(r"(<p>Certification préparée\s: <strong>)[^<]*", rf"\1{clea}")


@FAUTES.faute("La carte ne propose plus les opérations.", "La carte de ma formation", "Les opérations d'un brouillon")
def carte_sans_operations(pose: Pose) -> None:
    pose.motif(r'<button class="btn btn-outline-primary" type="button" popovertarget="operations-.*?</button>', "")


@FAUTES.faute("Une formation validée est montrée « En ligne ».", "Je valide ma formation", "etape_13")
def validee_dite_en_ligne(pose: Pose) -> None:
    pose.page('<span class="badge badge-validee">Validée</span>', '<span class="badge badge-validee">En ligne</span>')


@FAUTES.faute("La carte ne dit plus que la certification a expiré.", "et la carte le dit")
def expiration_tue(pose: Pose) -> None:
    pose.page("Certification expirée", "")


@FAUTES.faute("Un titre qui ressemble à du code est interprété.", "Un titre qui ressemble à du code")
def titre_interprete(pose: Pose) -> None:
    pose.page("&lt;b&gt;Cléa&lt;/b&gt;", "<b>Cléa</b>")


# ------------------------------------------------------------------------------------------------ chercher, compter


@FAUTES.faute("La recherche tient compte des accents.", "Rechercher « NUMÉRIQUES »", "Rechercher «")
def recherche_aux_accents_pres(pose: Pose) -> None:
    pose.attribut(pages, "sans_accents", str.casefold)


@FAUTES.faute("La recherche ne porte plus sur l'identifiant.", "Rechercher « clea_num »", "Rechercher «")
def recherche_sans_identifiant(pose: Pose) -> None:
    def sans(valeurs: dict[str, Any]) -> dict[str, Any]:
        return {**valeurs, "recherche": sans_accents(valeurs["intitule"])}

    pose.autour(formations_gardees, "_valeurs", lambda vrai: lambda une: sans(vrai(une)))


@FAUTES.faute("Le filtre « Brouillons » compte une formation de trop.", "Le filtre « Toutes » affiche", "Les nombres")
def compte_faux(pose: Pose) -> None:
    def ajouter(comptes: dict[Statut, int]) -> dict[Statut, int]:
        return {**comptes, Statut.BROUILLON: comptes[Statut.BROUILLON] + 1}

    pose.autour(formations_gardees, "compteurs", lambda vrai: lambda cnx, organisme: ajouter(vrai(cnx, organisme)))


Tranchee = Sequence[tuple[Any, ...]]


def _tranche(pose: Pose, autre: Callable[[Callable[..., Tranchee], Lecture, UUID, Tranche], Tranchee]) -> None:
    pose.autour(formations_gardees, "tranche", lambda vrai: lambda cnx, qui, voulue: autre(vrai, cnx, qui, voulue))


@FAUTES.faute("Les filtres par statut ne filtrent rien.", "Le filtre « Brouillons » affiche", "Le filtre")
def filtre_sans_effet(pose: Pose) -> None:
    _tranche(pose, lambda vrai, cnx, qui, voulue: vrai(cnx, qui, replace(voulue, statut=None)))


@FAUTES.faute("Rechercher fait oublier le filtre choisi.", "La recherche reste dans le filtre")
def recherche_sans_le_filtre(pose: Pose) -> None:
    pose.motif(r'<input type="hidden" name="statut"[^>]*>', "")


@FAUTES.faute("Filtrer fait oublier la recherche.", "Le filtre garde la recherche")
def filtre_sans_la_recherche(pose: Pose) -> None:
    pose.motif(r'href="/catalogue\?recherche=[^"&]*(&amp;|")', r'href="/catalogue?\1')


@FAUTES.faute("Passer aux formations suivantes fait oublier le filtre.", "Le filtre choisi reste")
def suite_sans_le_filtre(pose: Pose) -> None:
    pose.motif(r'href="/catalogue\?statut=[a-z]+&amp;apres=', 'href="/catalogue?apres=')


@FAUTES.faute("Le catalogue commence par la formation la plus ancienne.", "La formation modifiée en dernier")
def ordre_inverse(pose: Pose) -> None:
    _tranche(pose, lambda vrai, cnx, qui, voulue: vrai(cnx, qui, voulue)[::-1])


@FAUTES.faute("Le catalogue se feuillette par pages de 10.", "Jusqu'à 20 formations")
def pages_de_10(pose: Pose) -> None:
    pose.attribut(catalogue, "PAR_PAGE", 10)


# ------------------------------------------------------------------------------------------------ les frontières


@FAUTES.faute("Le catalogue montre aussi les formations des autres organismes.", "Les formations d'un autre organisme")
def catalogue_sans_frontiere(pose: Pose) -> None:
    t = formations_gardees._t
    colonnes = (t.id, t.identifiant, t.intitule, t.statut, t.modifiee_le, t.certification)
    autres = RequetePreparee(select(*colonnes).where(t.organisme_id != bindparam("organisme_id")).limit(5))

    def ajouter(vrai: Callable[..., Tranchee], lecture: Lecture, qui: UUID, voulue: Tranche) -> Tranchee:
        return [*vrai(lecture, qui, voulue), *autres.lignes(lecture, organisme_id=qui)]

    _tranche(pose, ajouter)


@FAUTES.faute("La formation d'un autre organisme s'ouvre par son adresse.", "La formation d'un autre organisme est")
def formation_sans_frontiere(pose: Pose) -> None:
    sans_organisme = select(*formations_gardees._COLONNES).where(formations_gardees._t.id == bindparam("id"))
    pose.attribut(formations_gardees, "_PAR_ID", RequetePreparee(sans_organisme))


@FAUTES.faute("Se déconnecter ne ferme pas la session sur le serveur.", "Se déconnecter ferme la session pour de bon")
def deconnexion_feinte(pose: Pose) -> None:
    pose.attribut(sessions, "fermer", lambda _cnx, _jeton: None)


@FAUTES.faute("N'importe quel mot de passe ouvre un compte.", "est refusé", "Je me connecte")
def mot_de_passe_quelconque(pose: Pose) -> None:
    pose.attribut(comptes, "authentifier", lambda cnx, courriel, _mot_de_passe: comptes.trouver(cnx, courriel))


@FAUTES.faute("Les tentatives de connexion ne sont plus comptées.", "Trop de tentatives")
def tentatives_illimitees(pose: Pose) -> None:
    pose.attribut(connexion, "_attente", lambda: None)


@FAUTES.faute("« Passer à aujourd'hui » ne change pas la date de référence.", "Un clic fait passer à aujourd'hui")
def date_immobile(pose: Pose) -> None:
    pose.attribut(contexte, "AUJOURDHUI", "jamais")


# ------------------------------------------------------------------------------------------------ les pannes


@FAUTES.faute("Une session expirée renvoie à la connexion, et le texte saisi est perdu.", "L'expiration de ma session")
def texte_perdu_a_l_expiration(pose: Pose) -> None:
    def repondre(vrai: Callable[..., Response], statut: int, *a: Any, **options: Any) -> Response:
        return rediriger(liens.CONNEXION) if statut == 401 else vrai(statut, *a, **options)  # noqa: PLR2004 - HTTP

    pose.autour(errors, "repondre", lambda vrai: lambda statut, *a, **o: repondre(vrai, statut, *a, **o))


@FAUTES.faute("Une panne du réseau ou du serveur ne se dit plus.", "empêche d'enregistrer et ne perd pas mon texte")
def panne_muette(pose: Pose) -> None:
    pose.motif(r'(<template id="panne-[a-z]+">).*?(</template>)', r"\1\2")


@FAUTES.faute("Le message de panne ne propose plus de réessayer.", "empêche d'enregistrer et ne perd pas mon texte")
def panne_sans_reessayer(pose: Pose) -> None:
    pose.motif(r"<button[^>]* data-reessayer>.*?</button>", "")


# ------------------------------------------------------------------------------------------------ les certifications


@FAUTES.faute("Une formation se valide sur une certification expirée.", "L'écran dit depuis quand", "RS5719")
def expiree_validable(pose: Pose) -> None:
    pose.attribut(Certification, "avis_le", lambda _soi, _le: "")


@FAUTES.faute("Une certification expire la veille du dernier jour de son enregistrement.", "RS5719")
def dernier_jour_perdu(pose: Pose) -> None:
    def lendemain(le: date) -> date:
        return le + timedelta(days=1)

    pose.autour(Certification, "etat_le", lambda vrai: lambda soi, le: vrai(soi, lendemain(le)))


@FAUTES.faute("Une certification remplacée ne dit plus par laquelle.", "Une certification remplacée propose")
def successeur_tu(pose: Pose) -> None:
    pose.attribut(registre, "successeur", lambda _lecture, _ancienne, _le: None)


@FAUTES.faute("L'aide ne retrouve plus un code par l'intitulé de la certification.", "L'aide retrouve un code")
def aide_muette(pose: Pose) -> None:
    pose.attribut(registre, "chercher", lambda _lecture, _texte, _le: Recherche())


# ------------------------------------------------------------------------------------------------ le mode d'emploi


@FAUTES.faute("Le menu « Mode d'emploi » a disparu.", "Je consulte les autres guides")
def menu_disparu(pose: Pose) -> None:
    pose.motif(r'<li><a class="nav-link" href="/mode-d-emploi"[^>]*>.*?</a></li>', "")


@FAUTES.faute("Le mode d'emploi ne liste plus ses guides.", "Je consulte les autres guides")
def guides_absents(pose: Pose) -> None:
    pose.attribut(mode_emploi, "guides", lambda: ())


@FAUTES.faute("Les étapes reconstituées ne sont plus signalées.", "Les étapes reconstituées sont signalées")
def reconstitution_tue(pose: Pose) -> None:
    pose.motif(r'<p class="guide-reconstitue">.*?</p>', "")


# ------------------------------------------------------------------------------------------------ chaque main


@FAUTES.faute("Sur un téléphone, le catalogue déborde de l'écran.", "La page « Catalogue » ne déborde pas")
def debordement(pose: Pose) -> None:
    pose.page("</main>", '<svg width="700" height="1"></svg></main>')


@FAUTES.faute("Au clavier, le bouton « Valider » ne peut pas être atteint.", "inactif se rejoint et dit ce qui manque")
def valider_hors_du_clavier(pose: Pose) -> None:
    pose.page(' id="valider"', ' id="valider" tabindex="-1"')


@FAUTES.faute("Sans JavaScript, le type de formation ne se choisit pas.", "sans JavaScript")
def afficher_absent(pose: Pose) -> None:
    pose.motif(r"<noscript><button[^>]*>Afficher</button></noscript>", "")
