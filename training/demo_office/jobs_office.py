"""Invented jobs in offices, call centres, engineering and software."""

from training.demo_office.job import Job

JOBS: tuple[Job, ...] = (
    Job(label="Kaufmann/-frau - Büromanagement", branch="Büro", wage=(12.0, 16.0), count=7,
        titles=("Kaufmann/-frau für Büromanagement (m/w/d)", "Sachbearbeiter Auftragsabwicklung (m/w/d)", "Assistenz Verwaltung (m/w/d)"),
        shifts=("office",), part_time=0.45, german="C1"),
    Job(label="Helfer/in - Büro, Verwaltung", branch="Büro", wage=(10.5, 12.5), count=5,
        titles=("Bürohilfe (m/w/d)", "Mitarbeiter Poststelle (m/w/d)", "Datenerfasser (m/w/d)"), shifts=("office", "mornings"),
        part_time=0.7, minijob=0.2, german="B2"),
    Job(label="Callcenteragent/in", branch="Service", wage=(10.5, 12.5), count=6,
        titles=("Kundenberater Telefon (m/w/d)", "Callcenter Agent inbound (m/w/d)", "Mitarbeiter Kundenservice im Homeoffice (m/w/d)"),
        shifts=("two_shift", "office"), part_time=0.5, german="C1", agency=0.15, career_changers=True),
    Job(label="Buchhalter/in", branch="Büro", wage=(14.0, 18.0), count=4,
        titles=("Buchhalter (m/w/d)", "Lohn- und Finanzbuchhalter (m/w/d)"), shifts=("office",), part_time=0.5, german="C1"),
    Job(label="Personalsachbearbeiter/in", branch="Büro", wage=(14.0, 17.5), count=3,
        titles=("Personalsachbearbeiter (m/w/d)", "Sachbearbeiter Lohn und Gehalt (m/w/d)"), shifts=("office",), part_time=0.4, german="C1"),
    Job(label="Empfangskraft", branch="Service", wage=(10.5, 12.5), count=4,
        titles=("Empfangsmitarbeiter (m/w/d)", "Rezeptionist/in Reha-Klinik (m/w/d)"), shifts=("two_shift", "office"), part_time=0.5, german="B2"),
    Job(label="Fachinformatiker/in - Systemintegration", branch="IT", wage=(16.0, 22.0), count=4,
        titles=("Fachinformatiker Systemintegration (m/w/d)", "IT-Supporter (m/w/d)"), shifts=("office",), part_time=0.1, german="B2"),
    Job(label="Softwareentwickler/in", branch="IT", wage=(22.0, 30.0), count=3,
        titles=("Softwareentwickler (m/w/d)", "Entwickler Webanwendungen (m/w/d)"), shifts=("office",), part_time=0.15, german="B2"),
    Job(label="Ingenieur/in - Maschinenbau", branch="Metall", wage=(22.0, 29.0), count=3,
        titles=("Konstruktionsingenieur (m/w/d)", "Ingenieur Maschinenbau (m/w/d) Prüffeld"), shifts=("office",), part_time=0.1, german="B2"),
    Job(label="Kaufmann/-frau - Spedition und Logistikdienstleistung", branch="Transport", wage=(13.0, 16.5), count=4,
        titles=("Disponent (m/w/d)", "Speditionskaufmann (m/w/d)"), shifts=("office", "two_shift"), part_time=0.15, german="C1"),
)
