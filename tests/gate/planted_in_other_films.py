"""What a stranger planted in part 4 and the check missed, in the other films and in `explore`."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind

#: What is not said.
UNSAID = (
    Edit(
        "never wiped, which the still does not say",
        Kind.WHO,
        "explore/still",
        "scenes/explore/still.py",
        ((", wiped=self.wipes(run))", ")"),),
        ("outcome",),
    ),
    Edit(
        "never wiped, said of the others",
        Kind.WHO,
        "explore/still",
        "scenes/explore/still.py",
        (("wiped=self.wipes(run))", "wiped=not self.wipes(run))"),),
        ("outcome",),
    ),
    Edit(
        "never wiped, which a legend does not say",
        Kind.WHO,
        "explore/curves",
        "scenes/explore/sentences.py",
        (('("" if wiped else ", never wiped")', '("" if wiped else ", again")'),),
        ("outcome",),
    ),
)

#: The same kinds in the other films.
IN_OTHER_FILMS = (
    Edit(
        "two knobs exchanged, each an angle",
        Kind.WHO,
        "knobs/weights",
        "scenes/knobs/weights.py",
        (("Knob(_angle(progress, column), radius=0.66)", "Knob(_angle(progress, 1 - column), radius=0.66)"),),
        ("reading",),
    ),
    Edit(
        "nine knobs in another order",
        Kind.WHO,
        "training-loop/knobs",
        "scenes/training_loop/what_it_learnt.py",
        (("Knob(partial(knob_angle, progress, column)", "Knob(partial(knob_angle, progress, 8 - column)"),),
        ("reading",),
    ),
    Edit(
        "knobs of the engine room in another order",
        Kind.WHO,
        "training-loop/voyage",
        "scenes/training_loop/engine_room.py",
        (("Knob(partial(knob_angle, progress, column)", "Knob(partial(knob_angle, progress, 8 - column)"),),
        ("reading",),
    ),
    Edit(
        "the loss of the row before, while the engine runs",
        Kind.WHOSE,
        "training-loop/voyage",
        "scenes/training_loop/engine_room.py",
        (("run.losses[progress.row]", "run.losses[max(progress.row - 1, 0)]"),),
        ("whose",),
    ),
    Edit(
        "a radio's knobs exchanged in part 3",
        Kind.WHO,
        "knobs/turn",
        "scenes/knobs/turn.py",
        (("radio = Radio(tried.coeffs, width", "radio = Radio(lambda: [*tried.coeffs()][::-1], width"),),
        ("reading",),
    ),
    Edit(
        "better said of a try that was turned back, in the snow",
        Kind.MOMENT,
        "knobs/snow",
        "scenes/knobs/snow.py",
        (("tried.to(2.31,", "tried.to(1.31,"),),
        ("outcome",),
    ),
    Edit(
        "the next part by another number",
        Kind.WHOSE,
        "knobs/picture",
        "scenes/knobs/picture.py",
        (
            (
                'constant(outline("gradient").number, "its place in the series", equals=PART.number + 1)',
                'constant(outline("loss").number, "its place in the series", equals=outline("loss").number)',
            ),
        ),
        ("number",),
    ),
    Edit(
        "the ends of a history exchanged in part 2",
        Kind.WHO,
        "loss/rewind",
        "scenes/loss/rewind.py",
        (
            ('words("knobs", theme.label, theme.weight', 'words("loss", theme.label, theme.weight'),
            ('words("loss", theme.label, theme.loss', 'words("knobs", theme.label, theme.loss'),
        ),
        ("label",),
    ),
)
