"""From moves to a chain in words: steps with dates, open steps, what was achieved before, where it may break."""

import datetime as dt
from collections.abc import Iterator

from matcher.catalog.tree import leaves
from matcher.models.foerderkette.actions import Action
from matcher.models.foerderkette.current import Current
from matcher.models.foerderkette.doors import Way
from matcher.models.foerderkette.search import CURRENT, Found, Search
from matcher.models.foerderkette.tables import Goal, Node
from matcher.models.foerderkette.values import CLARIFY, DAYS_PER_MONTH, PLACEMENT, Chain, ChainStep
from matcher.models.foerderkette.words import achieved_words, dropout_words, gains_words
from matcher.programme import Leaf
from matcher.results import UNKNOWN

CONTINUE = "step:continue_current"
NOTICED_WAIT_DAYS = 7
"""A wait of more than a week is told (project assumption, 2026-11-20)."""


class Assembly:
    """One person's chains in words."""

    def __init__(self, search: Search, goal: Goal) -> None:
        self.search, self.goal, self.planner, self.view = search, goal, search.planner, search.view
        self.numbers = self.planner.tables.numbers

    def chain(self, found: Found) -> Chain:
        """A chain of moves as a value with words."""
        steps: list[ChainStep] = []
        mask, day, asked = self.search.start, 0, False
        for number, way in found.moves:
            if number == CURRENT and self.search.current is not None:
                steps.append(self._running(self.search.current, way))
                mask, day = mask | self.search.current.gains | self.search.free, way.end
                continue
            if not way.certain and not asked:
                steps.append(self._clarify(number, mask, day, way))
                day += self.planner.clarify_days
            asked = asked or not way.certain or self.planner.actions[number].id == CLARIFY
            steps.append(self._step(number, mask, day, way))
            mask, day = self.search.after(number, mask), way.end
        return self._chain(found, tuple(steps))

    def _chain(self, found: Found, steps: tuple[ChainStep, ...]) -> Chain:
        critical, fallback = self._critical(found)
        return Chain(
            goal=self.goal.id,
            goal_title=self.goal.title,
            steps=steps,
            after=self._after(steps[-1].ends_on),
            months_min=round(sum(step.months_min for step in steps), 1),
            months_max=round(sum(step.months_max for step in steps), 1),
            value=found.value,
            open_steps=tuple(dict.fromkeys(self._open_steps(steps))),
            achieved=tuple(dict.fromkeys(self._achieved(found))),
            critical=critical,
            if_it_fails=fallback,
            notes=tuple(dict.fromkeys(self._notes(found, steps))),
        )

    # ---- steps

    def _date(self, day: int) -> dt.date:
        return self.planner.today + dt.timedelta(days=day)

    def _running(self, current: Current, way: Way) -> ChainStep:
        months = (way.end - way.start) / DAYS_PER_MONTH
        ends = f"Ende geplant am {self._date(way.end):%d.%m.%Y}" if current.end_known else "Ende noch nicht bekannt"
        return ChainStep(
            id=CONTINUE,
            title=f"{self.planner.titles[CONTINUE]}: {current.title}",
            months=months,
            months_min=months,
            months_max=months,
            starts_on=self._date(way.start),
            ends_on=self._date(way.end),
            waits_until=None,
            why=f"{ends}; den Anschluss ein Quartal vorher planen",
            rate=current.rate,
            reads=("jps_stage", "jps_planned_end") if current.in_stage else ("integration_course", "employment_status"),
            assumed=not current.end_known,
        )

    def _clarify(self, number: int, mask: int, day: int, way: Way) -> ChainStep:
        action = self.planner.actions[number]
        asks = self.asks(number, mask, way)
        months = self.numbers.clarify_months
        questions = " ".join(self.planner.labels.question(field) for field in asks[:3])
        return ChainStep(
            id=CLARIFY,
            title=self.planner.titles[CLARIFY],
            months=months,
            months_min=months / 2,
            months_max=months * 2,
            starts_on=self._date(day),
            ends_on=self._date(day + self.planner.clarify_days),
            waits_until=None,
            why=f"vor „{action.title}“: {questions}".rstrip(": "),
            rate=self.numbers.unknown_share,
            asks=asks,
            reads=asks,
        )

    def _step(self, number: int, mask: int, day: int, way: Way) -> ChainStep:
        action = self.planner.actions[number]
        wait = way.start - day
        usual = action.wait_days if way.row < 0 else 0
        fixed = way.end - way.start != action.days[1]
        least, most = (way.end - way.start,) * 2 if fixed else (action.days[0], action.days[2])
        offer = self.planner.offers[way.row] if way.row >= 0 else None
        return ChainStep(
            id=action.id,
            title=self._title(action, offer.title if offer is not None else None),
            months=(way.end - day) / DAYS_PER_MONTH,
            months_min=(wait + least) / DAYS_PER_MONTH,
            months_max=(wait + most) / DAYS_PER_MONTH,
            starts_on=self._date(way.start),
            ends_on=self._date(way.end),
            waits_until=self._date(way.start) if wait > usual + NOTICED_WAIT_DAYS else None,
            why=self._why(action, mask),
            rate=self.view.rate(number, mask, way.start),
            offer_id=offer.id if offer is not None else None,
            asks=() if way.certain else self.asks(number, mask, way),
            reads=self._reads(action),
            open_points=tuple(self._open_points(action, way)),
            bridging=self._bridging(mask, day, wait),
            assumed=way.assumed,
        )

    def _title(self, action: Action, offer: str | None) -> str:
        placement = self.view.placement
        if action.id == PLACEMENT and placement is not None:
            return f"{action.title}: {placement.title}"
        return action.title if offer is None else f"{action.title} – {offer}"

    def _why(self, action: Action, mask: int) -> str:
        new = action.gains & ~mask & (self.search.relevant | self.search.goal)
        gains = [gain for gain in self.planner.tables.gains if new >> gain.bit & 1]
        named = {gain.id for gain in gains}
        labels = [gain.label for gain in gains if not named & set(gain.implied_by)]
        return "; ".join(part for part in (action.why, gains_words(labels)) if part)

    def _reads(self, action: Action) -> tuple[str, ...]:
        return tuple(dict.fromkeys(leaf.field for tree in action.trees for leaf in leaves(tree)))

    def asks(self, number: int, mask: int, way: Way) -> tuple[str, ...]:
        """Facts that are open where the step is entered."""
        action = self.planner.actions[number]
        new = self.view.new(mask)
        fields = [f for tree in action.trees for f in self._open_fields(tree, new, way.start)]
        offer = self.planner.offers[way.row] if way.row >= 0 else None
        if (
            offer is not None
            and offer.german_level_min
            and self.view.facts(new, way.start).value("german_level", 0) is None
        ):
            fields.append("german_level")
        return tuple(dict.fromkeys(fields))

    def _open_fields(self, node: Node, mask: int, day: int) -> Iterator[str]:
        if self.view.ask(node, mask, day) != UNKNOWN:
            return
        if isinstance(node, Leaf):
            yield node.field
            return
        for child in node.children:
            yield from self._open_fields(child, mask, day)

    def _open_points(self, action: Action, way: Way) -> Iterator[str]:
        if not action.documented:
            yield "Aufnahmebedingungen beim Träger klären"
        if way.assumed:
            yield "Start angenommen: nächster Durchgang noch nicht bekannt"
        current = self.search.current
        if action.stage_change and current is not None and current.in_stage:
            yield from self.planner.stages.open_steps

    def _bridging(self, mask: int, day: int, wait: int) -> str | None:
        """What fills a long wait, keeps the language level, and can be entered in that state."""
        if wait < self.numbers.gap_months * DAYS_PER_MONTH:
            return None
        for number, action in enumerate(self.planner.actions):
            if action.role == "gap" and self.view.at_best(number):
                ways = self.view.doors.ways(number, mask, day, first=day == 0, clarified=True)
                if any(way.certain and way.start < day + wait for way in ways):
                    return f"{action.title} [{action.id}]"
        return None

    # ---- around the chain

    def _after(self, ends_on: dt.date) -> tuple[ChainStep, ...]:
        if self.goal.id != "work":
            return ()
        months = self.numbers.aftercare_months
        return (
            ChainStep(
                id="step:aftercare",
                title=self.planner.titles["step:aftercare"],
                months=months,
                months_min=months,
                months_max=months,
                starts_on=ends_on,
                ends_on=ends_on + dt.timedelta(days=round(months * DAYS_PER_MONTH)),
                waits_until=None,
                why="sichert die neue Arbeit in den ersten sechs Monaten, mit schriftlichem Einverständnis",
                rate=1.0,
                reads=("written_consent_aftercare",),
            ),
        )

    def _open_steps(self, steps: tuple[ChainStep, ...]) -> Iterator[str]:
        for step in steps:
            if step.id == CLARIFY:
                yield from (self.planner.labels.question(field) for field in step.asks)
            yield from (f"{self.planner.titles[step.id]}: {point}" for point in step.open_points)
            if step.offer_id is not None:
                offer = next(offer for offer in self.planner.offers if offer.id == step.offer_id)
                if offer.access.documents:
                    yield f"{self.planner.titles[step.id]}: " + ", ".join(offer.access.documents)

    def _achieved(self, found: Found) -> Iterator[str]:
        for number, _ in found.moves:
            name = (
                self.search.current.id if number == CURRENT and self.search.current else self.planner.actions[number].id
            )
            programme = self.planner.programmes.get(name)
            told = programme and achieved_words(programme, self.planner.today, self.numbers.historic_years)
            if told:
                yield told

    def _critical(self, found: Found) -> tuple[str, str]:
        """Where the chain is likeliest to break, and what is offered then."""
        moves = [(number, way) for number, way in found.moves if number != CURRENT]
        if not moves:
            return "Der begonnene Schritt muss bis zum Ende tragen", self.planner.tables.kinds["activation"].if_it_fails
        ways = moves[:-1] if len(moves) > 1 else moves
        number, _ = min(ways, key=lambda move: (self.view.rate(move[0], self.search.start, 0), move[0]))
        action = self.planner.actions[number]
        programme = self.planner.programmes.get(action.id)
        told = programme and dropout_words(programme, self.planner.today, self.numbers.historic_years)
        text = f"Am ehesten stockt der Weg bei „{action.title}“"
        return f"{text}: {told}" if told else text, self.planner.tables.kinds[action.kind].if_it_fails

    def _notes(self, found: Found, steps: tuple[ChainStep, ...]) -> Iterator[str]:
        for number, _ in found.moves:
            if number != CURRENT and self.planner.actions[number].id in self.view.done:
                yield f"„{self.planner.actions[number].title}“ war schon einmal dabei: nur mit einem neuen Ziel sinnvoll"
        for step in steps:
            if step.bridging:
                yield f"Wartezeit bis {step.starts_on:%d.%m.%Y} überbrücken: {step.bridging}"
        if any(step.assumed for step in steps):
            yield "Einzelne Termine sind angenommen, weil spätere Starts noch nicht bekannt sind"
