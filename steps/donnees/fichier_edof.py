"""Files of the portal, as people have them: a formation with one action and one session, as its own sample writes them.

Written from the public description of the format. Knows nothing of how the product reads or writes them.
"""

from xml.sax.saxutils import escape

ESPACE = "https://www.of.moncompteformation.gouv.fr"
INCONNU = '<extra info="code-de-mon-logiciel">4217</extra>'
AUTRE_SIRET = "12345678200010"

_ADRESSE = """<adresse numero="1">
<ligne>Salle Garonne</ligne><codepostal>31000</codepostal><ville>Toulouse</ville>
<extras info="adresse"><extra info="numero-voie">12</extra><extra info="code-nature-voie">RUE</extra>
<extra info="libelle-voie">des Essais</extra></extras></adresse>"""
_PERSONNE = "<nom>Martin</nom><prenom>Camille</prenom>"
_JOINDRE = "<telfixe><numtel>0561000000</numtel></telfixe><courriel>camille@exemple.example</courriel>"
_CONTACT = f'<coordonnees numero="2">{_PERSONNE}{_JOINDRE}</coordonnees>'
_DATES = 'datemaj="20191001" datecrea="20190901"'
_MODELE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<lheo xmlns="{espace}"><offres><formation numero="{identifiant}" {dates}>
<intitule-formation>{intitule}</intitule-formation>
<objectif-formation>Prendre la parole</objectif-formation>
<resultats-attendus>Obtenir le certificat</resultats-attendus>
<contenu-formation>Lire et compter</contenu-formation>
<parcours-de-formation>2</parcours-de-formation>
<objectif-general-formation>6</objectif-general-formation>
<certification><code-RS>{code}</code-RS></certification>
<action numero="A1" {dates}>
<niveau-entree-obligatoire>0</niveau-entree-obligatoire>
<modalites-enseignement>0</modalites-enseignement>
<lieu-de-formation><coordonnees numero="3">{personne}{adresse}{joindre}</coordonnees></lieu-de-formation>
<modalites-entrees-sorties>0</modalites-entrees-sorties>
<session numero="S1" {dates}>
<periode><debut>20270301</debut><fin>20270305</fin></periode>
<adresse-inscription>{adresse}</adresse-inscription>
<etat-recrutement>1</etat-recrutement>
<extras info="session"><extra info="contact-inscription">{contact}</extra></extras>
</session>
<acces-handicapes>Ascenseur</acces-handicapes>
<langue-formation>FR</langue-formation>
<extras info="action"><extra info="contact-information">{contact}</extra>
<extras info="codes-modalites-admission"><extra info="code-modalites-admission">92002</extra></extras>
<extra info="duree-apprentissage">24</extra>
<extras info="codes-rythme-formation"><extra info="code-rythme-formation">1</extra></extras>
<extras info="frais-pedagogiques"><extra info="taux-tva">20.0</extra><extra info="frais-ht">1000.00</extra>
<extra info="frais-ttc">1200.00</extra></extras>
<extra info="existence-prerequis">0</extra></extras>
</action>
<organisme-formation-responsable><SIRET-organisme-formation><SIRET>{siret}</SIRET></SIRET-organisme-formation>
</organisme-formation-responsable>
<extras info="formation"><extra info="resume-contenu">Petits groupes</extra>{extra}</extras>
</formation></offres></lheo>
"""
ECARTS = (
    "une information inconnue",
    "l'UTF-8 pour encodage véritable",
    "une certification inconnue",
    "le SIRET d'un autre organisme",
    "une rangée par session",
)


def ecrire(siret: str, identifiant: str, intitule: str, ecart: str = "") -> bytes:
    """Give the bytes of a file of one formation, of the organisation of this SIRET, with something unusual or not."""
    texte = _ecrire(siret, identifiant, intitule, ecart)
    if ecart == "une rangée par session":
        # As tools do that write the rows of a table: the formation again, for its second session.
        debut, une, fin = _decouper(texte)
        autre = une.replace('numero="S1"', 'numero="S2"').replace("20270301", "20270401").replace("20270305", "20270405")
        texte = debut + une + autre + fin
    return texte.encode("utf-8" if ecart == "l'UTF-8 pour encodage véritable" else "iso-8859-1")


def _decouper(texte: str) -> tuple[str, str, str]:
    debut, balise, reste = texte.partition("<formation ")
    une, fermante, fin = reste.partition("</formation>")
    return debut, balise + une + fermante, fin


def _ecrire(siret: str, identifiant: str, intitule: str, ecart: str) -> str:
    return _MODELE.format(
        espace=ESPACE, identifiant=identifiant, intitule=escape(intitule), dates=_DATES, personne=_PERSONNE,
        adresse=_ADRESSE, joindre=_JOINDRE, contact=_CONTACT,
        code="RS999999" if ecart == "une certification inconnue" else "RS2203",
        siret=AUTRE_SIRET if ecart == "le SIRET d'un autre organisme" else siret,
        extra=INCONNU if ecart == "une information inconnue" else "",
    )  # fmt: skip
