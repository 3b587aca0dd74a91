import numpy as np

from minebelief.mining.themes import CLEAR, Reasons, _clarity


def test_a_sentence_is_read_by_all_who_wrote_it():
    """Six wrote the same praise and one of them was misread as a complaint, among forty complaints near to it."""
    angles = np.radians([0.0, *np.linspace(20, 40, 40)])
    own, *complaints = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    reasons = Reasons(["a"], ["r"], ["as quoted"], ["as quoted"], own[None], np.array([0.9]), np.zeros(1, bool))
    rows, candidates = np.array([0]), np.array([True])

    def clarity(*same: float) -> float:
        everything = np.vstack([*[own] * len(same), *complaints])
        clear = np.array([*same, *[0.9] * len(complaints)])
        return float(_clarity(reasons, rows, candidates, everything, clear)[0])

    assert clarity(0.9) > CLEAR
    assert clarity(0.9, 0.01, 0.01, 0.01, 0.01, 0.01) < CLEAR
