"""A case worker's morning as a printable page: at most ten proposals in sight, the rest folded."""

from jinja2 import Environment, PackageLoader

from matcher.render.day_rows import Desk


def render_page(desk: Desk, in_sight: int) -> str:
    """One page of HTML without scripts, links to elsewhere or points."""
    environment = Environment(
        loader=PackageLoader("matcher.render", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("day.html.j2")
    return template.render(desk=desk, first=desk.proposals[:in_sight], rest=desk.proposals[in_sight:])
