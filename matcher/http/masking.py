"""What a role may not see in an answer is named "beruht auf geschützten Angaben". Source: DESIGN section 3; TRUST 4.

Works on the answer as JSON, so that a recorded one is masked by the reader's role and not by the asker's. Deny by
default: a sentence that cannot be told from hidden facts is hidden too, and unknown keys are left out.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from matcher.daily.for_vacancy import neutral_facts, told
from matcher.features.measures import MEASURE_FEATURES
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.labels import EXCHANGE_NAMES
from matcher.participant import Conflict
from matcher.results import Suggestion

HIDDEN = "beruht auf geschützten Angaben"
PROTECTED = "protected"
STEP = f"step:{PROTECTED}"
STEP_TITLE = f"Weiterer Schritt ({HIDDEN})"
MEASURE_READS = {one.id: frozenset(one.fields) for one in MEASURE_FEATURES}
VACANCY_READS = {one.id: frozenset(one.fields) for one in VACANCY_FEATURES}
READS = {
    name: MEASURE_READS.get(name, frozenset()) | VACANCY_READS.get(name, frozenset())
    for name in (*MEASURE_READS, *VACANCY_READS)
}
"""The facts behind each feature, in measures and vacancies alike."""
PLAIN = frozenset(
    [
        "id",
        "title",
        "score",
        "base",
        "contributions",
        "eligibility",
        "open_questions",
        "reasons",
        "verdicts",
        "offer_id",
        "other_offers",
        "near_miss",
        "access_route",
        "decided_by",
        "discretion",
        "documents",
        "lead_time_days",
        "provider",
        "place",
        "starts_on",
        "employer",
    ]
)
"""Keys of a suggestion that a masked one keeps; travel depends on where somebody lives."""
SAYS_NOTHING = frozenset({"suggest_measure", "place_directly", "no_suggestion"})
"""Outcomes whose reason names no fact."""
JSON = dict[str, Any]


class Mask:
    """Masks for one role: `seen` are the facts it may see, `known` all facts there are."""

    def __init__(self, seen: Collection[str], known: Collection[str]) -> None:
        self.seen = frozenset(seen)
        self.open = self.seen >= frozenset(known)

    def sees(self, name: str) -> bool:
        """Whether a fact may be seen, under its own name or a short form of the exchange format."""
        return EXCHANGE_NAMES.get(name, name) in self.seen

    def _hides(self, fields: Iterable[str]) -> bool:
        return not self.seen.issuperset(fields)

    def answer(self, body: Mapping[str, Any]) -> JSON:
        """A whole answer."""
        if self.open:
            return dict(body)
        told = body["outcome"] in SAYS_NOTHING
        masked = dict(body)
        masked["outcome_reason"] = body["outcome_reason"] if told else HIDDEN
        masked["measures"], masked["vacancies"] = (self._ranked(body[half]) for half in ("measures", "vacancies"))
        masked["chains"] = [self.chain(one) for one in body.get("chains", ())]
        if "levers" in body:
            masked["levers"] = [self.lever(one) for one in body["levers"]]
        masked["open_questions"] = [self.question(one) for one in body["open_questions"]]
        masked["notes"] = [HIDDEN] if body.get("notes") else []
        return masked

    def _ranked(self, ranked: Mapping[str, Any]) -> JSON:
        masked = dict(ranked)
        for part, mask in (("suggestions", self.suggestion), ("others", self.suggestion), ("excluded", self.exclusion)):
            masked[part] = [mask(one) for one in ranked[part]]
        return masked

    def suggestion(self, one: Mapping[str, Any]) -> JSON:
        """One suggestion, of an answer or of a day."""
        if self.open:
            return dict(one)
        parts = [self._contribution(part) for part in one["contributions"]]
        verdicts = [self.verdict(verdict) for verdict in one.get("verdicts", ())]
        whole = {part["text"] for part in parts} - {HIDDEN}
        masked = {key: value for key, value in one.items() if key in PLAIN}
        masked["contributions"], masked["verdicts"] = parts, verdicts
        masked["open_questions"] = self._names(one["open_questions"])
        masked["reasons"] = _once(text if text in whole else HIDDEN for text in one["reasons"])
        if "near_miss" in one:
            masked["near_miss"] = [HIDDEN]
        if str(one["id"]).startswith("step:"):
            masked |= {"id": STEP, "title": STEP_TITLE, "base": 0, "score": 0, "contributions": [], "verdicts": []}
        return masked

    def _contribution(self, part: Mapping[str, Any]) -> JSON:
        hidden = self._hides(READS.get(part["feature"], {PROTECTED}))
        return {**part, "text": HIDDEN} if hidden else dict(part)

    def verdict(self, one: Mapping[str, Any]) -> JSON:
        """One rule's answer."""
        if not self._hides(one["fields"]):
            return dict(one)
        return {"rule": PROTECTED, "verdict": one["verdict"], "text": HIDDEN, "source": "", "fields": []}

    def exclusion(self, one: Mapping[str, Any]) -> JSON:
        """One exclusion: the decisive rule and every further one."""
        if self.open:
            return dict(one)
        rules = [self.verdict(rule) for rule in one["rules"]]
        first = rules[0] if rules else {"rule": PROTECTED, "text": HIDDEN, "source": ""}
        return {**one, "rules": rules, **{key: first[key] for key in ("rule", "text", "source")}}

    def question(self, one: Mapping[str, Any]) -> JSON:
        """One open question."""
        if not self._hides([one["field"]]):
            return dict(one)
        return {"field": PROTECTED, "question": HIDDEN, "programmes": []}

    def chain(self, one: Mapping[str, Any]) -> JSON:
        """A chain: steps that rest on hidden facts lose name and reason, and with them what is said of the whole."""
        if self.open or not any(self._hides(step["reads"]) for step in (*one["steps"], *one["after"])):
            return dict(one)
        return {
            **one,
            "steps": [self._step(step) for step in one["steps"]],
            "after": [self._step(step) for step in one["after"]],
            "first_step": self._step(one["steps"][0])["id"] if one["steps"] else STEP,
            "suggests": None,
            **{key: [HIDDEN] if one[key] else [] for key in ("open_steps", "notes")},
            **dict.fromkeys(("critical", "if_it_fails"), HIDDEN),
        }

    def _step(self, step: Mapping[str, Any]) -> JSON:
        if not self._hides(step["reads"]):
            return dict(step)
        named = {"id": STEP, "title": STEP_TITLE} if str(step["id"]).startswith("step:") else {}
        gone: JSON = {"why": HIDDEN, "asks": [], "reads": [], "open_points": [], "bridging": None}
        return {**step, **gone, **named}

    def lever(self, one: Mapping[str, Any]) -> JSON:
        """What would change a chain."""
        if not self._hides(one["fields"]):
            return dict(one)
        return {
            **one,
            "id": PROTECTED,
            "fields": [],
            "text": HIDDEN,
            "effect": HIDDEN,
            "source": "",
            "first_step": STEP,
        }

    def trigger(self, one: Mapping[str, Any]) -> JSON:
        """Something due."""
        if not self._hides(one["fields"]):
            return dict(one)
        gone = {"id": PROTECTED, "text": HIDDEN, "step": STEP, "step_title": STEP_TITLE, "source": ""}
        return {**one, **gone, "fields": [], "due_on": None}

    def notes(self, conflicts: Iterable[Conflict]) -> list[str]:
        """What contradicts, where every fact that it names may be seen."""
        return _once(one.text if all(self.sees(name) for name in one.fields) else HIDDEN for one in conflicts)

    def candidate(self, participant: str, words: Suggestion) -> JSON:
        """Somebody who fits a vacancy: neutral words, as far as their facts may be seen."""
        facts = (
            HIDDEN if self._hides(VACANCY_READS.get(name, {PROTECTED})) else text
            for name, text in neutral_facts(words).items()
        )
        one = told(participant, words)
        return {**one, "facts": _once(facts), "to_clarify": self._names(one["to_clarify"])}

    def abstention(self, one: Mapping[str, Any]) -> JSON:
        """Nothing today: what stands in the way may be a protected fact."""
        if self.open:
            return dict(one)
        return {**one, "reason": PROTECTED, "text": HIDDEN, "next_action": HIDDEN, "open_questions": []}

    def _names(self, fields: Iterable[str]) -> list[str]:
        return _once(name if self.sees(name) else PROTECTED for name in fields)


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
