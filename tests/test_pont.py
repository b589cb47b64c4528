"""The bridge: what the application is given, and what becomes of a request that does not come whole."""

import asyncio
import threading

import pytest

from webapp.pont import MORCEAU, TAILLE_MAX, Message, Pont, ReponseTronquee

FILS = 2


def morceau(octets, *, suite=False):
    return {"type": "http.request", "body": octets, "more_body": suite}


PARTI = {"type": "http.disconnect"}


class Temoin:
    """An application that remembers what it is given, reads the body and answers."""

    def __init__(self, erreur=None):
        self.recus = []
        self.fermes = 0
        self._erreur = erreur

    def __call__(self, environ, commencer):
        if self._erreur:
            raise self._erreur
        self.recus.append(environ | {"lu": environ["wsgi.input"].read(), "fil": threading.current_thread()})
        commencer("201 Created", [("Content-Type", "text/plain"), ("X-Nom", "été")])
        return self

    def __iter__(self):
        return iter([b"bon", b"jour"])

    def close(self):
        self.fermes += 1


def demande(*entetes, methode="POST", chemin=b"/", cherche=b""):
    return {
        "type": "http", "http_version": "1.1", "method": methode, "scheme": "http", "path": "?", "raw_path": chemin,
        "query_string": cherche, "server": ("192.0.2.1", "5000"), "client": ("192.0.2.7", "40000"), "headers": entetes,
    }  # fmt: skip


async def jamais() -> Message:
    """Wait for a message that does not come."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sends anything")


def demander(pont, portee, *messages):
    """Ask; give the status, the headers and the body. When the messages are over, nothing more comes."""
    restants, envoyes = list(messages), []

    async def recevoir():
        return restants.pop(0) if restants else await asyncio.Event().wait()

    async def envoyer(message):
        envoyes.append(message)

    asyncio.run(pont(portee, recevoir, envoyer))
    tete, corps = envoyes
    assert (tete["type"], corps["type"], restants) == ("http.response.start", "http.response.body", [])
    return tete["status"], dict(tete["headers"]), corps["body"]


def longueur(taille):
    return b"content-length", str(taille).encode()


def test_a_request_is_given_as_wsgi_has_it():
    temoin = Temoin()
    entetes = ((b"host", b"a.example"), longueur(3), (b"content-type", b"text/x"), (b"x-nom", b"\xe9"))
    portee = demande(*entetes, chemin=b"/a%2Fb%C3%A9%ff%zz", cherche=b"q=%C3%A9&r=\xe9")
    reponse = demander(Pont(temoin, FILS, 5), portee, morceau(b"a=", suite=True), morceau(b"b"))
    assert reponse == (201, {b"Content-Type": b"text/plain", b"X-Nom": b"\xe9t\xe9"}, b"bonjour")
    assert temoin.fermes == 1
    (recu,) = temoin.recus
    assert recu.pop("fil") is not threading.current_thread()
    del recu["wsgi.input"], recu["wsgi.errors"]
    assert recu == {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a/b\xc3\xa9\xff%zz",
        "QUERY_STRING": "q=%C3%A9&r=\xe9",
        "SERVER_NAME": "192.0.2.1",
        "SERVER_PORT": "5000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "CONTENT_TYPE": "text/x",
        "CONTENT_LENGTH": "3",
        "HTTP_HOST": "a.example",
        "HTTP_X_NOM": "\xe9",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "lu": b"a=b",
    }


def test_headers_said_twice_are_joined_and_none_passes_for_another():
    temoin = Temoin()
    entetes = (
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-forwarded-for", b"192.0.2.8"),
        (b"x-forwarded-for", b"192.0.2.9"),
        (b"x_forwarded_for", b"192.0.2.66"),
        (b"content_length", b"5"),
        (b"remote-addr", b"192.0.2.66"),
    )
    demander(Pont(temoin, FILS, 5), demande(*entetes, methode="GET"))
    (recu,) = temoin.recus
    assert recu["HTTP_COOKIE"] == "a=1; b=2"
    assert recu["HTTP_X_FORWARDED_FOR"] == "192.0.2.8,192.0.2.9"
    assert (recu["CONTENT_LENGTH"], recu["REMOTE_ADDR"], recu["lu"]) == ("", "192.0.2.7", b"")


def test_a_body_without_a_length_is_given_one():
    temoin = Temoin()
    portee = demande((b"transfer-encoding", b"chunked"))
    demander(Pont(temoin, FILS, 5), portee, morceau(b"abc", suite=True), morceau(b"de", suite=True), morceau(b""))
    (recu,) = temoin.recus
    assert (recu["CONTENT_LENGTH"], recu["lu"]) == ("5", b"abcde")
    assert "HTTP_TRANSFER_ENCODING" not in recu


def test_a_body_that_is_too_long_is_not_read_on():
    temoin = Temoin()
    pont = Pont(temoin, FILS, 5)
    demander(pont, demande(longueur(TAILLE_MAX + 1)))
    demander(
        pont, demande((b"transfer-encoding", b"chunked")), *[morceau(b"a" * (TAILLE_MAX // 2 + 1), suite=True)] * 2
    )
    demander(pont, demande(longueur(TAILLE_MAX)), morceau(b"a" * TAILLE_MAX))
    assert [(int(recu["CONTENT_LENGTH"]), len(recu["lu"])) for recu in temoin.recus] == [
        (TAILLE_MAX + 1, 0),
        (TAILLE_MAX + 2, TAILLE_MAX + 2),
        (TAILLE_MAX, TAILLE_MAX),
    ]


@pytest.mark.parametrize("entete", [longueur(100), (b"transfer-encoding", b"chunked")])
@pytest.mark.parametrize(("suite", "attendu"), [([], 408), ([PARTI], 400)])
def test_a_body_that_does_not_come_whole_reaches_no_application(entete, suite, attendu):
    temoin = Temoin()
    statut, entetes, corps = demander(Pont(temoin, FILS, 0.05), demande(entete), morceau(b"abcdef", suite=True), *suite)
    assert (statut, entetes[b"connection"]) == (attendu, b"close")
    assert corps.decode().startswith("Votre demande n’est pas arrivée en entier.")
    assert temoin.recus == []


def test_bodies_that_stall_take_no_thread():
    async def jouer():
        temoin = Temoin()
        pont = Pont(temoin, FILS, 30)
        envoyes = []

        async def envoyer(message):
            envoyes.append(message)

        lents = [asyncio.create_task(pont(demande(longueur(9)), jamais, envoyer)) for _ in range(10 * FILS)]
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await pont(demande(methode="GET"), jamais, envoyer)
        assert [lent.done() for lent in lents] == [False] * len(lents)
        for lent in lents:
            lent.cancel()
        return [message["type"] for message in envoyes]

    assert asyncio.run(jouer()) == ["http.response.start", "http.response.body"]


def test_what_an_application_raises_is_the_server_s_to_say():
    pont = Pont(Temoin(ZeroDivisionError()), 1, 5)
    for _ in range(2):  # And its thread still answers.
        with pytest.raises(ZeroDivisionError):
            demander(pont, demande(methode="GET"))


class Longue:
    """An answer of several pieces, which counts those that were taken."""

    def __init__(self, nombre):
        self.pris = 0
        self.ferme = False
        self._nombre = nombre

    def __call__(self, _environ, commencer):
        commencer("200 OK", [])
        return self

    def __iter__(self):
        for rang in range(self._nombre):
            self.pris += 1
            yield bytes([rang]) * MORCEAU

    def close(self):
        self.ferme = True


def test_a_long_answer_is_taken_as_its_reader_takes_it():
    longue = Longue(4)
    vus = []

    async def envoyer(message):
        vus.append((message.get("body", b"")[:1], message.get("more_body"), longue.pris, longue.ferme))

    asyncio.run(Pont(longue, FILS, 5)(demande(methode="GET"), jamais, envoyer))
    assert [vu[:3] for vu in vus] == [
        (b"", None, 1), (b"\0", True, 1), (b"\1", True, 2), (b"\2", True, 3), (b"\3", True, 4), (b"", False, 4),
    ]  # fmt: skip
    assert [vu[3] for vu in vus] == [False] * 5 + [True]


class Annoncee(Longue):
    """One that says how many bytes it has."""

    def __init__(self, nombre, dite, statut="200 OK"):
        super().__init__(nombre)
        self._dite, self._statut = str(dite), statut

    def __call__(self, _environ, commencer):
        commencer(self._statut, [("Content-Length", self._dite)])
        return self


@pytest.mark.parametrize(("nombre", "vus"), [(0, []), (1, ["start", "body"]), (3, ["start", "body", "body", "body"])])
def test_an_answer_shorter_than_it_said_is_cut_for_nobody_to_wait(nombre, vus):
    longue = Annoncee(nombre, MORCEAU * nombre + 1)
    envoyes = []

    async def envoyer(message):
        envoyes.append(message)

    with pytest.raises(ReponseTronquee):
        asyncio.run(Pont(longue, FILS, 5)(demande(methode="GET"), jamais, envoyer))
    assert [message["type"].rpartition(".")[2] for message in envoyes] == vus
    assert all(message["more_body"] for message in envoyes[1:])
    assert longue.ferme


@pytest.mark.parametrize(("methode", "statut"), [("HEAD", "200 OK"), ("GET", "304 Not Modified")])
def test_an_answer_without_a_body_may_say_how_long_it_would_be(methode, statut):
    assert demander(Pont(Annoncee(0, 99, statut), 1, 5), demande(methode=methode))[2] == b""


def test_an_answer_whose_reader_goes_is_closed():
    longue = Longue(4)

    async def envoyer(message):
        if message.get("body"):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(Pont(longue, FILS, 5)(demande(methode="GET"), jamais, envoyer))
    assert (longue.pris, longue.ferme) == (1, True)


def test_a_body_shorter_than_it_was_said_reaches_no_view():
    temoin = Temoin()
    statut, _, corps = demander(Pont(temoin, FILS, 5), demande(longueur(5)), morceau(b"a="))
    assert (statut, temoin.recus) == (400, [])
    assert "en entier" in corps.decode()


class Lent:
    """An application that answers when told, in pieces too long for one, and says when it was closed."""

    def __init__(self):
        self.commence, self.continue_, self.ferme = (threading.Event() for _ in range(3))

    def __call__(self, _environ, commencer):
        commencer("200 OK", [])
        self.commence.set()
        assert self.continue_.wait(5)
        return self

    def __iter__(self):
        yield bytes(MORCEAU)
        yield bytes(MORCEAU)

    def close(self):
        self.ferme.set()


async def rien(_message):
    """Take a message."""


async def commencer_puis_renoncer(pont, lent, soucis):
    """Give a request up while a thread answers it."""
    asyncio.get_running_loop().set_exception_handler(lambda _boucle, contexte: soucis.append(contexte))
    tache = asyncio.create_task(pont(demande(methode="GET"), jamais, rien))
    await asyncio.to_thread(lent.commence.wait, 5)
    tache.cancel()
    with pytest.raises(asyncio.CancelledError):
        await tache


def repond_encore(pont, lent):
    """Have each thread answer: as many requests at once as there are threads."""

    async def tout():
        envoyes: list[Message] = []

        async def envoyer(message):
            envoyes.append(message)

        await asyncio.gather(*(pont(demande(methode="GET"), jamais, envoyer) for _ in range(FILS)))
        return [message["status"] for message in envoyes if "status" in message]

    lent.continue_.set()
    return asyncio.run(asyncio.wait_for(tout(), 5)) == [200] * FILS


def test_a_request_that_is_given_up_is_closed_and_its_thread_answers_the_next():
    lent = Lent()
    soucis: list[object] = []
    pont = Pont(lent, FILS, 5)

    async def tout():
        await commencer_puis_renoncer(pont, lent, soucis)
        lent.continue_.set()
        assert await asyncio.to_thread(lent.ferme.wait, 5)

    asyncio.run(tout())
    assert soucis == []
    assert repond_encore(pont, lent)


def test_a_loop_that_closes_under_a_request_leaves_the_threads_alive():
    lent = Lent()
    soucis: list[object] = []
    pont = Pont(lent, FILS, 5)
    for _ in range(FILS + 1):
        lent.continue_.clear()
        lent.commence.clear()
        lent.ferme.clear()
        asyncio.run(commencer_puis_renoncer(pont, lent, soucis))
        lent.continue_.set()
        assert lent.ferme.wait(5)
    assert soucis == []
    assert repond_encore(pont, lent)


def test_a_rest_that_a_thread_is_taking_is_closed_after_it_and_once():
    pris, continuer = threading.Event(), threading.Event()
    ferme = threading.Event()
    fermes: list[int] = []

    def application(_environ, commencer):
        commencer("200 OK", [])

        def morceaux():
            try:
                yield bytes(MORCEAU)
                pris.set()
                assert continuer.wait(5)
                yield bytes(MORCEAU)
            finally:
                fermes.append(1)
                ferme.set()

        return morceaux()

    soucis: list[object] = []
    pont = Pont(application, FILS, 5)

    async def tout():
        asyncio.get_running_loop().set_exception_handler(lambda _boucle, contexte: soucis.append(contexte))
        tache = asyncio.create_task(pont(demande(methode="GET"), jamais, rien))
        assert await asyncio.to_thread(pris.wait, 5)
        tache.cancel()
        with pytest.raises(asyncio.CancelledError):
            await tache
        continuer.set()
        assert await asyncio.to_thread(ferme.wait, 5)

    asyncio.run(asyncio.wait_for(tout(), 5))
    assert (fermes, soucis) == ([1], [])


def test_an_application_that_stops_an_iteration_is_a_failure_not_a_silence():
    pont = Pont(Temoin(StopIteration("x")), FILS, 5)
    with pytest.raises(RuntimeError, match="StopIteration"):
        asyncio.run(asyncio.wait_for(pont(demande(methode="GET"), jamais, rien), 5))
