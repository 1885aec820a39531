"""The tests themselves, in several processes: what a file's tests share is made by one of them."""

from __future__ import annotations

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="this run has one process")
def test_the_tests_of_a_file_are_given_to_one_process(request: pytest.FixtureRequest) -> None:
    """By the group that xdist writes behind a test's name; where it does not, tests are dealt out one by one."""
    assert request.node.nodeid.endswith("@tests/test_processes.py")
