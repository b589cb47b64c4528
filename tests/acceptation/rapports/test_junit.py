"""JUnit: the form that build servers read, with our names in it."""

from pathlib import Path

import pytest
from lxml import etree

from steps.rapports.flux import Execution
from steps.rapports.junit import junit
from tests.acceptation.rapports.modele import fabriquer

# The elements and the attributes on which the readers of JUnit agree, in the order that they ask for.
FORME = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
  <xs:simpleType name="secondes">
    <xs:restriction base="xs:decimal"><xs:minInclusive value="0"/></xs:restriction>
  </xs:simpleType>
  <xs:complexType name="raison" mixed="true">
    <xs:attribute name="message"/><xs:attribute name="type"/>
  </xs:complexType>
  <xs:complexType name="proprietes">
    <xs:sequence><xs:element name="property" minOccurs="0" maxOccurs="unbounded">
      <xs:complexType>
        <xs:attribute name="name" use="required"/><xs:attribute name="value" use="required"/>
      </xs:complexType>
    </xs:element></xs:sequence>
  </xs:complexType>
  <xs:complexType name="cas">
    <xs:sequence>
      <xs:element name="properties" type="proprietes" minOccurs="0"/>
      <xs:choice minOccurs="0">
        <xs:element name="skipped" type="raison"/>
        <xs:element name="error" type="raison"/>
        <xs:element name="failure" type="raison"/>
      </xs:choice>
      <xs:element name="system-out" minOccurs="0"/><xs:element name="system-err" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="name" use="required"/><xs:attribute name="classname" use="required"/>
    <xs:attribute name="time" type="secondes" use="required"/>
  </xs:complexType>
  <xs:complexType name="suite">
    <xs:sequence>
      <xs:element name="properties" type="proprietes" minOccurs="0"/>
      <xs:element name="testcase" type="cas" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="name" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
    <xs:attribute name="time" type="secondes" use="required"/>
    <xs:attribute name="timestamp" type="xs:dateTime"/>
  </xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name"/><xs:attribute name="time" type="secondes"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
  </xs:complexType></xs:element>
</xs:schema>
"""


@pytest.fixture(scope="module")
def forme():
    return etree.XMLSchema(etree.fromstring(FORME))


@pytest.fixture
def document(tmp_path: Path):
    return etree.fromstring(junit(fabriquer(tmp_path)).encode())


def cas(document, nom):
    return next(chaque for chaque in document.iter("testcase") if chaque.get("name") == nom)


def test_it_has_the_form_of_junit(document, forme):
    forme.assertValid(document)
    forme.assertValid(etree.fromstring(junit(Execution()).encode()))


def test_the_check_of_the_form_bites(document, forme):
    del document.find(".//testcase").attrib["classname"]
    assert not forme.validate(document)


def test_it_counts_each_scenario_once(document):
    (suite,) = document
    assert {nom: suite.get(nom) for nom in ("name", "tests", "failures", "errors", "skipped")} == {
        "name": "L'essai",
        "tests": "9",
        "failures": "4",
        "errors": "0",
        "skipped": "3",
    }
    assert document.get("failures") == "4"


def test_a_scenario_is_classed_by_its_feature_and_its_rule(document):
    trouve = cas(document, "L'exemple 4 (hiver)")
    assert trouve.get("classname") == "L'essai › Première règle"
    proprietes = [(p.get("name"), p.get("value")) for p in trouve.iter("property")]
    assert ("lieu", "features/regles/essai_0.feature:35") in proprietes
    assert ("etiquette", "@etape_7") in proprietes
    assert ("etape_du_guide", "7") in proprietes
    assert ("piece", "l'échec/ecran 1.png") in proprietes


def test_a_failure_tells_the_steps_the_reason_and_the_command(document):
    echec = cas(document, "Celui qui est instable").find("failure")
    assert echec.get("message") == "attendu\u00a0: bouton «\u00a0a\u00a0»\u00a0: actif"
    assert "✗ Quand cela passe la seconde fois" in echec.text
    assert "Instable" in echec.text
    assert "python -m pytest test_essai.py::test_0_6" in echec.text


def test_what_was_not_played_says_why(document):
    assert cas(document, "Écarté").find("skipped").get("message") == "non retenu par «\u00a0-k x\u00a0»"
    assert cas(document, "Celui qui reste à faire").find("skipped") is not None


def test_what_xml_cannot_say_is_left_out(tmp_path, forme):
    execution = fabriquer(tmp_path)
    execution.tentatives[1]["etapes"][-1]["erreur"] = {"message": "a\x00b\x1b[31mc\ufffe"}
    document = etree.fromstring(junit(execution).encode())
    forme.assertValid(document)
    echec = document.find(".//failure")
    assert echec is not None
    assert echec.get("message") == "ab[31mc"
