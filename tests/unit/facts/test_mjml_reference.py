"""MJML's reference as data: every type in it is one that can be asked, and says in words what it takes."""

import pytest

from composer.facts.mjml_reference import mjml_reference, words_for

TYPES = sorted({type for tag in mjml_reference().tags.values() for type in tag.attributes.values()})
NEVER = "\u2603 no value of any kind"


def test_it_knows_what_mjml_is_made_of() -> None:
    reference = mjml_reference()
    assert reference.version == "5.4.1"
    assert len(reference.tags) > 25
    assert reference.tags["mj-text"].takes_html
    assert not reference.tags["mj-column"].takes_html
    assert reference.parents_of("mj-column") == ["mj-group", "mj-section"]
    assert reference.tags["mj-text"].attributes["color"] == "color"


@pytest.mark.parametrize("type", TYPES)
def test_a_type_refuses_and_explains(type: str) -> None:
    assert mjml_reference().takes(type, NEVER) == type.startswith("string")
    assert words_for(type)


@pytest.mark.parametrize(
    ("type", "taken", "refused"),
    [
        ("unit(px,%){1,4}", ["0", "4px", "4px 8%", "1px 2px 3px 4px", "4px "], ["4", "4em", "", "1px 1px 1px 1px 1px", "-1px", "4px\n5px"]),
        ("unit(px)", ["16px", "0", "1.5px"], ["16", "16%", "1px 2px"]),
        ("unitWithNegative(px,em)", ["-0.5px", ".1em", "0"], ["-0.5", "-1%"]),
        ("unit(px,%,)", ["1.5", "150%", "26px"], ["normal", "1.5em"]),
        ("unit(px,auto)", ["auto", "5px", "0"], ["automatic", "5%"]),
        ("color", ["#FFF", "#ffffff", "red", "rgb(1, 2, 3)", "rgba(1,2,3,0.5)", "transparent", "inherit"], ["#FFFF", "Red", "reddish", "hsl(0,0%,0%)", ""]),
        ("enum(left,right)", ["left", "right"], ["", "center", "left,right", "Left"]),
        ("enum(full-width,false,)", ["", "false", "full-width"], ["true"]),
        ("boolean", ["true", "false"], ["", "yes", "True"]),
        ("integer", ["0", "12"], ["", "none"]),
        ("string", ["", "anything"], []),
    ],
)
def test_values(type: str, taken: list[str], refused: list[str]) -> None:
    assert [value for value in taken if not mjml_reference().takes(type, value)] == []
    assert [value for value in refused if mjml_reference().takes(type, value)] == []
