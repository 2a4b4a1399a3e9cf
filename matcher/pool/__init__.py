"""Pools: people, vacancies and offers as columns, encoded once and reused by every question."""
