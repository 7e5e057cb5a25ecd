"""From the tokens of a sentence to drafts: which rule claims each figure, and what it inherits."""

from extract.context import Draft, Held, Mind
from extract.periods.model import Period
from extract.resolve.area.choose import settle_place
from extract.resolve.area.told import pass_places, see_places
from extract.resolve.guard.ahead import actual, estimates, is_ahead
from extract.resolve.guard.alien import alien
from extract.resolve.guard.amiss import amiss
from extract.resolve.guard.evidence import ABROAD, GUIDE, groundless
from extract.resolve.guard.keep import follows_none, lacks_subject, leads_to_parts, of_refused, takes, tells_past
from extract.resolve.guard.untold import untold
from extract.resolve.indicator.choose import aside, follow_cue, schemes_of, see_scheme
from extract.resolve.indicator.concept import concept_of, denominator_of
from extract.resolve.indicator.drawn import drawn
from extract.resolve.indicator.groups import bound_of_several, whole_of_parts
from extract.resolve.indicator.topic import pass_schemes
from extract.resolve.lists.dealt import deal_pair, respectively, spread_back
from extract.resolve.lists.headed import see_line
from extract.resolve.lists.marks import asked_for_aims, assigned_gain, goes_on_gain, measure_meant, share_meant
from extract.resolve.lists.near import of_groups
from extract.resolve.lists.onward import goes_on_list, of_elsewhere, spread_left
from extract.resolve.lists.series import deal_years, pair_series
from extract.resolve.lists.turned import dated
from extract.resolve.lists.units import take_unit
from extract.resolve.measure.aims import heads_ahead, opens_aims, owes
from extract.resolve.measure.below import with_plans
from extract.resolve.measure.changes import lost
from extract.resolve.measure.choose import measure_of
from extract.resolve.measure.estimate import estimated
from extract.resolve.period.bases import settle_bases
from extract.resolve.period.choose import see_heading, settle_period
from extract.resolve.period.ends import share_ends
from extract.resolve.period.told import see_periods
from extract.resolve.sources import note_measure, told_by
from extract.rules import Rule
from extract.rules.pattern import FIGURES, NAMES
from extract.schemes import find_schemes
from extract.sentences import Span
from extract.subjects import of_firm
from extract.tokens.claim import claim
from extract.tokens.row import left_bracket
from extract.tokens.stream import Layers, Stream

KINDS = {character: name for name, character in FIGURES.items()}
IDLE = frozenset(NAMES["WORD"] + ",.;:/-")  # plain words and marks, which say nothing by themselves
TOWARDS = ("coverage.to", "level.to", "level.base")
OF_COUNTS = ("change_pct", "target_pct", "share_pct")
SMALL = {"person": 8, "money": 100_000_000, "book": 5, "card": 5, "household": 15}
"""Below these a level is a case, not a figure of an area."""
COUNTS = 24
"""So many counts and plans told before are remembered."""


class SentenceReader:
    """Reads the sentences of one document in order, with one mind."""

    def __init__(self, layers: Layers, mind: Mind) -> None:
        self.layers, self.mind = layers, mind
        self.stream = Stream(0, 0, [], "", "")
        self.sentence = 0
        self.paragraph = 0
        self.drafts: list[Draft] = []
        self.refused: list[tuple[int, str]] = []
        self.aiming = False
        self.periods: list[tuple[int, Period]] = []
        self.bases: list[tuple[int, Period]] = []
        self.scheme_at = self.cue_at = self.benefit_at = -1
        self.whole: tuple[Held[tuple[str, ...]] | None, str] | None = None
        self.here: set[str] = set()
        self.counts: list[Draft] = []
        self.foreign = ABROAD.search(layers.title) is not None
        self.guide = GUIDE.match(layers.title) is not None
        self.names = layers.rules.alphabet.names

    def read(self, stream: Stream, sentence: int, paragraph: int) -> tuple[list[Draft], list[tuple[int, str]]]:
        """Give the drafts of a sentence, and the figures that no rule claimed as (token, reason)."""
        self._begin(stream, sentence, paragraph)
        see_periods(self)
        for index, code in enumerate(stream.codes):
            if code in IDLE:
                continue
            name = self.names.get(code, "")
            if name in FIGURES:
                self._figure(index)
            else:
                self._cue(index, name)
        respectively(self)
        deal_pair(self)
        spread_back(self)
        spread_left(self)
        deal_years(self)
        for draft in self.drafts:
            settle_period(self, draft)
            settle_place(self, draft)
        pair_series(self)
        share_ends(self)
        settle_bases(self)
        see_places(self)
        of_elsewhere(self)
        if not self.drafts:
            see_heading(self)
        if self.whole is None and (total := whole_of_parts(self)) is not None:
            self.whole = (self.held(total.schemes), total.concept)
        if self.whole is not None:
            self.mind.schemes, self.mind.concept = self.whole
        if self.drafts:
            self.mind.drafts = self.drafts
            self.counts = [*self.counts, *(one for one in self.drafts if one.measure in ("level", "target"))][-COUNTS:]
            self.mind.target = Held(self.drafts[-1].measure == "target", sentence, paragraph)
        return with_plans(self), self.refused

    def _begin(self, stream: Stream, sentence: int, paragraph: int) -> None:
        """Forget what held for the sentence before only."""
        self.stream, self.sentence, self.paragraph = stream, sentence, paragraph
        self.drafts, self.refused, self.whole = [], [], None
        self.none_at, self.bound_at, self.given = -99, -1, False
        self.scheme_at = self.cue_at = self.benefit_at = -1
        self.here = {self.names.get(code, code) for code in set(stream.codes)}
        self.aiming = asked_for_aims(self) or heads_ahead(self)
        self.headed = see_line(self)
        self.asides: list[tuple[int, int, Held[tuple[str, ...]] | None]] = []

    def pass_by(self, span: Span, sentence: int, paragraph: int, insured: str) -> None:
        """Take note of the places and insurances of a sentence that is not read."""
        self.sentence, self.paragraph = sentence, paragraph
        pass_places(self, span)
        if insured:
            mentions = self.layers.schemes.get(span.start)
            if mentions is None:
                mentions = self.layers.schemes[span.start] = find_schemes(insured, self.layers.indicators)
            pass_schemes(self, mentions, insured)

    def held(self, value: object) -> Held:  # type: ignore[type-arg]
        """Note a value as set by this sentence."""
        return Held(value, self.sentence, self.paragraph)

    def _cue(self, index: int, name: str) -> None:
        if name in ("(", ")"):
            aside(self, index, name)
        elif name in ("SCHEME", "ORG"):
            see_scheme(self, index)
        elif name in ("PLAN", "ASSIGN"):
            self.mind.plan = self.held(True)
        elif (name == "AIM" and not estimates(self, index)) or (
            name == "PERIOD" and is_ahead(self, index) and not owes(self)
        ):
            self.aiming = True
        elif name == "INCLUDING" and self.whole is None and self.mind.schemes and leads_to_parts(self, index):
            self.whole = (self.mind.schemes, self.mind.concept)
        if opens_aims(self, index, name):
            self.aiming = True
        elif self.aiming and actual(self, index, name):
            self.aiming = False
        follow_cue(self, index, name)

    def _figure(self, index: int) -> None:
        rule = claim(self.stream, index, self.layers.rules, lambda rule: self._holds(rule, index))
        if rule is None:
            self.refused.append((index, "no rule"))
            return
        if rule.measure == "none" or (
            (rule.rank < (61 if self.given else 46) or rule.id in TOWARDS) and follows_none(self, index)
        ):
            self.refused.append((index, rule.id if rule.measure == "none" else "none.list"))
            if rule.id not in ("none.of-total", "none.apart"):
                self.none_at = index
            self.given = self.given or rule.id == "none.given"
            return
        if lacks_subject(self, index, rule):
            self.refused.append((index, "no subject"))
            return
        if bound_of_several(self, index):
            self.refused.append((index, "bound of several"))
            return
        if of_firm(self, index):
            self.refused.append((index, "none.firm"))
            self.none_at = index
            return
        if (draft := self._draft(index, rule)) is None:
            self.refused.append((index, "no measure"))
            return
        if (draft.measure in OF_COUNTS or takes(self, index)) and of_refused(self, index):
            self.refused.append((index, "of a figure left out"))
            return
        schemes, how = schemes_of(self, draft)
        concept = concept_of(self, draft, rule)
        if not schemes or not concept:
            self.refused.append((index, "no indicator"))
            return
        draft.schemes, draft.concept, draft.slots["indicator"] = schemes, concept, how
        if groundless(self, draft) or amiss(self, draft) or alien(self, draft) or untold(self, draft):
            self.refused.append((index, "no ground"))
            if draft.rule == "coverage.word":
                self.mind.percent = self.held(draft.measure)  # `12 xã có tỷ lệ bao phủ dưới 90%`: of what is told next
            return
        draft.denominator = denominator_of(self, draft)
        self._finish(draft)
        self.drafts.append(draft)

    def _holds(self, rule: Rule, index: int) -> bool:
        for condition in rule.when:
            plan = self.mind.near(self.mind.plan, self.sentence, self.paragraph)
            if (condition == "plan" and not plan) or (condition == "no-plan" and plan):
                return False
            if condition == "groups" and not of_groups(self):
                return False
            if condition == "headed" and self.headed != index:
                return False
            if condition == "difference" and not lost(self, index):
                return False
            if condition == "covered" and not (self.drafts and self.drafts[-1].measure == "coverage_pct"):
                return False
            if condition == "dated" and not dated(self, index):
                return False
            if condition == "aiming" and not self.aiming:
                return False
            if condition == "goes-on" and not goes_on_list(self, index):
                return False
            if condition == "supposed" and tells_past(self):
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
            unit=quantity.unit or ("percent" if kind == "percent" else "person"),
            qualifier=quantity.qualifier,
            precision=quantity.precision,
            rule=rule.id,
            measure=str(rule.measure),
            sure=rule.sure,
            sign=rule.sign,
            of=rule.of,
            whole=quantity.whole,
            sentence=self.sentence,
        )
        unit = draft.unit
        take_unit(self, draft)
        if estimated(self, draft):
            draft.qualifier = "~"
        draft.head = self._head(draft)
        if draft.unit == "visit" and drawn(self, draft):
            draft.unit, draft.kind = "person", "person"  # `15.210 lượt người hưởng các chế độ`: no visits to a doctor
        measure = measure_of(self, draft, quantity)
        if measure is None or (
            measure == "level" and draft.qualifier in ("<=", ">=") and draft.kind in ("money", "person")
        ):
            return None
        if measure in ("level", "target") and abs(draft.value) < SMALL.get(
            "money" if kind == "money" else draft.unit, 0
        ):
            return None
        if measure == "gain" and abs(draft.value) < 2:
            return None  # `mỗi cán bộ vận động 1 người`
        draft.measure = measure
        note_measure(draft, rule, written=bool(quantity.unit) or kind == "percent", begun=unit)
        return draft

    def _head(self, draft: Draft) -> Draft | None:
        """The last count of this sentence, else of the last one that had any."""
        for earlier in reversed(self.drafts):
            if left_bracket(self.stream.codes[earlier.index + 1 : draft.index]):
                continue  # told aside, in brackets that are closed
            if earlier.kind != "percent" and earlier.measure in ("level", "gain", "target", "uncovered"):
                return earlier
        return None

    def _finish(self, draft: Draft) -> None:
        draft.value *= draft.sign
        if draft.measure in ("target_pct", "coverage_pct"):
            self.mind.percent = self.held(draft.measure)
            self.mind.percents[draft.schemes] = draft.measure
        if draft.measure in ("target_pct", "target_gap"):
            named = {"PLAN", "ASSIGN"} & self.here
            draft.slots["plan"] = "sentence" if named else told_by(self.mind.plan, self.sentence, self.paragraph)
            self.mind.plan = self.held(True)
            draft.of = draft.of or measure_meant(self, draft)
        draft.of = share_meant(self) if draft.measure == "change" and draft.unit == "percent" else draft.of
        if draft.measure in ("level", "gain") and draft.kind != "percent":
            self.mind.concept = draft.concept
        told = {"level": goes_on_gain, None: assigned_gain}.get(draft.of)
        if draft.measure == "target" and told is not None and told(self, draft):
            draft.of = "gain"
        if draft.measure == "target" and draft.of is None:
            share = "rate" if draft.concept == "arrears" else "coverage_pct"
            draft.of = share if draft.unit == "percent" else "level"
