"""The daily batch: at most one good proposal per person, spread over vacancies, or an honest abstention."""
