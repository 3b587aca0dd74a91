import io

import numpy as np
import pytest

from minebelief.language import language_set_hash
from minebelief.mining import encoder as encoders
from minebelief.mining.adapter import ADAPTED, Adapter, load_adapter
from minebelief.mining.encoder import DEFAULT_ENCODER, Encoder

STATEMENT = "Nobody answers the phone."
SAYS = "I was on hold for an hour and no one ever picked up."
NEIGHBOUR = "The person on the phone was rude to me."


def test_the_shipped_adapter_was_fitted_from_this_language_set():
    adapter = load_adapter()
    assert adapter is not None, "run: make heads"
    assert adapter.language_set == language_set_hash()
    assert {name.split(".", 3)[-1] for name in adapter.changes} == set(ADAPTED)


def test_an_adapter_comes_back_as_it_was_stored():
    adapter = Adapter({"encoder.layer.0.output.dense": (np.ones((4, 2)), np.ones((2, 3)))}, "hash")
    stored = adapter.save()
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        assert sorted(arrays.files) == [
            "encoder.layer.0.output.dense/in",
            "encoder.layer.0.output.dense/out",
            "language_set",
        ]


def test_its_fingerprint_changes_with_its_weights():
    one, other = (Adapter({"a": (np.full((2, 1), value), np.ones((1, 2)))}, "hash") for value in (1.0, 2.0))
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == Adapter({"a": (np.full((2, 1), 1.0), np.ones((1, 2)))}, "other").fingerprint


def test_vectors_of_the_adapted_encoder_have_a_name_of_their_own():
    assert Encoder().name == f"{DEFAULT_ENCODER}+{load_adapter().fingerprint}"


@pytest.fixture(scope="module")
def plain():
    """The default encoder without its adapter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoders, "load_adapter", lambda: None)
        return Encoder()


def test_it_tells_the_same_complaint_from_its_neighbour(plain):
    def lead(encoder):
        statement, says, neighbour = encoder.encode([STATEMENT, SAYS, NEIGHBOUR])
        return float(statement @ says - statement @ neighbour)

    assert plain.name == DEFAULT_ENCODER
    assert lead(Encoder()) > max(lead(plain) + 0.1, 0.1)


def test_the_adapter_is_added_to_the_weights_it_names():
    torch = pytest.importorskip("torch")

    class Layer(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.dense = torch.nn.Linear(3, 2, bias=False)

    model = torch.nn.Sequential(Layer())
    before = model[0].dense.weight.detach().clone()
    Adapter({"dense": (np.array([[1.0], [2.0]]), np.array([[1.0, 0.0, 3.0]]))}, "hash").apply(model)
    change = (model[0].dense.weight.detach() - before).numpy()
    assert change == pytest.approx(np.array([[1.0, 0.0, 3.0], [2.0, 0.0, 6.0]]), abs=1e-6)
