import numpy as np

from minebelief.mining.scores import ScoreBook, belonging


class Counting:
    """Scores by shared letters, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def scores(self, statements, sentences):
        self.asked.append((tuple(statements), tuple(sentences)))
        pairs = [[len(set(a) & set(b)) / len(set(a) | set(b)) for a in statements] for b in sentences]
        return np.array(pairs, np.float32).reshape(len(sentences), len(statements))


def test_no_pair_is_worked_out_twice_and_what_is_needed_later_comes_beside():
    matcher = Counting()
    book = ScoreBook(matcher, ["ab", "bc", "cd"], beside=["z"])
    first = book.scores(["a"], ["ab", "bc"])
    assert first.tolist() == [[0.5], [0.0]]
    assert matcher.asked == [(("a", "z"), ("ab", "bc"))]
    whole = book.columns(["a", "z"])
    assert matcher.asked[1:] == [(("a", "z"), ("cd",))]
    assert whole[:, 0].tolist() == [0.5, 0.0, 0.0]
    book.columns(["a", "z"])
    assert len(matcher.asked) == 2


def test_a_sentence_belongs_to_what_it_says_best_and_to_what_is_as_near():
    columns = np.array([[0.9, 0.87, 0.72], [0.6, 0.5, 0.4], [0.0, 0.71, 0.0]])
    assert belonging(columns, 0.7, 0.04).tolist() == [
        [True, True, False],
        [False, False, False],
        [False, True, False],
    ]


def test_nothing_belongs_to_no_theme():
    assert belonging(np.zeros((3, 0)), 0.7, 0.04).shape == (3, 0)
