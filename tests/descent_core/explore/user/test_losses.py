"""Losses out of users' files: every shape that is taken, and what is said of what is not."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import torch

from descent_core import record
from descent_core.errors import RunError, UsageError, UserCodeError
from descent_core.explore.probe import probe
from descent_core.explore.user.loss import load_loss, module_loss, parse_start


@pytest.fixture
def file(tmp_path: Path):
    """Writes a user's file and gives the text that names a loss in it."""

    def write(body: str, name: str = "loss", stem: str = "mine") -> str:
        path = tmp_path / f"{stem}.py"
        path.write_text("import torch\n" + textwrap.dedent(body))
        return f"{path}:{name}"

    return write


def start(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def test_a_function_of_coefficients(file) -> None:
    own = load_loss(file("def loss(c): return (c**2).sum()"))
    assert own.start is None
    assert not own.of_module
    assert float(own.loss(start(3, 4))) == 25


@pytest.mark.parametrize("returned", ["inner", "(inner, [1.0, 2.0])", "(inner, torch.tensor([1.0, 2.0]))"])
def test_a_factory_of_one(file, returned: str) -> None:
    own = load_loss(file(f"def inner(c): return (c**2).sum()\ndef loss(scale=1.0): return {returned}"))
    assert float(own.loss(start(3, 4))) == 25
    assert own.start is None if returned == "inner" else own.start.tolist() == [1.0, 2.0]


def test_a_file_may_import_what_lies_beside_it(file, tmp_path: Path) -> None:
    (tmp_path / "beside_it.py").write_text("SCALE = 3\n")
    assert (
        float(load_loss(file("from beside_it import SCALE\ndef loss(c): return SCALE * c.sum()")).loss(start(1, 1)))
        == 6
    )


def test_a_module_with_a_closure_walks_to_the_least_squares_solution(file) -> None:
    own = load_loss(
        file(
            """
            def loss():
                x = torch.linspace(-1, 1, 50, dtype=torch.float64)[:, None]
                y = 3 * x - 2 + 0.1 * torch.sin(20 * x)
                model = torch.nn.Linear(1, 1).double()
                return model, lambda: ((model(x) - y) ** 2).mean()
            """
        )
    )
    assert own.of_module
    assert own.start.shape == (2,)
    walk = record(own.loss, own.start, lr=0.5, steps=300)
    x = torch.linspace(-1, 1, 50, dtype=torch.float64)[:, None]
    table = torch.cat([x, torch.ones_like(x)], dim=1)
    solution = torch.linalg.lstsq(table, 3 * x - 2 + 0.1 * torch.sin(20 * x)).solution.ravel()
    assert torch.allclose(torch.tensor(walk.coeffs[-1]), solution, atol=1e-9)


def test_a_module_is_never_changed_and_walks_as_torch_would_walk_it() -> None:
    torch.manual_seed(3)
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1)).double()
    x, y = torch.randn(20, 2, dtype=torch.float64), torch.randn(20, 1, dtype=torch.float64)
    before = torch.nn.utils.parameters_to_vector(model.parameters()).clone()
    loss, begin = module_loss(model, lambda: torch.nn.functional.mse_loss(model(x), y))
    assert torch.equal(begin, before)
    walk = record(loss, begin, lr=0.1, steps=5, optimizer=torch.optim.Adam)
    assert torch.equal(torch.nn.utils.parameters_to_vector(model.parameters()), before)
    engine = torch.optim.Adam(model.parameters(), lr=0.1)
    for row in range(5):
        engine.zero_grad()
        value = torch.nn.functional.mse_loss(model(x), y)
        assert value.item() == pytest.approx(walk.losses[row], rel=1e-12)
        value.backward()
        engine.step()
    after = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
    assert after.numpy() == pytest.approx(walk.coeffs[-1], abs=1e-12)


def test_a_weight_that_two_layers_share_is_one_weight() -> None:
    first, second = torch.nn.Linear(3, 3, bias=False), torch.nn.Linear(3, 3, bias=False)
    second.weight = first.weight
    model, x = torch.nn.Sequential(first, second), torch.randn(5, 3)
    loss, start = module_loss(model, lambda: model(x).square().sum())
    assert start.shape == (9,)
    other = torch.randn(3, 3)
    torch.testing.assert_close(loss(other.ravel()), (x @ other.T @ other.T).square().sum())
    assert first.weight is second.weight
    torch.testing.assert_close(loss(start), model(x).square().sum().detach())


def test_a_closure_that_raises_leaves_the_module_as_it_was() -> None:
    model = torch.nn.Linear(1, 1)
    before = dict(model.named_parameters())
    loss, start = module_loss(model, lambda: model(torch.ones(1, 2)).sum())
    with pytest.raises(RuntimeError):
        loss(start)
    assert all(held is before[name] for name, held in model.named_parameters())


def test_frozen_parameters_are_no_coefficients() -> None:
    model = torch.nn.Linear(3, 1)
    model.weight.requires_grad_(False)
    _, begin = module_loss(model, lambda: model(torch.ones(1, 3)).sum())
    assert begin.shape == (1,)


def test_a_file_that_is_not_there_offers_the_near_ones(tmp_path: Path) -> None:
    (tmp_path / "losses.py").touch()
    with pytest.raises(UsageError, match=r"loses.py is not there. Did you mean .*losses.py\?"):
        load_loss(f"{tmp_path}/loses.py:loss")


def test_a_name_that_is_not_in_it_offers_the_near_ones(file) -> None:
    spec = file("def himmelblau(c): return c.sum()\ndef beale(c): return c.sum()", "himelblau")
    with pytest.raises(UsageError, match=r"no 'himelblau' in mine.py. Did you mean himmelblau\?"):
        load_loss(spec)
    with pytest.raises(UsageError, match="There are: himmelblau, beale."):
        load_loss(spec.replace("himelblau", "x"))
    with pytest.raises(UsageError, match="Which loss of"):
        load_loss(spec.rpartition(":")[0])


def test_what_cannot_be_called_is_no_loss(file) -> None:
    with pytest.raises(UsageError, match="'loss' in mine.py is an int, and cannot be called"):
        load_loss(file("loss = 3"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("import numpy.nothing_there", "ModuleNotFoundError: No module named 'numpy.nothing_there'"),
        ("def helper():\n    raise ValueError('no data')\nhelper()", "ValueError: no data"),
        ("def loss(c:\n", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
    ],
)
def test_an_error_in_their_file_shows_their_lines_only(file, body: str, expected: str) -> None:
    with pytest.raises(UserCodeError) as caught:
        load_loss(file(body))
    message = str(caught.value)
    assert "mine.py cannot be imported" in message
    assert expected in message
    assert "own_code.py" not in message
    assert "importlib" not in message
    assert len(message.splitlines()) < 12
    if "helper" in body:
        assert "mine.py, line 3, in helper" in message
        assert "raise ValueError('no data')" in message


@pytest.mark.parametrize("returned", ["None", "3.0", "(1, 2)"])
def test_a_factory_that_returns_something_else(file, returned: str) -> None:
    with pytest.raises(UserCodeError, match="A factory returns a loss of one"):
        load_loss(file(f"def loss(): return {returned}"))


def test_a_closure_takes_no_arguments(file) -> None:
    with pytest.raises(UserCodeError, match="must take no arguments"):
        load_loss(file("def loss(): return torch.nn.Linear(1, 1), lambda batch: batch"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("def loss(c): return c**2", r"must return one number; .* shape \(2,\). Take its mean"),
        ("def loss(c): return 3.0", "must return a tensor; .* returned float"),
        ("def loss(c): return (c.detach()**2).sum()", "has no gradient.*detach"),
        ("def loss(c): return torch.zeros((), requires_grad=True)", "does not use the coefficients"),
        ("def loss(c): return torch.sqrt(c - 9).sum()", "The loss is nan at the start .2, 1.*It is finite at"),
        (
            "def loss(c): return c.sum() * float('nan')",
            "not finite at any of 181 points that were tried up to 10 around it. Start somewhere else",
        ),
        ("def loss(c): return torch.sqrt((c - torch.tensor([2.0, 1.0])).square().sum())", "its gradient there is .nan"),
    ],
)
def test_what_cannot_be_trained_is_refused(file, body: str, expected: str) -> None:
    with pytest.raises(RunError, match=expected) as caught:
        probe(load_loss(file(body)).loss, start(2, 1))
    assert not isinstance(caught.value, UsageError)


def load_and_probe(spec: str) -> None:
    own = load_loss(spec)
    probe(own.loss, start(2, 1) if own.start is None else own.start)


MODEL = "model = torch.nn.{}\n    return model, lambda: model(torch.ones(4, 2)).square().mean()"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("def loss(c):\n    c[0] = 2 * c[0]\n    return c.sum()", r"line 3, in loss.*in place. Work on a copy"),
        ("def loss(c):\n    c *= 2\n    return c.sum()", r"line 3, in loss.*in place. Work on a copy"),
        ("import numpy as np\ndef loss(c): return np.sin(c).sum()", "in loss.*numpy computes no slopes.*torch.sin"),
        ("def loss(c): return torch.tensor(c.numpy().sum())", "requires grad.\nnumpy computes no slopes"),
        (
            "def loss(c): return torch.complex(c[0], c[1]) ** 2",
            r"a real number; at the start \(2, 1\) it is 3\+4j. Take",
        ),
        ("def loss(): return (lambda c: c.abs().sum()), torch.tensor([1j, 2.0])", "complex numbers.*view_as_real"),
        (f"def loss():\n    {MODEL.format('LazyLinear(3)')}", "weight has no shape yet. Call the module once"),
        (
            f"def loss():\n    {MODEL.format('Linear(2, 1, dtype=torch.complex64)')}",
            "weight holds complex numbers.*view_as_real",
        ),
        (
            "def loss():\n    m = torch.nn.Embedding(5, 2, sparse=True)\n"
            "    return m, lambda: m(torch.tensor([1])).sum()",
            "cannot compute its gradient.*Leave sparse=True out",
        ),
        ("def loss(): return torch.nn.Linear(1, 1)", r"a Linear without a closure. Return \(model, closure\)"),
        ("loss = torch.nn.Linear(1, 1)", r"'loss' in mine.py is a module without a closure. Name a function"),
        ("def loss(c): c.sum()", "it returned nothing. Does it end with return"),
    ],
)
def test_what_many_write_is_refused_with_what_to_write_instead(file, body: str, expected: str) -> None:
    with pytest.raises(RunError, match=f"(?s){expected}") as caught:
        load_and_probe(file(body))
    assert "coefficients: write --start" not in str(caught.value)
    assert "detach()" not in str(caught.value)


def test_a_start_that_is_stored_sparsely_is_a_vector_like_any_other(file) -> None:
    own = load_loss(file("def loss(): return (lambda c: c.sum()), torch.tensor([0.0, 3.0]).to_sparse()"))
    assert own.start.tolist() == [0.0, 3.0]


def test_a_start_of_the_wrong_length_says_which_would_fit(file) -> None:
    own = load_loss(file("def loss(c):\n    x, y, z = c\n    return x * y * z"))
    with pytest.raises(UsageError, match=r"start has 2 numbers, but the loss can be evaluated with 3 coefficients"):
        probe(own.loss, start(2, 1))
    grows = load_loss(file("def loss(c): return c[3] ** 2", stem="grows"))
    with pytest.raises(UsageError, match="with 4 or more coefficients"):
        probe(grows.loss, start(2, 1))


def test_what_it_raises_is_shown_by_its_own_lines(file) -> None:
    own = load_loss(file("def helper(c):\n    raise KeyError('weights')\ndef loss(c):\n    return helper(c)"))
    with pytest.raises(UserCodeError, match=r"(?s)line 5, in loss.*line 3, in helper.*KeyError: 'weights'"):
        probe(own.loss, start(1))


def test_chance_and_changes_from_call_to_call_are_different(file) -> None:
    still = load_loss(file("def loss(c): return (c**2).sum()", stem="still"))
    drawn = load_loss(file("def loss(c): return (c**2).sum() * (1 + torch.rand(()))", stem="drawn"))
    changing = load_loss(
        file("calls = []\ndef loss(c):\n    calls.append(1)\n    return (c**2).sum() * len(calls)", stem="fi")
    )
    found = [probe(user_loss.loss, start(1, 2)) for user_loss in (still, drawn, changing)]
    assert [(probed.stochastic, probed.nondeterministic) for probed in found] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_float32_is_used_where_float64_does_not_fit(file) -> None:
    own = load_loss(file("table = torch.ones(4, 2)\ndef loss(c): return (table @ c).square().sum()"))
    assert probe(own.loss, start(1, 2)).start.dtype == torch.float32


def test_coefficients_that_do_nothing_are_named(file) -> None:
    assert probe(load_loss(file("def loss(c): return c[0] ** 2")).loss, start(1, 2, 3)).zero_slope == (1, 2)


@pytest.mark.parametrize("text", ["", "2,", "a,b", "nan,1", "1,inf", "1*0", "1*x"])
def test_a_start_that_is_no_list_of_numbers(text: str) -> None:
    with pytest.raises(UsageError, match="numbers with commas"):
        parse_start(text)
