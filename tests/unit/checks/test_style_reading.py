import pytest

from composer.checks.style_reading import color_of, contrast, placed_rules, styles_of


@pytest.mark.parametrize(
    ("text", "background", "expected"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FFF", "white", 1),
        ("#767676", "#ffffff", 4.54),
        ("#6B6963", "#F1EFEA", 4.78),
        ("rgb(0 0 0 / 50%)", "#FFFFFF", 3.98),
        ("hsl(0, 0%, 0%)", "#FFFFFF", 21),
    ],
)
def test_contrast(text, background, expected):
    assert contrast(text, background) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("value", ["none", "inherit", "currentcolor", "url(x.png)", "#12", ""])
def test_no_color(value):
    assert color_of(value) is None
    assert contrast(value, "#FFFFFF") is None


def test_what_is_behind_half_a_color_is_not_known():
    assert contrast("#000000", "rgba(255, 255, 255, .5)") is None


def test_rules_know_where_they_hold():
    css = ".a { color: red } @media (prefers-color-scheme: dark) { .b, td > .c { color: blue !important } } @media (max-width: 480px) { .d { color: green } }"
    plain, dark, narrow = placed_rules(css)
    assert (plain.is_for_all, dark.is_for_all, narrow.is_for_all) == (True, False, False)
    assert (plain.is_for_dark, dark.is_for_dark, narrow.is_for_dark) == (False, True, False)
    assert dark.selectors == (".b", "td > .c")
    assert dark.styles.important == {"color": "blue"}


def test_the_last_of_a_property_counts():
    assert styles_of("color: red; COLOR: blue !important; color: green").normal == {"color": "green"}
    assert styles_of("color: red; COLOR: blue !important").important == {"color": "blue"}


def test_a_block_for_wide_screens_is_not_for_all():
    assert not placed_rules("a { color: red }", "screen and (min-width:480px)")[0].is_for_all
