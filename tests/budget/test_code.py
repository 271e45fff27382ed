"""Project codes: their forms and the check character."""

from __future__ import annotations

import pytest

from jiheng.budget import CodeForm, ProjectCode, check_character, fold_confusable
from jiheng.reading import read
from tests.conftest import seed_path


@pytest.mark.parametrize(
    ("text", "form", "division", "year", "department"),
    [
        ("13052924P0058401208 62", CodeForm.HEBEI_P, "130529", 2024, None),
        ("13052921G9G0Y7GNHK7BB", CodeForm.HEBEI_2021, "130529", 2021, None),
        ("13052921PWK3PRKQFGOXP", CodeForm.HEBEI_2021, "130529", 2021, None),
        ("434-0501-YXN-WYUZ", CodeForm.DEPARTMENT, None, None, "434"),
        ("000-9999-JSN-D0X6", CodeForm.DEPARTMENT, None, None, "000"),
        ("51092324T000010263357", CodeForm.NATIONAL, "510923", 2024, None),
    ],
)
def test_every_form_is_known(text, form, division, year, department):
    code = ProjectCode.parse(text)
    assert code is not None
    assert (code.form, code.division, code.year, code.department) == (form, division, year, department)


@pytest.mark.parametrize("text", ["", "13052924P00584012086", "434-0501-YXN", "ABC", "1305292XP005840120862"])
def test_what_fits_no_form_is_no_code(text):
    assert ProjectCode.parse(text) is None


def test_the_check_character_is_right_on_every_code_of_the_seeds():
    codes = {
        code.text
        for number in ("002", "003")
        for document in read(seed_path(number)).documents
        for project in document.projects
        if (code := project.parsed_code) is not None and code.form is CodeForm.HEBEI_P
    }
    assert len(codes) == 58
    assert all(ProjectCode.parse(text).check_is_right for text in codes)


def test_every_single_slip_is_caught():
    good = "13052924P00584012086"
    for position in range(20):
        for sign in "0123456789":
            if sign != good[position] and good[position].isdigit():
                assert check_character(good[:position] + sign + good[position + 1 :]) != "2"


def test_a_sign_outside_the_alphabet_has_no_check_character():
    assert check_character("13052924PO0584012086") is None
    slip = ProjectCode.parse("13052924PO05840120862")
    assert slip is not None
    assert slip.form is CodeForm.HEBEI_P
    assert slip.check_is_right is False


def test_confusable_signs_fold_together():
    assert fold_confusable("434-0501-YXN-OBFI") == fold_confusable("434-0501-YXN-0BFI")
