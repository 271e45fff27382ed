"""Words of invented offices, drawn by a seeded chance."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Final

COUNTY: Final = "安澜县"
OFFICES: Final = (
    "水务局",
    "档案馆",
    "科学技术局",
    "教育局",
    "卫生健康局",
    "交通运输局",
    "应急管理局",
    "林业局",
    "柳林镇人民政府",
)
SUBJECTS: Final = (
    "山洪沟",
    "农村饮水管网",
    "乡村道路",
    "学校食堂",
    "卫生室",
    "河道视频监控",
    "图书",
    "档案库房",
    "林区防火",
    "桥梁",
    "应急物资",
    "科普展品",
)
ACTIONS: Final = (
    "清淤工程",
    "改造项目",
    "养护经费",
    "购置经费",
    "维修工程",
    "运行维护费",
    "补助资金",
    "检测服务",
    "更新项目",
    "建设项目",
)
PLACES: Final = ("柳林镇", "上庄乡", "石桥镇", "北河街道", "东岭乡", "全县")
USES: Final = (
    "用于支付工程款和监理费",
    "用于购置设备并完成安装调试",
    "用于聘请专业机构开展技术服务",
    "用于日常运行维护支出",
    "用于补助乡镇开展相关工作",
)
FUNCTIONS: Final = (
    ("201", "一般公共服务支出", (("20103", "政府办公厅（室）及相关机构事务", (("2010301", "行政运行"), ("2010302", "一般行政管理事务"), ("2010350", "事业运行"))),)),
    ("205", "教育支出", (("20508", "进修及培训", (("2050803", "培训支出"),)),)),
    ("208", "社会保障和就业支出", (("20805", "行政事业单位养老支出", (("2080505", "机关事业单位基本养老保险缴费支出"), ("2080506", "机关事业单位职业年金缴费支出"))),)),
    ("210", "卫生健康支出", (("21011", "行政事业单位医疗", (("2101101", "行政单位医疗"), ("2101103", "公务员医疗补助"))),)),
    ("213", "农林水支出", (("21303", "水利", (("2130301", "行政运行"), ("2130306", "水利工程运行与维护"), ("2130314", "防汛"))),)),
    ("221", "住房保障支出", (("22102", "住房改革支出", (("2210201", "住房公积金"),)),)),
)  # fmt: skip
"""类, 款 and 项 of the functional classification (政府收支分类科目)."""
ECONOMIC: Final = (
    ("301", "工资福利支出", (("30101", "基本工资"), ("30102", "津贴补贴"), ("30103", "奖金"), ("30108", "机关事业单位基本养老保险缴费"), ("30113", "住房公积金"))),
    ("302", "商品和服务支出", (("30201", "办公费"), ("30202", "印刷费"), ("30211", "差旅费"), ("30217", "公务接待费"), ("30231", "公务用车运行维护费"), ("30299", "其他商品和服务支出"))),
    ("303", "对个人和家庭的补助", (("30305", "生活补助"), ("30309", "奖励金"))),
)  # fmt: skip
"""类 and 款 of the economic classification."""


class Chance(random.Random):
    """A seeded chance with the draws that documents need."""

    def amount(self, most: int = 2_000) -> Decimal:
        """万元 with two decimals."""
        return Decimal(self.randint(100, most * 100)) / 100

    def office(self) -> str:
        """An invented office of an invented county."""
        return COUNTY + self.choice(OFFICES)

    def project(self) -> str:
        """The name of a project."""
        return f"{self.choice(PLACES)}{self.choice(SUBJECTS)}{self.choice(ACTIONS)}"

    def code(self, year: int) -> str:
        """A project's code of 20 or 21 characters, or an old one in groups."""
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
        if self.random() < 0.25:
            return f"{self.randint(100, 499)}-{self.randint(0, 9999):04}-YXN-{''.join(self.choices(letters, k=4))}"
        return (
            f"139901{year % 100:02}P{''.join(self.choices('0123456789', k=10))}{self.choice('0123456789X')}"
        )


def split(chance: Chance, total: Decimal, parts: int) -> list[Decimal]:
    """``total`` in parts that add up to it."""
    cents = int(total * 100)
    cuts = sorted(chance.randint(0, cents) for _ in range(parts - 1))
    return [Decimal(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, cents], strict=True)]
