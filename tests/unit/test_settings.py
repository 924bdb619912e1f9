import json

import pytest

from cacviewer import settings
from cacviewer.settings import MOST_RECENT, TABLE, Setting, Settings


def test_names_are_unique_and_defaults_allowed():
    assert len({row.name for row in TABLE}) == len(TABLE)
    for row in TABLE:
        assert row.checked(row.default) == row.default
        assert row.text.endswith(".")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (settings.THEME, "pink"),
        (settings.HEART_OPACITY, 1.5),
        (settings.HEART_OPACITY, float("nan")),
        (settings.HEART_OPACITY, True),
        (settings.SMOOTH, 1),
        (settings.RECENT, "one path"),
        (settings.RECENT, [1, 2]),
        (settings.EXPORT_FOLDER, None),
    ],
)
def test_what_a_setting_may_not_be(setting, value):
    with pytest.raises(ValueError, match=setting.name):
        Settings().put(setting, value)


def test_whole_numbers_are_numbers():
    assert settings.HEART_OPACITY.checked(1) == 1.0
    assert Setting("n", 3, "Number.", low=1, high=5).checked(4) == 4


def test_saved_and_loaded(tmp_path):
    values = Settings(tmp_path / "settings.json")
    values.put(settings.THEME, "light")
    values.put(settings.CALCIUM_OPACITY, 0.75)
    values.remember("/scans/ü ليلى")
    values.save()
    again = settings.load(tmp_path / "settings.json")
    assert again.get(settings.THEME) == "light"
    assert again.get(settings.CALCIUM_OPACITY) == 0.75
    assert again.get(settings.RECENT) == ("/scans/ü ليلى",)
    assert again.get(settings.SMOOTH) is True


def test_defaults_are_not_written_and_unknown_names_stay(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"of_the_future": [1], "theme": "light", "smooth": True}))
    values = settings.load(path)
    values.put(settings.THEME, "dark")
    values.save()
    assert json.loads(path.read_text()) == {"of_the_future": [1]}


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"theme": 3}'])
def test_a_broken_file_gives_the_defaults(tmp_path, text):
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert settings.load(path).get(settings.THEME) == "dark"


def test_no_file_no_problem(tmp_path):
    assert settings.load(tmp_path / "none.json").get(settings.LAYOUT) == "grid"


def test_a_folder_that_refuses_is_no_reason_to_stop(tmp_path):
    (tmp_path / "file").write_text("x")
    values = Settings(tmp_path / "file" / "settings.json")
    values.put(settings.THEME, "light")
    values.save()
    Settings().save()


def test_recent_paths_are_newest_first_each_once_and_few():
    values = Settings()
    for i in range(MOST_RECENT + 5):
        values.remember(f"/{i}")
    values.remember("/10")
    recent = values.get(settings.RECENT)
    assert recent[0] == "/10"
    assert len(recent) == len(set(recent)) == MOST_RECENT


def test_recent_paths_can_be_switched_off():
    values = Settings()
    values.put(settings.RECENT_KEPT, False)
    values.remember("/secret")
    assert values.get(settings.RECENT) == ()
