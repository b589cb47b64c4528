"""Forms are read as werkzeug would read them, whatever is sent."""

import inspect
import io
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from webapp.web.http.requete import CHAMPS_MAX, FORMULAIRE, Requete


def lus(classe, corps):
    environ = EnvironBuilder(
        method="POST", input_stream=io.BytesIO(corps), content_type=FORMULAIRE, content_length=len(corps)
    ).get_environ()
    return list(classe(environ).form.items(multi=True))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_what_a_browser_encodes_is_read_back(paires):
    sans_substituts = [tuple(t.encode("utf-8", "replace").decode() for t in paire) for paire in paires]
    corps = urlencode(sans_substituts).encode()
    assert lus(Requete, corps) == lus(Request, corps)


@given(st.text(alphabet="ab=&%+;0F\u00e9 ", max_size=30))
def test_what_no_browser_would_send_is_read_as_werkzeug_does(texte):
    corps = texte.encode()
    assert lus(Requete, corps) == lus(Request, corps)


def test_bytes_that_are_not_text_are_no_failure():
    assert lus(Requete, b"a=\xff&b=1") == [("a", "\ufffd"), ("b", "1")]


def test_too_many_fields_are_refused():
    corps = "&".join(f"c{n}=" for n in range(CHAMPS_MAX)).encode()
    assert len(lus(Requete, corps)) == CHAMPS_MAX
    with pytest.raises(RequestEntityTooLarge):
        lus(Requete, corps + b"&de_trop=")


def test_files_are_read_as_usual():
    constructeur = EnvironBuilder(method="POST", data={"a": "1", "f": (io.BytesIO(b"x"), "f.txt")})
    with Requete(constructeur.get_environ()) as requete:
        assert requete.form["a"] == "1"
        assert requete.files["f"].read() == b"x"
    constructeur.close()


def test_no_view_and_no_hook_is_a_coroutine(application):
    """Flask would look at each call: ours are called as they are."""
    crochets = [
        *application.view_functions.values(),
        *(f for table in (application.before_request_funcs, application.after_request_funcs) for fs in table.values()
          for f in fs),
        *(f for fs in application.teardown_request_funcs.values() for f in fs),
        *(f for par_code in application.error_handler_spec.values() for par in par_code.values() for f in par.values()),
    ]  # fmt: skip
    assert len(crochets) > 100
    assert not [f for f in crochets if inspect.iscoroutinefunction(f)]
