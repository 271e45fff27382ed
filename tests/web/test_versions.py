"""A file held against an older version of it: what was put right, what is left, what is new."""

from __future__ import annotations

import pytest
from django.test import Client

from jiheng.budget import CodedName, Kind
from jiheng.web.documents import explanations
from jiheng.web.documents.models import Upload
from tests.web.builders import document, finding, store

pytestmark = pytest.mark.django_db


def version(number: int, *messages: str, **changes: object) -> Upload:
    findings = [
        finding("revenue.total", rule=f"SUM-{at:03}", message=text) for at, text in enumerate(messages)
    ]
    return store([document(**changes)], findings, name=f"第{number}版.txt", content=str(number).encode())


def page(client: Client, upload: Upload, status: int = 200, **query: str) -> str:
    response = client.get(f"{upload.get_absolute_url()}versions/", query)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def two() -> tuple[Upload, Upload]:
    return version(1, "甲错", "乙错", "丙错"), version(2, "甲错", "乙还错")


def test_it_says_what_was_put_right_what_is_left_and_what_is_new(client: Client, two: tuple[Upload, Upload]):
    old, new = two
    text = page(client, new, **{"with": old.public_id})
    for told in ("改好 1", "没有改 2", "新出现 0", "已经改好的问题（1）", "丙错"):
        assert told in text
    text = page(client, old, **{"with": new.public_id})
    assert "新出现 1" in text


def test_the_page_of_a_file_leads_to_its_versions(client: Client, two: tuple[Upload, Upload]):
    old, new = two
    assert "与旧版比较（1）" in client.get(new.get_absolute_url()).content.decode()
    text = page(client, new)
    assert old.public_id in text
    assert "同一单位的文件（1）" in text


def test_likely_versions_come_first_and_others_only_when_looked_for(
    client: Client, two: tuple[Upload, Upload]
):
    old, new = two
    other = version(
        3, title="安澜县教育局2024年部门预算绩效文本", department=CodedName("306", "安澜县教育局")
    )
    unsaid = version(4, title=None, department=None, projects=[])
    text = page(client, new)
    assert other.public_id not in text
    assert text.index(old.public_id) < text.index(unsaid.public_id)
    text = page(client, new, q="教育局")
    assert other.public_id in text
    assert old.public_id not in text
    assert "没有找到" in page(client, new, q="没有这样的单位")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"title": "安澜县教育局2024年文本", "department": CodedName("306", "安澜县教育局")},
            "不是同一个单位",
        ),
        ({"kind": Kind.FINAL_ACCOUNTS}, "种类不同"),
        ({"fiscal_year": 2023}, "年度不同"),
    ],
)
def test_what_is_no_version_is_refused_with_words(client: Client, two, changes: dict[str, object], told: str):
    other = version(5, **changes)
    assert told in page(client, two[1], 422, **{"with": other.public_id})


def test_an_unknown_file_and_the_file_itself_are_refused(client: Client, two: tuple[Upload, Upload]):
    for chosen in ("A" * 22, two[1].public_id, "x"):
        assert "没有这份文件" in page(client, two[1], 422, **{"with": chosen})
    page(client, two[1], 200)
    assert client.get(f"/d/{'A' * 22}/versions/").status_code == 404
    assert client.post(f"{two[1].get_absolute_url()}versions/").status_code == 405


def test_what_was_explained_is_told_as_such(client: Client):
    found = finding("revenue.total", key="k" * 16)
    old = store([document()], [found], content=b"1")
    new = store([document()], [found], content=b"2")
    explanations.explain(findings=[found], reason="有文件", who="周会计")
    text = page(client, new, **{"with": old.public_id})
    assert "没有改 1" in text
    assert "已说明理由" in text


def test_without_another_version_the_page_says_so(client: Client):
    assert "还没有这份文件的其他版本" in page(client, version(1))


def test_titles_are_escaped(client: Client):
    old = version(1, "<b>甲</b>", title="<i>标题</i>")
    new = version(2, title="<i>标题</i>")
    text = page(client, new, **{"with": old.public_id})
    assert "<b>甲" not in text
    assert "<i>" not in text
