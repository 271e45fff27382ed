"""Known errors put into sound documents: the audit names the place, and is silent on the sound ones."""

from __future__ import annotations

import pytest

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import MUTATIONS, Change, at, changed, declare, doubled, paths, put, without
from benchmarks.mutations.measure import measure, mutations
from benchmarks.mutations.report import broken, share, text_of
from benchmarks.mutations.subjects import Subject, subjects
from jiheng.auditing import audit
from jiheng.budget import Severity
from tests.writing.builders import document

_EACH = 6
"""Of so many kinds of error one is tried here; ``make mutations`` tries all."""
_CAUGHT = 0.97
"""The aim of the whole is higher; few errors are tried here, and one that is missed must not stop everything."""


@pytest.fixture(scope="module")
def sound() -> list[Subject]:
    return list(subjects(1))


def test_sound_documents_raise_no_error_and_hardly_a_warning(sound):
    found = [
        (subject.name, finding)
        for subject in sound
        for finding in audit(subject.file(subject.document), previous=subject.previous).findings
    ]
    assert [(name, one.message) for name, one in found if one.severity is Severity.ERROR] == []
    assert sum(one.severity is Severity.WARNING for _, one in found) < len(sound)


def test_there_are_hundreds_of_kinds_and_each_can_be_put_in_somewhere(sound):
    unused = [
        identity
        for identity, kind in mutations().items()
        if not any(list(kind.make(subject.document, Chance(1))) for subject in sound)
    ]
    assert unused == []
    assert len(mutations()) >= 400


def test_a_mutation_makes_another_document_and_leaves_the_sound_one_alone(sound):
    for subject in sound:
        before = str(subject.document)
        for kind in list(mutations().values())[::_EACH]:
            for change in list(kind.make(subject.document, Chance(1)))[:1]:
                assert change.document != subject.document, kind.id
        assert str(subject.document) == before


def test_errors_are_caught(sound):
    chosen = {
        identity: kind for index, (identity, kind) in enumerate(mutations().items()) if index % _EACH == 0
    }
    results = measure(sound[:3], places=1, kinds=chosen)
    assert results.crashes == []
    assert results.total.injected > 80
    assert share(results.total) >= _CAUGHT, text_of(results)


def test_an_error_that_no_rule_knows_is_missed_and_the_aim_with_it():
    sound = document(safeguards=[])
    kind = MUTATIONS["plan_falls"]._replace(
        id="harmless", make=lambda document, chance: iter([changed(document, "reviewer", "安澜县财政所")])
    )
    results = measure([Subject("text", "text", sound)], places=1, kinds={"harmless": kind})
    assert (results.total.injected, results.total.caught) == (1, 0)
    assert any("caught" in aim for aim in broken(results))
    assert share(results.total) == 0.0


def test_values_are_put_dropped_and_doubled_at_their_paths():
    sound = document()
    assert at(put(sound, "projects.0.budget.total", "7.00"), "projects.0.budget.total") == "7.00"
    assert at(sound, "projects.0.budget.total") == "6.00"
    assert at(sound, "projects.3.name") is None
    assert list(paths(sound, "projects.*.goals.*")) == ["projects.0.goals.0", "projects.0.goals.1"]
    assert without(sound, "projects.0.goals.0").document.projects[0].goals == sound.projects[0].goals[1:]
    assert doubled(sound, "projects.0.goals.1").places == ("projects.0.goals.1", "projects.0.goals.2")


def test_a_kind_is_declared_once():
    identity = next(iter(mutations()))
    with pytest.raises(ValueError, match=identity):
        declare(identity, "重复", "SUM", lambda document, chance: iter(()))


def test_a_change_tells_what_was_done():
    sound = document()
    assert changed(sound, "projects.0.budget.total", "60.00") == Change(
        put(sound, "projects.0.budget.total", "60.00"), ("projects.0.budget.total",), "6.00 → 60.00"
    )
