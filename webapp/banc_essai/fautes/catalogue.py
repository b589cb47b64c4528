"""Faults of the catalogue, of its borders, of sessions and failures, of « Mode d'emploi », of each hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from limits import parse
from sqlalchemy import bindparam, select

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.certifications import Certification
from webapp.domain.comptes import Organisme
from webapp.domain.statuts import Statut
from webapp.domain.successions import Succession
from webapp.persistence import compteurs, mots, tables, tranches
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tranches import Tranche
from webapp.services import catalogue as formations
from webapp.services import comptes, pages, recherche_registre, successions
from webapp.services.recherche_registre import Recherche
from webapp.web import catalogue, connexion, impression, mode_emploi
from webapp.web.http import contexte, errors, filters, liens
from webapp.web.http.reponses import rediriger
from webapp.web.vue import Vue

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ la carte


@FAUTES.faute("La carte porte la date du lendemain.", "La carte de ma formation", "La carte d'une formation")
def date_du_lendemain(pose: Pose) -> None:
    pose.autour(filters, "date_longue", lambda vrai, jour: vrai(jour + timedelta(days=1)))


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


@FAUTES.faute("La carte ne propose plus les opérations.", "La carte de ma formation", "Un brouillon se modifie")
def carte_sans_operations(pose: Pose) -> None:
    pose.motif(r'<button class="btn btn-outline-primary" type="button" popovertarget="operations-.*?</button>', "")


@FAUTES.faute("Une formation validée est montrée « En ligne ».", "Je valide ma formation", "etape_13")
def validee_dite_en_ligne(pose: Pose) -> None:
    pose.page('<span class="badge badge-validee">Validée</span>', '<span class="badge badge-validee">En ligne</span>')


@FAUTES.faute("La carte ne dit plus que la certification a expiré.", "et la carte le dit")
def expiration_tue(pose: Pose) -> None:
    pose.page("Certification expirée", "")


@FAUTES.faute("Les chevrons d'un titre sont interprétés.", "Un titre s'affiche signe pour signe")
def titre_interprete(pose: Pose) -> None:
    pose.page("&lt;h1&gt;", "<h1>")


# ------------------------------------------------------------------------------------------------ chercher, compter


@FAUTES.faute("Un successeur que le registre ne connaît pas est tu.", "Une certification remplacée par une autre")
def successeur_inconnu_tu(pose: Pose) -> None:
    pose.resultat(successions, "succession", lambda suite: replace(suite, inconnues=()))


@FAUTES.faute(
    "La suite d'une certification s'arrête à la première active, même remplacée.", "jusqu'à celle que rien ne remplace"
)
def suite_ecourtee(pose: Pose) -> None:
    pose.resultat(
        successions, "succession", lambda suite: replace(suite, actives=suite.relais or suite.actives, relais=())
    )


@FAUTES.faute("Le filtre par certification ne se lève pas là où l'on choisit.", "se lève là où l'on choisit")
def filtre_qui_reste(pose: Pose) -> None:
    pose.attribut(Vue, "sans", lambda soi, _filtre: soi)


@FAUTES.faute(
    "Qui lit ou imprime une formation n'apprend pas ce qui remplace sa certification.",
    "s'imprime avec le nom de celle qui remplace", "Un lecteur lit ce qui remplace une certification",
)  # fmt: skip
def successeur_tu_a_la_lecture(pose: Pose) -> None:
    pose.attribut(Succession, "toutes", [])


@FAUTES.faute("Un successeur qui a pris fin lui aussi est tu.", "Quand la certification qui succède a pris fin")
def successeur_fini_tu(pose: Pose) -> None:
    pose.resultat(successions, "succession", lambda suite: replace(suite, finies=()))


@FAUTES.faute("La fin de la certification qui remplace est tue.", "Quand celle qui remplace prend fin bientôt")
def fin_du_successeur_tue(pose: Pose) -> None:
    pose.resultat(successions, "succession", lambda suite: replace(suite, fins={}, ensuite=()))


@FAUTES.faute("Une CléA connue est donnée pour celle qui remplace.", "Sans succession attestée")
def clea_donnee_pour_successeur(pose: Pose) -> None:
    pose.page("Aucune source ne dit ce qui remplace RS2203.", "RS2203 est remplacée par :")


@FAUTES.faute("L'échéancier ne remplace plus dans la formation.", "L'échéancier remplace la certification")
def remplacement_oublie(pose: Pose) -> None:
    pose.attribut(liens, "remplacer", lambda id, _certification: liens.formation(id))


@FAUTES.faute("La recherche tient compte des accents.", "Rechercher « NUMÉRIQUES »", "Rechercher «")
def recherche_aux_accents_pres(pose: Pose) -> None:
    pose.attribut(pages, "mots_demandes", lambda texte: tuple(texte.casefold().split()))


@FAUTES.faute("La recherche tient æ pour une autre lettre que ae.", "Rechercher « VITAE »", "Rechercher «")
def ligature_introuvable(pose: Pose) -> None:
    pose.autour(mots, "mots_gardes", lambda vrai, *textes: vrai(*textes).replace("vitae", "vitæ"))


@FAUTES.faute("La recherche ne porte plus sur l'identifiant.", "Rechercher « clea_num »", "Rechercher «")
def recherche_sans_identifiant(pose: Pose) -> None:
    pose.autour(mots, "mots_gardes", lambda vrai, titre, _identifiant, *siens: vrai(titre, "", *siens))


@FAUTES.faute("La recherche ne porte pas sur la certification.", "Rechercher « rs3936 »", "Rechercher « 3936 »")
def recherche_sans_certification(pose: Pose) -> None:
    pose.autour(mots, "mots_gardes", lambda vrai, titre, identifiant, *_: vrai(titre, identifiant, "", ""))


@FAUTES.faute("La recherche ne porte pas sur le titre de la certification.", "Rechercher « cléa numér »")
def recherche_sans_titre_de_certification(pose: Pose) -> None:
    pose.autour(mots, "mots_gardes", lambda vrai, *textes: vrai(*textes[:3], ""))


@FAUTES.faute("Le milieu d'un identifiant ne se retrouve plus.", "Rechercher « 2026 »", "par un morceau")
def milieu_d_identifiant_perdu(pose: Pose) -> None:
    pose.autour(mots, "mots_gardes", lambda vrai, titre, ref, *siens: vrai(f"{titre} {ref}", "", *siens))


@FAUTES.faute("La recherche trouve au milieu des mots du titre.", "Le milieu d'un mot du titre ne suffit pas")
def milieu_d_un_mot_trouve(pose: Pose) -> None:
    pose.autour(mots, "mots_gardes", lambda vrai, titre, ref, *siens: vrai("", f"{ref}{titre}", *siens))


@FAUTES.faute("Le filtre « Brouillons » compte une formation de trop.", "Le filtre « Toutes » affiche", "Les nombres")
def compte_faux(pose: Pose) -> None:
    un_de_plus = {Statut.BROUILLON: 1}
    pose.resultat(compteurs, "par_statut", lambda n: {s: n[s] + un_de_plus.get(s, 0) for s in n})


@FAUTES.faute("Les filtres par statut ne filtrent rien.", "Le filtre « Brouillons » affiche", "Le filtre")
def filtre_sans_effet(pose: Pose) -> None:
    def sans_filtre(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Any:
        return vrai(lecture, organisme_id, replace(voulue, statut=None))

    pose.autour(tranches, "tranche", sans_filtre)


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
    pose.resultat(tranches, "tranche", lambda lignes: lignes[::-1])


@FAUTES.faute("Le catalogue se feuillette par pages de 10.", "Jusqu'à 20 formations")
def pages_de_10(pose: Pose) -> None:
    pose.attribut(catalogue, "PAR_PAGE", 10)


# ------------------------------------------------------------------------------------------------ les frontières


@FAUTES.faute("Le catalogue montre aussi les formations des autres organismes.", "Les formations d'un autre organisme")
def catalogue_sans_frontiere(pose: Pose) -> None:
    t = tables.formation.c
    colonnes = (t.id, t.identifiant, t.intitule, t.statut, t.modifiee_le, t.certification, t.version, t.rang)
    autres = RequetePreparee(select(*colonnes).where(t.organisme_id != bindparam("organisme_id")).limit(5))

    def ajouter(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> list[Any]:
        return [*vrai(lecture, organisme_id, voulue), *autres.lignes(lecture, organisme_id=organisme_id)]

    pose.autour(tranches, "tranche", ajouter)


@FAUTES.faute("La formation d'un autre organisme s'ouvre par son adresse.", "La formation d'un autre organisme est")
def formation_sans_frontiere(pose: Pose) -> None:
    t = tables.formation.c
    proprietaire = RequetePreparee(select(t.organisme_id).where(t.id == bindparam("id")))

    def ouvrir(vrai: Any, lecture: Lecture, organisme: Organisme, id_: UUID) -> Any:
        return vrai(lecture, replace(organisme, id=proprietaire.valeur(lecture, id=id_) or organisme.id), id_)

    pose.autour(formations, "ouvrir", ouvrir)


@FAUTES.faute("N'importe quel mot de passe ouvre un compte.", "est refusé", "La touche « Entrée » me connecte")
def mot_de_passe_quelconque(pose: Pose) -> None:
    pose.attribut(comptes, "authentifier", lambda cnx, courriel, _mot_de_passe: comptes.trouver(cnx, courriel))


@FAUTES.faute("Les tentatives de connexion ne sont plus comptées.", "Trop de tentatives")
def tentatives_illimitees(pose: Pose) -> None:
    for fenetre in ("PAR_COMPTE", "PAR_ADRESSE"):
        pose.attribut(connexion, fenetre, parse("1000000 per second"))


@FAUTES.faute("« Passer à aujourd'hui » ne change pas la date de référence.", "Un clic fait passer à aujourd'hui")
def date_immobile(pose: Pose) -> None:
    pose.attribut(contexte, "AUJOURDHUI", "jamais")


# ------------------------------------------------------------------------------------------------ les pannes


@FAUTES.faute("Une session expirée renvoie à la connexion, et le texte saisi est perdu.", "Ce que j'enregistrais")
def texte_perdu_a_l_expiration(pose: Pose) -> None:
    def repondre(vrai: Any, statut: int, *a: Any, **options: Any) -> Any:
        return rediriger(liens.CONNEXION) if statut == 401 else vrai(statut, *a, **options)  # noqa: PLR2004 - HTTP

    pose.autour(errors, "repondre", repondre)


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
    pose.autour(Certification, "etat_le", lambda vrai, soi, le: vrai(soi, le + timedelta(days=1)))


@FAUTES.faute("Une certification remplacée ne dit plus par laquelle.", "Une certification remplacée propose")
def successeur_tu(pose: Pose) -> None:
    pose.attribut(successions, "succession", lambda _lecture, _ancienne, _le: Succession())


@FAUTES.faute("L'aide ne retrouve plus un code par l'intitulé de la certification.", "L'aide retrouve un code")
def aide_muette(pose: Pose) -> None:
    pose.attribut(recherche_registre, "chercher", lambda _lecture, _texte, _le: Recherche())


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


# ---------------------------------------------------------------------------- imprimer, et ce que dit une erreur


@FAUTES.faute("L'impression du catalogue s'arrête à la première page.", "Le catalogue s'imprime en entier")
def impression_d_une_page(pose: Pose) -> None:
    pose.attribut(impression, "IMPRIMEES", catalogue.PAR_PAGE)


@FAUTES.faute("L'impression oublie ce qui est cherché.", "Ce que je cherche s'imprime seul")
def impression_sans_filtre(pose: Pose) -> None:
    pose.motif(r'href="/catalogue/imprimer\?[^"]*"', 'href="/catalogue/imprimer"')


@FAUTES.faute("Le catalogue imprimé tait la certification expirée.", "La fiche du catalogue garde l'alerte")
def impression_sans_alerte(pose: Pose) -> None:
    pose.motif(r'<span class="badge badge-alerte">Certification expirée</span>\s*</td>', "</td>")


@FAUTES.faute("Une formation s'imprime sans les dates de ses sessions.", "Une formation s'imprime avec ses actions")
def impression_sans_sessions(pose: Pose) -> None:
    pose.motif(r'<table class="impression-table impression-sessions">.*?</table>', "")


@FAUTES.faute("La page introuvable ne permet plus de chercher.", "De la page introuvable, la recherche mène")
def introuvable_sans_recherche(pose: Pose) -> None:
    pose.motif(r'<section class="carte erreur-suite".*?</section>', "")


@FAUTES.faute("« Accès refusé » ne dit plus à qui s'adresser.", "« Accès refusé » dit avec quel rôle")
def refus_sans_issue(pose: Pose) -> None:
    pose.motif(r"<p>Ce que votre compte permet reste ouvert[^<]*</p>", "")
