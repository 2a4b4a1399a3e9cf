"""The service with its three offices, the demo office and an empty store, as the other tests have them."""

from tests.daily.conftest import demo
from tests.http.conftest import database, house
from tests.store.conftest import quick_passwords, service, store, url

__all__ = ["database", "demo", "house", "quick_passwords", "service", "store", "url"]
