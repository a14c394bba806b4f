"""Numbers that were published as examples pass their country's rule; with one digit changed none does."""

from collections.abc import Callable

import pytest

from trialog.nlu.personal_data import check_digits as rules

# Each number is nobody's: where it was published stands beside it.
EXAMPLES: list[tuple[Callable[[str], bool], str]] = [
    (rules.is_bsn, "111222333"),  # test number of the Dutch government, also in the documentation of python-stdnum
    (rules.is_bsn, "123456782"),  # the same
    (rules.is_nhs, "9434765919"),  # NHS Data Dictionary and Wikipedia, "NHS number"
    (rules.is_nhs, "4010232137"),  # NHS Data Dictionary, "NHS Number"
    (rules.is_belgian, "85073003328"),  # documentation of python-stdnum, be.nn
    (rules.is_belgian, "93051822361"),  # Wikipedia, "Rijksregisternummer"
    (rules.is_german_tax_id, "86095742719"),  # ELSTER, "Prüfung der Steueridentifikationsnummer"
    (rules.is_german_tax_id, "65929970489"),  # the same
    (rules.is_kvnr, "A123456780"),  # gematik, sample data
    (rules.is_spanish, "12345678Z"),  # Ministerio del Interior and Wikipedia, "Documento nacional de identidad"
    (rules.is_spanish, "X1234567L"),  # Wikipedia, "Número de identidad de extranjero"
    (rules.is_codice_fiscale, "RSSMRA85T10A562S"),  # Wikipedia, "Codice fiscale"
    (rules.is_codice_fiscale, "MRTMTT91D08F205J"),  # the same
    (rules.is_nir, "255081416802538"),  # Wikipedia, "Numéro de sécurité sociale en France"
    (rules.is_pesel, "44051401359"),  # Wikipedia, "PESEL"
    (rules.is_pesel, "02070803628"),  # the same
    (rules.is_czech, "7103192745"),  # documentation of python-stdnum, cz.rc
    (rules.is_cpr, "0707614285"),  # CPR-kontoret, "Personnummeret i CPR"
    (rules.is_swedish, "6408233234"),  # Skatteverket, SKV 704
    (rules.is_swedish, "198112189876"),  # Wikipedia, "Personnummer i Sverige", with its century
    (rules.is_finnish, "131052-308T"),  # Digital and Population Data Services Agency
    (rules.is_norwegian, "15108695088"),  # documentation of python-stdnum, no.fodselsnummer
    (rules.is_iban, "GB29NWBK60161331926819"),  # SWIFT, IBAN registry
    (rules.is_iban, "NL91ABNA0417164300"),  # the same
    (rules.is_iban, "ES9121000418450200051332"),  # the same
    (rules.is_card, "4111111111111111"),  # test card of payment services
]


def one_digit_off(number: str) -> list[str]:
    last = len(number) - 1
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    changed = [number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :] for place in places]
    return changed if number[last].isdigit() else [*changed, number[:last] + ("A" if number[last] != "A" else "B")]


@pytest.mark.parametrize(("rule", "number"), EXAMPLES)
def test_published_numbers_pass(rule: Callable[[str], bool], number: str) -> None:
    assert rule(number)


# A Swedish century is no part of the sum.
@pytest.mark.parametrize(("rule", "number"), [(rule, number) for rule, number in EXAMPLES if number != "198112189876"])
def test_one_digit_off_does_not(rule: Callable[[str], bool], number: str) -> None:
    assert [changed for changed in one_digit_off(number) if rule(changed)] == []


@pytest.mark.parametrize("number", ["", "0", "000000000", "0000000000", "ITCC059", "NCT02637687", "1٣3456789", "9" * 40])
def test_what_is_no_such_number(number: str) -> None:
    assert not rules.is_somebodys(number)
    assert not rules.is_iban(number)
