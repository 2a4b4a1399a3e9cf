"""From scored rows to answers: measures, vacancies, steps, outcome, open questions."""
