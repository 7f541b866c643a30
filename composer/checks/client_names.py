"""The names under `clients:` in newsletter.yaml, held against the clients that the support data know."""

from composer.finding import Problem
from composer.project.newsletter import Newsletter
from composer.yaml_source.values import Scalar


def client_problems(newsletter: Newsletter) -> list[Problem]:
    """The names that no client has, each with the one that was probably meant."""
    if not newsletter.clients:
        return []
    from composer.discovery import did_you_mean
    from composer.facts.client_support import client_support

    support = client_support()
    unknown = [name for name in newsletter.clients if isinstance(name, Scalar) and support.named(name) is None]
    return [Problem("unknown-field", name.place, f"no mail client is called `{name}`", did_you_mean(name, support.clients)) for name in unknown]
