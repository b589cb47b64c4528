"""The languages in which a training is given: the codes of ISO 639-1, in capitals as the portal's file writes them.

The whole of the standard, with its French names in alphabetical order, and what the portal adds to it: « XX » for sign
language. French comes first: it is what nearly every action chooses.
"""

FRANCAIS = "FR"

_LISTE = """
FR français
XX langue des signes
AB abkhaze
AA afar
AF afrikaans
AK akan
SQ albanais
DE allemand
AM amharique
EN anglais
AR arabe
AN aragonais
HY arménien
AS assamais
AV avar
AE avestique
AY aymara
AZ azéri
BA bachkir
BM bambara
EU basque
BN bengali
BE biélorusse
MY birman
BI bichelamar
BS bosnien
BR breton
BG bulgare
CA catalan
CH chamorro
NY chichewa
ZH chinois
KO coréen
KW cornique
CO corse
CR cri
HR croate
DA danois
DZ dzongkha
ES espagnol
EO espéranto
ET estonien
EE éwé
FO féroïen
FJ fidjien
FI finnois
FY frison occidental
GD gaélique écossais
GL galicien
CY gallois
LG ganda
KA géorgien
EL grec
KL groenlandais
GN guarani
GU gujarati
HT haïtien
HA haoussa
HE hébreu
HZ héréro
HI hindi
HO hiri motu
HU hongrois
IO ido
IG igbo
ID indonésien
IA interlingua
IE interlingue
IU inuktitut
IK inupiaq
GA irlandais
IS islandais
IT italien
JA japonais
JV javanais
KN kannada
KR kanouri
KS cachemiri
KK kazakh
KM khmer
KI kikuyu
KY kirghize
RN kirundi
RW kinyarwanda
KV komi
KG kongo
KJ kuanyama
KU kurde
LO lao
LA latin
LV letton
LI limbourgeois
LN lingala
LT lituanien
LU luba-katanga
LB luxembourgeois
MK macédonien
MS malais
ML malayalam
DV maldivien
MG malgache
MT maltais
GV mannois
MI maori
MR marathi
MH marshallais
MN mongol
NA nauruan
NV navajo
ND ndébélé du Nord
NR ndébélé du Sud
NG ndonga
NL néerlandais
NE népalais
NO norvégien
NB norvégien bokmål
NN norvégien nynorsk
OC occitan
OJ ojibwé
OR odia
OM oromo
OS ossète
UG ouïghour
UR ourdou
UZ ouzbek
PS pachto
PI pali
PA pendjabi
FA persan
FF peul
PL polonais
PT portugais
QU quechua
RM romanche
RO roumain
RU russe
SE same du Nord
SM samoan
SG sango
SA sanskrit
SC sarde
SR serbe
SH serbo-croate
SN shona
SD sindhi
SI cinghalais
SK slovaque
CU slavon
SL slovène
SO somali
ST sotho du Sud
SU soundanais
SV suédois
SW swahili
SS swati
TG tadjik
TL tagalog
TY tahitien
TA tamoul
TT tatar
CS tchèque
CE tchétchène
CV tchouvache
TE télougou
TH thaï
BO tibétain
TI tigrigna
TO tongien
TS tsonga
TN tswana
TR turc
TK turkmène
TW twi
UK ukrainien
VE venda
VI vietnamien
VO volapük
WA wallon
WO wolof
XH xhosa
II yi du Sichuan
YI yiddish
YO yoruba
ZA zhuang
ZU zoulou
"""

LANGUES: dict[str, str] = dict(ligne.split(" ", 1) for ligne in _LISTE.strip().splitlines())
