"""`/v1/vacancies`: reported vacancies, and who fits one, under internal ids and in neutral words."""

from flask import Response
from flask_openapi3 import APIBlueprint

from matcher.daily.for_vacancy import candidates_for
from matcher.daily.morning import Morning
from matcher.daily.policy import read_policy
from matcher.http.access import mask, scope
from matcher.http.answers import json_response, plain
from matcher.http.list_replies import Candidates, Listed, Page
from matcher.http.service import service
from matcher.http.values import ListQuery, TopQuery, VacancyPath
from matcher.vacancy import Vacancy

routes = APIBlueprint("vacancies", __name__)


@routes.get("/v1/vacancies", summary="Stellen", responses={200: Page})
def vacancies(query: ListQuery) -> Response:
    """A page of the reported vacancies, by reference number."""
    page = service().store.listing.vacancies(query.after, query.limit)
    return json_response({"items": [plain(one) for one in page.items], "next": page.next})


@routes.get("/v1/vacancies/<vacancy_id>", summary="Eine Stelle", responses={200: Listed})
def vacancy(path: VacancyPath) -> Response:
    """One vacancy."""
    return json_response(plain(service().store.listing.vacancy(path.vacancy_id)))


@routes.get("/v1/vacancies/<vacancy_id>/candidates", summary="Wer passt?", responses={200: Candidates})
def candidates(path: VacancyPath, query: TopQuery) -> Response:
    """The best candidates of one vacancy, best first: of the Jobcenter for the Arbeitgeber-Service, of the own
    caseload for a case worker. What an employer may not ask for is not followed without a recorded legal reason;
    words about facts that the role may not see are left out."""
    store = service().store
    found = store.listing.vacancy(path.vacancy_id)
    reasons = [one for one in store.legal_reasons.all() if one.vacancy == found.id]
    return json_response(candidates_for(_morning(found), found, query.top, reasons, mask().candidate))


def _morning(vacancy: Vacancy) -> Morning:
    """What the batch starts from, for this one vacancy and the persons the scope may rank."""
    one, store = service(), service().store
    engine, today = one.engine(), one.today()
    return Morning(
        engine=engine,
        profiles=[person.profile for person in store.people.for_ranking(scope())],
        today=today,
        policy=read_policy(engine.catalog),
        cares=store.daily.caseload(),
        positions={vacancy.id: vacancy.positions},
        history=store.daily.history(today),
    )
