"""Cards and weights: what does not belong together is refused with a reason."""

import json
import shutil

import pytest

from cacviewer.core.errors import ModelError
from cacviewer.models.cards import checked_weights, read_card
from cacviewer.models.registry import bundled_card, card_of, find_cards, load_heart_model


@pytest.fixture
def copied(tmp_path):
    """The program's own card and weights in a folder that may be spoilt."""
    card = bundled_card()
    for path in (card, card.with_name(read_card(card).weights)):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / card.name


def change(path, edit):
    data = json.loads(path.read_text())
    edit(data)
    path.write_text(json.dumps(data))


def test_bundled_card_belongs_to_its_weights_and_is_small():
    card = read_card(bundled_card())
    weights = checked_weights(card, bundled_card().parent)
    assert weights.stat().st_size < 15e6
    assert card.outputs == ("heart", "aorta")


def test_changed_weights_are_refused(copied):
    card = read_card(copied)
    path = copied.with_name(card.weights)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="not those of its card"):
        load_heart_model(card_path=copied)


def test_missing_weights_are_refused(copied):
    copied.with_name(read_card(copied).weights).unlink()
    with pytest.raises(ModelError, match="missing"):
        load_heart_model(card_path=copied)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda d: d["input"].update(hu_window=[-1024, 3071]), "HU window"),
        (lambda d: d["input"].update(axes="RAS"), "axes"),
        (lambda d: d.pop("sha256"), "no card"),
        (lambda d: d["input"].pop("fine"), "no card"),
    ],
)
def test_another_contract_is_refused(copied, edit, words):
    change(copied, edit)
    with pytest.raises(ModelError, match=words):
        read_card(copied)


def test_text_is_no_card(tmp_path):
    (tmp_path / "a.json").write_text("hello")
    with pytest.raises(ModelError, match="no card"):
        read_card(tmp_path / "a.json")
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(tmp_path / "none.json")


def test_user_folder_lists_only_what_can_be_used(copied):
    name = read_card(copied).name
    assert find_cards(copied.parent) == ({name: copied}, [])
    copied.with_name(read_card(copied).weights).write_bytes(b"")
    found, problems = find_cards(copied.parent)
    assert found == {}
    assert "not those of its card" in problems[0].message


def test_a_network_is_named_by_card_or_name(copied):
    change(copied, lambda d: d.update(name="mine"))
    assert card_of(str(copied)) == copied.resolve()
    assert card_of("mine", copied.parent) == copied
    assert card_of(read_card(bundled_card()).name, copied.parent) == bundled_card()
    with pytest.raises(ModelError, match="no network called 'other'") as caught:
        card_of("other", copied.parent)
    assert "mine" in caught.value.remedy
    copied.with_name(read_card(copied).weights).unlink()
    with pytest.raises(ModelError, match=r"no network called 'mine'. Not usable: .* missing"):
        card_of("mine", copied.parent)


def test_wrong_architecture_is_refused(copied):
    change(copied, lambda d: d["architecture"].update(name="unknown"))
    with pytest.raises(ModelError, match="architecture"):
        load_heart_model(card_path=copied)
    change(copied, lambda d: d["architecture"].update(name="heart_unet", filters=[4, 8, 16, 32, 64]))
    with pytest.raises(ModelError, match="do not fit"):
        load_heart_model(card_path=copied)
