"""``descent record``: run and record with torch."""

from __future__ import annotations

import click

from descent_core.counted import counted


@click.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
def record(labels: tuple[str, ...]) -> None:
    """Run and record with torch, anew: LABEL is the name of a run. Default: all of them.

    A grid of runs, and the maps beside it, which are for the bench below a film, take some minutes.

    \b
    Examples:
      descent record
      descent record right too-big
    """
    from descent_core import library
    from descent_core.catalogue import FATES, GRIDS, LANDSCAPES, LISTINGS, RUNS
    from descent_core.suggestions import known
    from scenes.cli.exploration import told_progress

    every = [*RUNS, *LANDSCAPES, *LISTINGS, *GRIDS, *FATES]
    for label in [known(label, every, "run") for label in labels] or every:
        if label in LANDSCAPES:
            ground = library.landscape(label, anew=True)
            nodes = "x".join(map(str, ground.heights.shape))
            click.echo(f"{label:24s} landscape of {nodes} nodes, within {ground.error:.1e} of torch between them")
        elif label in LISTINGS:
            listing = library.listing(label, anew=True)
            click.echo(f"{label:24s} code of {counted(len(listing.lines), 'line')}, as it ran")
        elif label in GRIDS:
            with told_progress(quiet=False) as report:
                grid = library.grid(label, anew=True, report=lambda done, total: report("bench", done, total))
            rates, starts = counted(len(grid.lrs), "learning rate"), counted(len(grid.starts), "start")
            click.echo(f"{label:24s} grid of {counted(grid.count, 'run')}: {rates}, {starts}, with zero_() and without")
        elif label in FATES:
            with told_progress(quiet=False) as report:
                maps = library.fate_maps(label, anew=True, report=lambda done, total: report("map", done, total))
            nodes = "x".join(map(str, maps.fates.shape[1:]))
            click.echo(f"{label:24s} {counted(len(maps.lrs), 'map')} of where walks end, from {nodes} starts each")
        else:
            run = library.recording(label, anew=True)
            size = f"{counted(run.dimensions, 'coefficient'):>17s}  lr {run.lr:<5g} {counted(run.steps, 'step'):>10s}"
            click.echo(f"{label:24s} {size}  loss {run.losses[0]:.4g} to {run.losses[-1]:.4g}  {run.outcome}")
