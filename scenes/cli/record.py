"""``descent record``: run and record with torch."""

from __future__ import annotations

import click

from descent_core.counted import counted


@click.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
def record(labels: tuple[str, ...]) -> None:
    """Run and record with torch, anew: LABEL is the name of a run. Default: all of them.

    \b
    Examples:
      descent record
      descent record right too-big
    """
    from descent_core import library
    from descent_core.catalogue import LANDSCAPES, LISTINGS, RUNS
    from descent_core.suggestions import known

    every = [*RUNS, *LANDSCAPES, *LISTINGS]
    for label in [known(label, every, "run") for label in labels] or every:
        if label in LANDSCAPES:
            ground = library.landscape(label, anew=True)
            nodes = "x".join(map(str, ground.heights.shape))
            click.echo(f"{label:24s} landscape of {nodes} nodes, within {ground.error:.1e} of torch between them")
        elif label in LISTINGS:
            listing = library.listing(label, anew=True)
            click.echo(f"{label:24s} code of {counted(len(listing.lines), 'line')}, as it ran")
        else:
            run = library.recording(label, anew=True)
            size = f"{counted(run.dimensions, 'coefficient'):>17s}  lr {run.lr:<5g} {counted(run.steps, 'step'):>10s}"
            click.echo(f"{label:24s} {size}  loss {run.losses[0]:.4g} to {run.losses[-1]:.4g}  {run.outcome}")
