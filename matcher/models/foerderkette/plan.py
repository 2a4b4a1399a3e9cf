"""Plan: for every goal a person has the best few chains, first step first; the answer of the planner."""

import datetime as dt

from matcher.models.foerderkette.assemble import Assembly
from matcher.models.foerderkette.choose import best_chains
from matcher.models.foerderkette.person import PersonView
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.roots import best_from, find_roots
from matcher.models.foerderkette.search import Found, Search
from matcher.models.foerderkette.tables import Goal
from matcher.models.foerderkette.values import CLARIFY, DAYS_PER_MONTH, PLACEMENT, Chain, ChainStep, PlacementNow
from matcher.participant import Profile
from matcher.results import MET


def plan(
    planner: Planner,
    profile: Profile,
    *,
    today: dt.date,
    catalogue_only: bool = False,
    placement: PlacementNow | None = None,
    most: int = 5,
    berufsfelder: frozenset[str] | None = None,
    assumed: int = 0,
) -> tuple[Chain, ...]:
    """The best different chains to each goal, goals in the catalogue's order, at most `most` for each.

    `placement` is what the vacancy engine found, `berufsfelder` the wished fields where known, `assumed` gains to be
    counted as reached. With `catalogue_only` offers and dates of programmes are ignored. `today` is the planner's day.
    """
    view = _view(planner, profile, today, catalogue_only, placement, berufsfelder, assumed)
    if why := unplannable(view):
        return (_clarify_first(view, why),)
    chains: list[Chain] = []
    for goal, search in searches(view):
        assembly = Assembly(search, goal)
        found = [assembly.chain(item) for item in best_chains(search, most)]
        chains += sorted(found, key=lambda chain: (-chain.value * _office_weight(planner, chain), chain.first_step))
    return tuple(chains)


def chains_behind(
    planner: Planner,
    profile: Profile,
    ids: tuple[str, ...],
    *,
    today: dt.date,
    catalogue_only: bool = False,
    berufsfelder: frozenset[str] | None = None,
) -> dict[str, Chain]:
    """For suggested steps the best chain that begins with each, to the first goal it leads to; others are absent."""
    view = _view(planner, profile, today, catalogue_only, None, berufsfelder)
    found: dict[str, Chain] = {}
    if unplannable(view):
        return found
    for goal, search in searches(view):
        roots = [root for root in find_roots(search) if not root.prefix and root.number is not None]
        cut = planner.tables.numbers.shown_from * max((root.bound for root in roots), default=0.0) / 4
        for root in roots:
            name = planner.actions[root.number or 0].id
            if name in ids and name not in found:
                answer = best_from(search, root, cut)
                if isinstance(answer, Found):
                    found[name] = Assembly(search, goal).chain(answer)
    return found


def searches(view: PersonView) -> list[tuple[Goal, Search]]:
    """A search per goal that the person has."""
    planner = view.planner
    wanted = [goal for goal in planner.tables.goals if wants(view, goal)]
    alone = [goal for goal in wanted if goal.alone]
    return [(goal, Search(view, goal.bit)) for goal in (alone[:1] or wanted)]


def wants(view: PersonView, goal: Goal) -> bool:
    """Does this goal count for the person: its rule is met and nothing speaks against it."""
    if view.held >> goal.bit & 1:
        return False
    if goal.when is not None and view.ask(goal.when, 0, 0) != MET:
        return False
    return goal.unless is None or view.ask(goal.unless, 0, 0) != MET


def unplannable(view: PersonView) -> str:
    """Why nothing is planned, German: too few core facts or too old ones (`catalog/outcomes.toml`); else empty."""
    limits, facts = view.planner.catalog.table("outcomes"), view.facts(0, 0)
    if facts.value("known_core_facts", 0) < float(limits["minimum_known"]):
        return "Zu wenig ist bekannt, um Schritte zu planen"
    if facts.value("months_since_known", 0) > float(limits["oldest_known_months"]):
        return "Die Angaben sind zu alt, um Schritte zu planen"
    return ""


def _view(
    planner: Planner,
    profile: Profile,
    today: dt.date,
    catalogue_only: bool,
    placement: PlacementNow | None,
    berufsfelder: frozenset[str] | None,
    assumed: int = 0,
) -> PersonView:
    if today != planner.today:
        raise ValueError(f"The planner was built for {planner.today}, asked for {today}: build one for that day.")
    return planner.view(
        profile, catalogue_only=catalogue_only, placement=placement, berufsfelder=berufsfelder, assumed=assumed
    )


def _office_weight(planner: Planner, chain: Chain) -> float:
    """How strongly the office puts placement before other ways; it orders, the value stays."""
    return planner.placement_first if chain.suggests == PLACEMENT else 1.0


def _clarify_first(view: PersonView, why: str) -> Chain:
    planner, months = view.planner, view.planner.tables.numbers.clarify_months
    core = ("age", "german_level", "vocational_qualification", "employment_status", "target_occupations", "postal_code")
    asks = tuple(field for field in core if view.facts(0, 0).value(field, 0) is None)
    step = ChainStep(
        id=CLARIFY,
        title=planner.titles[CLARIFY],
        months=months,
        months_min=months / 2,
        months_max=months * 2,
        starts_on=planner.today,
        ends_on=planner.today + dt.timedelta(days=round(months * DAYS_PER_MONTH)),
        waits_until=None,
        why=why,
        rate=planner.tables.numbers.unknown_share,
        asks=asks,
        reads=asks,
    )
    return Chain(
        goal="clarify",
        goal_title="Angaben klären",
        steps=(step,),
        after=(),
        months_min=months / 2,
        months_max=months * 2,
        value=step.rate * planner.tables.numbers.per_month**months,
        achieved=(),
        critical="",
        if_it_fails="",
        open_steps=tuple(planner.labels.question(field) for field in asks),
    )


__all__ = ["chains_behind", "plan", "searches", "unplannable", "wants"]
