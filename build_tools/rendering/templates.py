"""The templates and the one way to fill them: autoescape on, unknown names an error.

Templates hold markup and no decisions; what they are given is ready words and addresses. Called by every page module.
"""

from __future__ import annotations

import functools

from jinja2 import Environment, PackageLoader, StrictUndefined


@functools.cache
def environment() -> Environment:
    """One environment for each process; templates are compiled when first used."""
    return Environment(
        loader=PackageLoader("build_tools.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(name: str, **values: object) -> str:
    """The markup of the template `name`, every value escaped unless it is markup of ours."""
    return environment().get_template(name).render(values)
