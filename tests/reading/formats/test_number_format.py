"""Numbers and dates as Excel shows them. What is expected is what Excel (Chinese) shows, thousands signs aside."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiheng.reading.formats.sheet.number_format import BUILT_IN, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("16.8", None, "16.8"),
        ("16.8", "General", "16.8"),
        ("0.30000000000000004", None, "0.3"),
        ("16.799999999999997", None, "16.8"),
        ("1E-3", None, "0.001"),
        ("3.4E+17", None, "340000000000000000"),
        ("123456789012345678", None, "123456789012345678"),
        ("16.8", "0.00", "16.80"),
        ("1234.5", "#,##0.00", "1234.50"),
        ("2.675", "0.00", "2.68"),
        ("-1234.5", "0.00", "-1234.50"),
        ("-1234.5", "#,##0.00;[Red]#,##0.00", "-1234.50"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "-1234.50"),
        ("-1234.5", ACCOUNTING, "-1234.50"),
        ("12.5", ACCOUNTING, "12.50"),
        ("0", ACCOUNTING, "-"),
        ("0", "0.00", "0.00"),
        ("0", "#,##0;-#,##0;", ""),
        ("0.5", "#.00", "0.50"),
        ("3", "0.##", "3"),
        ("3.1", "0.0##", "3.1"),
        ("5", "000000", "000005"),
        ("0.95", "0%", "95%"),
        ("0.955", "0.0%", "95.5%"),
        ("95", '0"%"', "95%"),
        ("95", '"≥"0"%"', "≥95%"),
        ("3.5", '0.00"元"', "3.50元"),
        ("3.5", "0.00元", "3.50元"),
        ("3.5", 'G/通用格式"万元"', "3.5万元"),
        ("1.5", "[$¥-804]#,##0.00", "1.50"),
        ("12345678", "0!.0000", "1234.5678"),
        ("12345678", "0!.0,", "1234.6"),
        ("12345678", r"0\.0,", "1234.6"),
        ("12345678", '0"."0,"万元"', "1234.6万元"),
        ("12345678", "#,##0,", "12346"),
        ("100000", '[>=10000]0!.0000"万";0', "10.0000万"),
        ("500", '[>=10000]0!.0000"万";0', "500"),
        ("123456789012", "0.00E+00", "123456789012"),
        ("1.5", "# ?/?", "1.5"),
        ("7", '"共"0"项；"', "共7项；"),
        ("2024", "0000年", "2024年"),
        ("5", "00-00", "00-05"),
        ("2010101", "000-00-00", "201-01-01"),
        ("12010101", "000-00-00", "1201-01-01"),
        ("-5", "00-00", "-00-05"),
        ("1e27", "0.00", "1000000000000000000000000000.00"),
        ("123456789012345678901234567890", None, "123456789012345678901234567890"),
        ("1.5", "0." + "0" * 300, "1.5"),
        ("1.5", "%" * 300 + "0", "1.5"),
        ("0." + "1" * 500, "0.00", "0." + "1" * 500),
        ("²", "0", "²"),
    ],
)
def test_figures(value, code, text):
    assert shown(value, code).text == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292", "yyyy年m月", "2024年1月"),
        ("45292", BUILT_IN[14], "2024/1/1"),
        ("45292", "yyyy-mm-dd", "2024-01-01"),
        ("45292", "yyyy.mm", "2024.01"),
        ("45292.5", "yyyy/m/d h:mm", "2024/1/1 12:00"),
        ("45292.999999", "yyyy/m/d h:mm:ss", "2024/1/2 0:00:00"),
        ("0.5", "h:mm AM/PM", "12:00 下午"),
        ("0.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("1.5", "[h]:mm", "36:00"),
        ("45292", "aaaa", "星期一"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("-5", "yyyy/m/d", "-5"),
        ("99999999", "yyyy/m/d", "99999999"),
        ("45292", "[$-804]yyyy/m/d;@", "2024/1/1"),
        ("45292", "[$-F800]dddd, mmmm dd, yyyy", "2024年1月1日"),
    ],
)
def test_dates(value, code, text):
    assert shown(value, code).text == text


def test_dates_from_1904():
    assert shown("43830", "yyyy/m/d", from_1904=True).text == "2024/1/1"


def test_what_is_not_shown_in_full_is_said():
    assert shown("33.333333333333336", "0.00").is_rounded
    assert not shown("16.799999999999997", "0.00").is_rounded
    assert not shown("0.30000000000000004", "0.00").is_rounded
    hidden = shown("5", ";;;")
    assert (hidden.text, hidden.is_invisible) == ("5", True)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 4))
def test_a_number_of_few_digits_is_shown_to_the_last_one(number, places):
    code = "#,##0" + ("." + "0" * places if places else "")
    seen = shown(repr(float(number)), code)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(seen.text) == rounded
    assert seen.is_rounded == (rounded != number)
    assert len(seen.text.partition(".")[2]) == places


@given(st.text(max_size=20), st.text(alphabet='0#?.,%!\\";[]<>=eE+-_* @ymdhs元年/¥Generalx', max_size=20))
def test_no_format_and_no_value_makes_it_fail(value, code):
    assert isinstance(shown(value, code).text, str)
    assert isinstance(shown("45292.5", code).text, str)
    assert isinstance(shown("-0.25", code).text, str)
    assert isinstance(shown("1e300", code).text, str)
