"""People's names by pinyin: a surname and one or two characters that given names are made of.

Dictionaries hold the names of the famous, and everybody else's come out as a sentence: 网秀英 for
王秀英. What names are made of is few: some hundred surnames and characters make most of them. Both
stand here roughly in the order of how common they are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from kiosk.services.pinyin import readings, spoken

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    "魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾"
    "龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温牛樊葛邢安齐伍庞颜倪章鲁岳翟殷詹申欧耿关"
    "兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍涂成苗谷曲盛冉翁蓝骆路游靳柴蒙鲍华喻祁蒲房滕萧"
    "屈饶解牟艾尤时阳阎穆农司古吉卓缪简车项连芦娄窦费戚岑景党宫褚卜晏苟应仲查盖储边全佟季明冷"
    "楚迟慕商宗晋臧原桂郎池隋栗伏芮桑匡卫仇鞠沙习尧敖米强丛郁荆鄢瞿席巩鹿闵银虞封权苑惠傅丘"
)
COMPOUND = (
    *("欧阳", "上官", "皇甫", "司马", "诸葛", "令狐"),
    *("夏侯", "司徒", "东方", "尉迟", "慕容", "端木"),
)
GIVEN = (
    "英华玉明秀文国建志红军平丽海春金桂林小永晓云荣芳兰德生成伟东杰梅凤强珍祥峰新霞福燕光花清"
    "敏艳俊庆辉忠学波家龙宝贵子梓涵宇雨欣怡轩浩泽佳嘉一诗晨娥翠菊芬立玲才淑雪江宏勇爱良香振娟"
    "莲萍涛天超静慧娜梦洪昌斌长根鹏民亮琴智飞义元万亚莉少发利正全有水胜中安世兵刚琳博思雅颖彬"
    "瑞宁磊旭鑫凯倩婷洋勤素美兴树锋仁传启阳琪瑶萱瑜悦彤妍依若馨菲可心语紫童诺沐宸睿奕豪铭昊哲"
    "翔然皓航逸毅楠颜晶洁璐莹岚露薇蕾茜丹彩巧秋冬夏月星晴霖森松柏青山川河源泉湖石岩岭田禾苗丰"
    "收广远达进步升和顺喜乐康健寿禄祖先绍继承宗耀培育修维信诚礼孝廉贤善恩惠慈厚茂盛隆泰富财银"
    "铁钢铜锦绣珠玥珊瑚琼瑛璇瑾瑗珂琦琛琰珺钰鸿雁鹤莺凰麟虎豹骏马驰腾跃卫汉唐宋楚鲁晋湘苏闽粤"
    "京沪渝蜀双连向朝书画墨翰章典词韵音歌彦士君臣相伯仲叔季友朋会如意之尔允久九千仪仙伶佑俐偲"
    "傲儿克兆冉冠冰凌凡刘力功加劲勋化北卉卓南占叶名含吟呈周品唯喆园圆圣坚坤城基堂壮大奇妙妮姗"
    "姣威娇娅婉婧媛嫣孟宜宣宾寅寒尚展岳峻崇巍帅帆希帝干庭延开弘张彪征律得念怀恒恬恺愉愿慕懿战"
    "扬拥拓挺政敬方施旺昂昕昭是显晖晗景晟暄曙曦曼朵李杏来杨柔柱柳栋格桃桐桢棋棠楷榕樱欢毓汝沁"
    "沛沙泓泳洲流济浪涓润淇淳深淼渊温满滢漫潇澄澜灵灿炎炜炳焕焱熙燃爽玄玮玫珏珑珩理琬瑄璞甜甫"
    "申盈益睦知碧祎祺秉稳穗竹笑筠筱箐精纯纲纪纹纤绪绮绵缘羽翊翼耘聪聿胤舒舟艺艾芊芝芮芷芸芹苇"
    "茵茹荃荷莎莘菁萌葆葵蓉蓓蓝蔓蔚蕊蕙蕴薪藏虹蝶裕西誉谊谦谨豫贝贞赞赟越轶辰迅运迎迪通邦鄂醒"
    "重野锐锡镇镕闻阔际陆陵隽雄雯霆霄韬韦领颂飘风骁骥高魁鲜黎齐龄"
)

READ_OTHERWISE = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge", "任": "ren",
    "覃": "qin", "翟": "zhai", "尉迟": "yuchi", "缪": "miao", "瞿": "qu", "臧": "zang",
    "长": "chang",
}  # fmt: skip
"""Characters that are read in another way in names than elsewhere."""

USUAL = 12.0
"""A name that costs no more is likelier than a sentence that nobody wrote down as a word."""

_HEAD = 8  # places at the head of each order that are as good as one another
_LONGEST = 18  # letters of two syllables of a surname and two of a given name, with a ' or two


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name and how far it is from the commonest ones: the logarithms of its places in order."""

    cost: float
    text: str

    @property
    def usual(self) -> bool:
        """Whether surname and given name are common ones."""
        return self.cost <= USUAL


def called(letters: str, limit: int) -> list[Name]:
    """The names that these letters spell in full, likeliest first; ' stands between syllables."""
    if len(letters) > _LONGEST:
        return []
    names: dict[str, float] = {}
    for parts in _splits(letters):
        # each part is in order, so that the best of the whole are made of the best of the parts
        for characters in product(*(part[:limit] for part in parts)):
            text = "".join(name.text for name in characters)
            cost = sum(name.cost for name in characters)
            names[text] = min(cost, names.get(text, math.inf))
    return sorted(Name(cost, text) for text, cost in names.items())[:limit]


def _splits(letters: str) -> Iterator[tuple[list[Name], ...]]:
    """Every way to read the letters as a surname and one or two characters."""
    surnames, given = _surnames(), _given()
    for surname, rest in _cuts(letters):
        if surname not in surnames:
            continue
        if rest in given:
            yield surnames[surname], given[rest]
        for first, second in _cuts(rest):
            if first in given and second in given:
                yield surnames[surname], given[first], given[second]


def _cuts(letters: str) -> Iterator[tuple[str, str]]:
    """The letters in two; what separates them belongs to neither."""
    for place in range(1, len(letters)):
        yield letters[:place], letters[place:].removeprefix("'")


@cache
def _surnames() -> dict[str, list[Name]]:
    return _by_reading((*SURNAMES, *COMPOUND))


@cache
def _given() -> dict[str, list[Name]]:
    return _by_reading(GIVEN)


def _by_reading(texts: Iterable[str]) -> dict[str, list[Name]]:
    found: defaultdict[str, list[Name]] = defaultdict(list)
    for place, text in enumerate(dict.fromkeys(texts)):
        found[_reading(text)].append(Name(math.log(_HEAD + place), text))
    return dict(found)


def _reading(text: str) -> str:
    if text in READ_OTHERWISE:
        return READ_OTHERWISE[text]
    return readings(text)[0] if len(text) == 1 else "".join(spoken(text))
