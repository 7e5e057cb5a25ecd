"""From the tokens of a sentence to drafts: which rule claims each figure, and what it inherits."""

from extract.context import Draft, Held, Mind
from extract.figures_claim import claim
from extract.figures_stream import Layers, Stream
from extract.periods_model import Period
from extract.quantities_record import Quantity
from extract.resolve_indicator import concept_of, denominator_of, follow_cue, pass_schemes, schemes_of, see_scheme
from extract.resolve_when import see_heading, see_periods, settle_bases, settle_period
from extract.resolve_where import pass_places, see_places, settle_place
from extract.rules import Rule
from extract.rules.pattern import FIGURES
from extract.schemes import find_schemes
from extract.sentences import Span

KINDS = {character: name for name, character in FIGURES.items()}
COUNTS = ("person", "bare", "count", "money")
AIMED = ("level", "gain", "coverage_pct", "rate")
CHANGES = ("change", "change_pct")
LISTED = {
    "ENROL": "gain",
    "LACK": "target_gap",
    "PLAN": "target",
    "ASSIGN": "target",
    "AIM": "target",
    "NOTYET": "uncovered",
}
"""What a list of places counts, by the verb that opens it."""
SUBJECT_OF_CHANGE = frozenset({"COVER", "COLLECT", "SPEND", "OWE", "DEBTRATE", "COUNTED", "JOIN", "SCHEME"})
BARE_LEVELS = ("plan.target.mood", "level.subject", "level.beside", "list.same", "level.to")
TOWARDS = ("coverage.to", "level.to")
SMALL = {"person": 5, "money": 100_000_000, "book": 5, "card": 5}
"""Below these a level is a case, not a figure of an area."""
SUBJECTS = frozenset(
    {
        "ASSIGN",
        "AIM",
        "NOTYET",
        "JOIN",
        "SCHEME",
        "COVER",
        "ENROL",
        "BENEFIT",
        "CONCEPT",
        "COUNTED",
        "LACK",
        "PLAN",
        "OWE",
        "COLLECT",
    }
)
EVIDENCE = frozenset({"PLAN", "COVER", "ASSIGN", "COUNTED"})
"""Words without which a bare percent is not ours."""
ECHO = {
    ("level", "percent"): "reach", ("level", "person"): "level", ("change", "percent"): "change_pct",
    ("change_pct", "person"): "change", ("coverage_pct", "person"): "level", ("uncovered", "percent"): "uncovered",
    ("uncovered", "person"): "uncovered", ("target", "percent"): "target", ("target", "person"): "target",
    ("target_gap", "percent"): "target_gap", ("target_gap", "person"): "target_gap", ("target_pct", "person"): "level",
    ("gain", "percent"): "target_pct", ("share_pct", "person"): "level",
}  # fmt: skip
"""What a figure in brackets is, by the measure before it and its own kind."""


class SentenceReader:
    """Reads the sentences of one document in order, with one mind."""

    def __init__(self, layers: Layers, mind: Mind) -> None:
        self.layers = layers
        self.mind = mind
        self.stream = Stream(0, 0, [], "", "")
        self.sentence = 0
        self.paragraph = 0
        self.drafts: list[Draft] = []
        self.refused: list[tuple[int, str]] = []
        self.aiming = False
        self.periods: list[tuple[int, Period]] = []
        self.bases: list[tuple[int, Period]] = []
        self.scheme_at = self.cue_at = self.benefit_at = -1
        self.names = {character: name for name, character in layers.rules.alphabet.characters.items()}

    def read(self, stream: Stream, sentence: int, paragraph: int) -> tuple[list[Draft], list[tuple[int, str]]]:
        """Give the drafts of a sentence, and the figures that no rule claimed as (token, reason)."""
        self.stream, self.sentence, self.paragraph = stream, sentence, paragraph
        self.drafts, self.refused = [], []
        self.aiming = False
        self.whole: tuple[Held[tuple[str, ...]] | None, str] | None = None
        self.none_at = -99
        self.given = False
        self.bound_at = -1
        self.scheme_at = self.cue_at = self.benefit_at = -1
        see_periods(self)
        for index, token in enumerate(stream.tokens):
            name = self.names.get(token.code, "")
            if name in FIGURES:
                self._figure(index)
            else:
                self._cue(index, name)
        self._respectively()
        self._spread_back()
        for draft in self.drafts:
            settle_period(self, draft)
            settle_place(self, draft)
        settle_bases(self)
        see_places(self)
        if not self.drafts:
            see_heading(self)
        if self.whole is not None:
            self.mind.schemes, self.mind.concept = self.whole
        if self.drafts:
            self.mind.drafts = self.drafts
            self.mind.target = Held(self.drafts[-1].measure == "target", sentence, paragraph)
        return self.drafts, self.refused

    def pass_by(self, span: Span, sentence: int, paragraph: int, insured: str) -> None:
        """Take note of the places and insurances of a sentence that is not read."""
        self.sentence, self.paragraph = sentence, paragraph
        pass_places(self, span)
        if insured:
            pass_schemes(self, find_schemes(insured, self.layers.indicators))

    def held(self, value: object) -> Held:  # type: ignore[type-arg]
        """Note a value as set by this sentence."""
        return Held(value, self.sentence, self.paragraph)

    def _cue(self, index: int, name: str) -> None:
        if name in ("SCHEME", "ORG"):
            see_scheme(self, index)
        elif name in ("PLAN", "ASSIGN"):
            self.mind.plan = self.held(True)
        elif name == "AIM":
            self.aiming = True
        elif name == "INCLUDING" and self.whole is None and self.mind.schemes and self._parts(index):
            self.whole = (self.mind.schemes, self.mind.concept)
        if name in ("PLAN", "ASSIGN") and self._plans(index, name):
            self.aiming = True
        elif self.aiming and self._actual(index, name):
            self.aiming = False
        follow_cue(self, index, name)

    def _actual(self, index: int, name: str) -> bool:
        """Whether words go over from aims to what is: `mới chỉ có`, `đã đạt`, `hiện nay`."""
        load = self.stream.tokens[index].load
        if name == "PERIOD":
            return isinstance(load, Period) and load.kind == "now"
        return (
            name in ("HAS", "REACH", "IS")
            and isinstance(load, tuple)
            and bool({"mới", "đã", "chỉ", "hiện"} & set(load))
        )

    def _parts(self, index: int) -> bool:
        """`trong đó`, `gồm` lead to parts; `riêng` changes the subject."""
        words = self.stream.tokens[index].load
        return bool(words) and words[0] != "riêng" and words != ("cụ", "thể")

    def _plans(self, index: int, name: str) -> bool:
        """Whether the words open a list of aims: `chỉ tiêu gồm:`, `BHXH tỉnh giao huyện nâng ... lên`."""
        after = {self.names.get(token.code, token.code) for token in self.stream.tokens[index + 1 : index + 5]}
        before = {self.names.get(token.code, token.code) for token in self.stream.tokens[max(0, index - 4) : index]}
        if {"PLAN", "ASSIGN"} & (before if name == "PLAN" else after) and not before & {
            "THAN",
            "percent",
            "REACH",
            "EQUALS",
            "bare",
        }:
            return "(" not in before
        load = self.stream.tokens[index].load
        if name == "ASSIGN" and "chỉ" in load and not before & {"THAN", "percent", "REACH", "EQUALS"}:
            return True
        if name == "PLAN" and index < 3 and ":" in self.stream.codes and not before & {"THAN", "percent"}:
            return True
        if name == "PLAN":
            return bool({":", "INCLUDING"} & after) and not {"REACH", "THAN", "percent", "LACK", "OVER"} & (
                before | after
            )
        return bool({"PLACE", "ENROL", "RISETO"} & after) and not {"PLAN", "percent", "THAN"} & before

    def _figure(self, index: int) -> None:
        rule = claim(self.stream, index, self.layers.rules, self._holds)
        if rule is None:
            self.refused.append((index, "no rule"))
            return
        if rule.measure == "none" or (
            (rule.rank < (61 if self.given else 46) or rule.id in TOWARDS) and self._follows_none(index)
        ):
            self.refused.append((index, rule.id if rule.measure == "none" else "none.list"))
            self.none_at = index
            self.given = self.given or rule.id == "none.given"
            return
        if rule.measure in CHANGES and not self._has_subject(index):
            self.refused.append((index, "no subject"))
            return
        if rule.id in BARE_LEVELS and not self._counts_insured(index, rule):
            self.refused.append((index, "no subject"))
            return
        if self._of_firm(index):
            self.refused.append((index, "none.firm"))
            self.none_at = index
            return
        draft = self._draft(index, rule)
        if draft is None:
            self.refused.append((index, "no measure"))
            return
        if draft.measure in ("change_pct", "target_pct", "share_pct") and self._of_refused(index):
            self.refused.append((index, "of a figure left out"))
            return
        schemes, how = schemes_of(self, draft)
        concept = concept_of(self, draft, rule)
        if not schemes or not concept:
            self.refused.append((index, "no indicator"))
            return
        draft.schemes, draft.concept, draft.slots["indicator"] = schemes, concept, how
        draft.denominator = denominator_of(self, draft)
        self._finish(draft)
        self.drafts.append(draft)

    def _of_firm(self, index: int) -> bool:
        """Whether one firm or hospital is the subject: named before the figure, and no area or firms in general since."""
        unit = self.stream.figure_at(index).unit
        if unit not in (None, "person", "VND", "employer", "case"):
            return False
        for token in reversed(self.stream.tokens[:index]):
            name = self.names.get(token.code)
            if name in ("FIRM", "HOSPITAL"):
                return True
            if name == "FIRMS" or name == "SHARE_OF" or (token.code == ";" and name != "FIRM"):
                return False
        return False

    def _follows_none(self, index: int) -> bool:
        """Whether the figure goes on a list that no rule of ours claims."""
        last = self.drafts[-1].index if self.drafts else -1
        return self.none_at > last and index - self.none_at <= (40 if self.given else 12)

    def _counts_insured(self, index: int, rule: Rule) -> bool:
        """Whether the words of the clause say that people or money of an insurance are counted."""
        last = self.mind.target.sentence if self.mind.target else -9
        listed = self.drafts or (self._after_place(index) and self.sentence - last <= 3)
        if listed and (rule.id == "list.same" or (rule.id == "level.subject" and self._after_place(index))):
            return True
        before = self.names.get(self.stream.codes[index - 1])
        if self._opens_parts() and self.stream.figure_at(index).unit == "person":
            return True
        if self.drafts and before == "INCLUDING":
            return True
        if before == "HAS" and self._mind_near() and self.stream.codes[index + 1 : index + 2] in ("(", ",", ".", ";"):
            return True
        if self.stream.codes[index] != FIGURES["person"] and self.stream.codes[index] != FIGURES["bare"]:
            return True
        start = index
        tokens = self.stream.tokens
        while start > 0 and tokens[start - 1].code not in ";.(" and index - start < 24:
            start -= 1
        names = {self.names.get(token.code) for token in tokens[start:index]}
        if self._after_place(index):
            rest = self.stream.codes[index + 1 :].partition(";")[0]
            names |= {self.names.get(code) for code in rest} & {"JOIN", "SCHEME"}
            names |= {self.names.get(token.code) for token in tokens[:index]} & set(LISTED)
        for token in tokens[index + 1 : index + 8]:
            if token.code in ",;.(0123":
                break
            names.add(self.names.get(token.code))
        close = {self.names.get(token.code) for token in tokens[max(0, index - 4) : index]}
        return bool(SUBJECTS & names) and not close & {"DENOM", "WEALTH"}

    def _of_refused(self, index: int) -> bool:
        """Whether the percent speaks of a count just before it that no rule claimed."""
        last = self.drafts[-1].index if self.drafts else -1
        left = [at for at, _ in self.refused if last < at and index - at <= 16]
        if not left or self.stream.codes[left[-1]] == FIGURES["percent"]:
            return False
        names = {self.names.get(token.code) for token in self.stream.tokens[left[-1] : index]}
        return not names & {"SCHEME", "COVER", "JOIN", "COLLECT", "OWE", "PLACE", ";"}

    def _has_subject(self, index: int) -> bool:
        """Whether something of ours is said to change: a count before it, or words that name one."""
        if self.drafts or self._mind_near():
            return True
        names = {self.names.get(token.code) for token in self.stream.tokens[max(0, index - 16) : index + 9]}
        return bool(SUBJECT_OF_CHANGE & names)

    def _after_place(self, index: int) -> bool:
        """Whether a place stands close before the figure, as in a list of places."""
        return self.layers.rules.alphabet["PLACE"] in self.stream.codes[max(0, index - 3) : index]

    def _holds(self, rule: Rule) -> bool:
        for condition in rule.when:
            plan = self.mind.near(self.mind.plan, self.sentence, self.paragraph)
            if (condition == "plan" and not plan) or (condition == "no-plan" and plan):
                return False
            if condition == "aiming" and not self.aiming:
                return False
        return True

    def _draft(self, index: int, rule: Rule) -> Draft | None:
        quantity = self.stream.figure_at(index)
        kind = KINDS[self.stream.codes[index]]
        draft = Draft(
            index=index,
            start=self.stream.start + quantity.start,
            end=self.stream.start + quantity.end,
            kind=kind,
            value=quantity.value,
            unit=quantity.unit or "person",
            qualifier=quantity.qualifier,
            precision=quantity.precision,
            rule=rule.id,
            measure=str(rule.measure),
            sure=rule.sure,
            sign=rule.sign,
            of=rule.of,
            whole=quantity.whole,
        )
        draft.head = self._head(draft)
        measure = self._measure(draft, quantity)
        if measure is None or (
            measure == "level" and draft.qualifier in ("<=", ">=") and draft.kind in ("money", "person")
        ):
            return None
        if measure in ("level", "target") and abs(draft.value) < SMALL.get(
            "money" if kind == "money" else draft.unit, 0
        ):
            return None
        draft.measure = measure
        return draft

    def _head(self, draft: Draft) -> Draft | None:
        """The last count of this sentence, else of the last one that had any."""
        for earlier in reversed(self.drafts):
            if earlier.kind != "percent" and earlier.measure in ("level", "gain", "target", "uncovered"):
                return earlier
        return None

    def _measure(self, draft: Draft, quantity: Quantity) -> str | None:
        measure = draft.measure
        if measure == "same":
            measure = self._same(draft)
        elif measure == "echo":
            measure = self._echo(draft)
        if measure == "reach":
            measure = self._reach(draft)
        if measure is None:
            return None
        if draft.kind == "bare" and measure in ("coverage_pct", "target_pct", "rate", "share_pct", "change_pct"):
            draft.unit = "percent"
        elif draft.kind == "bare" and draft.unit == "person" and draft.value < 2:
            return None
        if measure == "level" and draft.kind == "percent":
            measure = "coverage_pct"
        if measure == "level" and draft.rule in ("level.joins", "level.beside"):
            measure = self._elided(draft) or measure
        if self.aiming and measure in AIMED:
            draft.of = measure
            measure = "target"
        if measure == "coverage_pct" and self._left_out(draft):
            measure = "uncovered"
        if measure == "change" and draft.sign > 0 and self._newly(draft):
            measure = "gain"
        if (
            measure == "level"
            and self.mind.drafts
            and not self.drafts
            and self._opens_parts()
            and (self.mind.drafts[-1].measure == "gain")
        ):
            measure = "gain"
        if measure == "change_pct" and "points" in quantity.flags:
            measure = "change"
        return measure

    def _same(self, draft: Draft) -> str | None:
        last = self.drafts[-1] if self.drafts else None
        if draft.kind == "bare" and last is not None and last.kind == "percent" and draft.value <= 400:
            draft.unit = "percent"
            return last.measure
        for some in (self.drafts, self.mind.drafts if self._mind_near() else []):
            for earlier in reversed(some):
                if (earlier.kind == "percent") == (draft.kind == "percent"):
                    if earlier.measure == "change_pct" and self._ranked(draft.index):
                        continue
                    draft.sign, draft.of = earlier.sign, earlier.of
                    if draft.kind == "bare":
                        draft.unit = earlier.unit
                    if draft.head is None or (some is self.drafts and draft.head.index < earlier.index):
                        draft.head = earlier
                    return earlier.measure
        if draft.kind == "percent":
            return "reach"
        return self._by_cue(draft) or ("level" if draft.kind in COUNTS else None)

    def _by_cue(self, draft: Draft) -> str | None:
        """The measure that the verb before a list gives to its items."""
        for token in reversed(self.stream.tokens[: draft.index]):
            name = self.names.get(token.code, "")
            if name in LISTED:
                return LISTED[name]
            if name in ("HAS", "IS", "REACH", "UP", "DOWN"):
                return None
        return None

    def _left_out(self, draft: Draft) -> bool:
        """`6.800 người chưa tham gia, tương đương 7,4% dân số`: the uncovered in percent."""
        if not self.drafts or self.drafts[-1].measure != "uncovered" or self.drafts[-1].kind == "percent":
            return False
        names = [self.names.get(token.code) for token in self.stream.tokens[self.drafts[-1].index + 1 : draft.index]]
        return (len(names) <= 8 and bool({"EQUALS", "TAKES", "("} & set(names[-3:]))) or names[-1:] == ["("]

    def _newly(self, draft: Draft) -> bool:
        """`4 tháng đầu năm, tỉnh thêm 500 người`: an increase without a base, within a period, is a gain."""
        if draft.kind not in ("person", "bare") or draft.head is not None or self.bases or self.mind_counts():
            return False
        if self.layers.rules.alphabet["THAN"] in self.stream.codes:
            return False
        return any(period.kind in ("ytd-months", "quarter", "half", "range") for _, period in self.periods)

    def mind_counts(self) -> bool:
        """Whether the sentence before told a level, so that an increase is of it."""
        return bool(self.mind.drafts) and self._mind_near() and self.mind.drafts[-1].measure in ("level", "change")

    def _opens_parts(self) -> bool:
        """Whether the sentence begins with `trong đó` and goes on with parts of the count before it."""
        return bool(self.stream.codes) and self.names.get(self.stream.codes[0]) == "INCLUDING" and self._mind_near()

    def _ranked(self, index: int) -> bool:
        """Whether the figure is the best or worst of places: then it is a share, not a change."""
        rank = self.layers.rules.alphabet["RANK"]
        return rank in self.stream.codes[max(0, index - 16) : index]

    def _elided(self, draft: Draft) -> str | None:
        """`vận động được 96 người, bưu điện 143 người`: the verb of the figure before it."""
        if not self.drafts or self.drafts[-1].measure not in ("gain", "uncovered", "target", "target_gap"):
            return None
        between = self.stream.tokens[self.drafts[-1].index + 1 : draft.index]
        names = [self.names.get(token.code, token.code) for token in between]
        if (
            len(names) > 8
            or not {",", "AND"} & set(names)
            or set(names) & {"HAS", "IS", "REACH", ";", "LEFT", "RISETO"}
        ):
            return None
        return self.drafts[-1].measure if self.drafts[-1].measure != "target" or self.aiming is False else None

    def drafts_near(self) -> bool:
        """Whether this paragraph has had figures."""
        return bool(self.drafts) or (self.mind.target is not None and self.mind.target.paragraph == self.paragraph)

    def _mind_near(self) -> bool:
        held = self.mind.target
        return held is not None and held.paragraph == self.paragraph and self.sentence - held.sentence <= 2

    def _echo(self, draft: Draft) -> str | None:
        if not self.drafts:
            return None
        before = self.drafts[-1]
        if draft.rule == "echo.brackets" and before.index < draft.index - 6:
            return None
        kind = "person" if draft.kind == "bare" else draft.kind
        draft.sign, draft.of, draft.head = before.sign, before.of, before
        return ECHO.get((before.measure, kind))

    def _reach(self, draft: Draft) -> str | None:
        mind = self.mind
        names = [self.names.get(token.code) for token in self.stream.tokens[max(0, draft.index - 9) : draft.index + 7]]
        close = {self.names.get(token.code) for token in self.stream.tokens[max(0, draft.index - 4) : draft.index]}
        people = (
            ("JOIN" in names or "SCHEME" in close)
            and ("PERSON" in names or "SCHEME" in names)
            and not {"CONTRIB", "FORMULA"} & set(names)
        )
        reach = 5 if self._after_place(draft.index) else 2
        near = mind.percent is not None and self.sentence - mind.percent.sentence <= reach
        if not self.drafts and not EVIDENCE & set(names) and not near and not people:
            return None
        if draft.value > 100:
            return "target_pct"
        left = {self.names.get(token.code) for token in self.stream.tokens[: draft.index]}
        if "COVER" in left:
            return "coverage_pct"
        if "PLAN" in left and not self.aiming:
            return "target_pct"
        percents = [
            one for one in self.drafts if one.kind == "percent" and one.measure in ("target_pct", "coverage_pct")
        ]
        if percents and percents[-1].measure == "target_pct" and draft.head and draft.head.index > percents[-1].index:
            return "target_pct"
        head = draft.head
        schemes = head.schemes if head else (mind.schemes.value if mind.schemes else ())
        if head and head.concept in ("revenue", "payouts"):
            return "target_pct"
        if mind.percent and mind.near(mind.percent, self.sentence, self.paragraph, max(reach, 3)):
            return mind.percent.value
        if not head and mind.concept == "revenue":
            return "target_pct"
        if mind.plan and mind.near(mind.plan, self.sentence, self.paragraph, 2):
            return "target_pct"
        return "coverage_pct" if all(scheme.startswith("BHYT") for scheme in schemes) else "target_pct"

    def _finish(self, draft: Draft) -> None:
        draft.value *= draft.sign
        if draft.measure in ("target_pct", "coverage_pct"):
            self.mind.percent = self.held(draft.measure)
        if draft.measure in ("target_pct", "target_gap"):
            self.mind.plan = self.held(True)
            draft.of = draft.of or (draft.head.measure if draft.head and draft.head.measure != "target" else "level")
        if draft.measure in ("level", "gain") and draft.kind != "percent":
            self.mind.concept = draft.concept
        if draft.measure == "target" and draft.of is None:
            draft.of = "coverage_pct" if draft.unit == "percent" else "level"

    def _spread_back(self) -> None:
        """`bưu điện 143 người, hội phụ nữ 96 người mua BHYT hộ gia đình`: the insurance named last is that of all."""
        for one, after in zip(reversed(self.drafts[:-1]), reversed(self.drafts[1:]), strict=True):
            if one.slots["indicator"] in ("clause", "unit") or after.slots["indicator"] not in ("clause", "list"):
                continue
            between = self.stream.codes[one.index + 1 : after.index]
            if one.kind == after.kind and one.measure == after.measure and "," in between and ";" not in between:
                one.schemes, one.slots["indicator"] = after.schemes, "list"

    def _respectively(self) -> None:
        """Deal out the places or schemes listed before `lần lượt` over the figures after it."""
        codes, alphabet = self.stream.codes, self.layers.rules.alphabet
        at = codes.find(alphabet["RESPECT"])
        if at < 0:
            return
        after: list[Draft] = []
        for draft in self.drafts:
            place = alphabet["PLACE"]
            if draft.index > at and (not after or place not in codes[after[-1].index : draft.index]):
                after.append(draft)
            elif after:
                break
        if len(after) < 2:
            return
        places = [token.load for token in self.stream.tokens[:at] if token.code == alphabet["PLACE"]]
        if len(places) >= len(after):
            for draft, place in zip(after, places[-len(after) :], strict=True):
                draft.place = place
                draft.slots["area"] = "clause"
            return
        named = [token.load.listed for token in self.stream.tokens[:at] if token.code == alphabet["SCHEME"]]
        listed = named[-1] if named and len(named[-1]) == len(after) else ()
        earlier = [one.schemes for one in self.mind.drafts[-len(after) :]]
        dealt = [(code,) for code in listed] or (earlier if len(earlier) == len(after) else [])
        for draft, schemes in zip(after, dealt, strict=False):
            draft.schemes = schemes
