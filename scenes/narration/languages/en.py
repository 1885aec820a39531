"""English: the words that captions, voices and the sources of numbers look up. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# For breaking lines.

#: A line that ends with one of these seems cut off: articles and prepositions, and what stands for an article.
HANGING = _words(
    "a an the this that these those my your his her its our their no every each "
    "about above across after against along among around as at before behind below beneath beside between beyond by "
    "down during for from in inside into like near of off on onto out over past per since than through to toward "
    "towards under until up upon with within without"
)
#: Small words that belong to the next one: better not at the end of a line, but less bad than ``HANGING``.
LEANING = _words(
    "and or but nor so yet if because when while where which who whose what how whether although though unless "
    "i you he she it we they is are was were be been am has have had do does did can could will would shall should "
    "may might must not very too just only more most less "
    "one two three four five six seven eight nine ten hundred thousand"
)
#: A new phrase begins with one of these, so a line may well end before it.
OPENING = _words(
    "and or but nor so yet if because when while where which who whose that than then as until unless although though "
    "after before about above across against along among around at behind below beneath beside between beyond by "
    "during for from in inside into near of on onto over past through to toward towards under with within "
    "without"
)

# For reading notation aloud.

#: Signs between two terms, and how they are read.
OPERATORS = {
    "+=": "plus equals",
    "-=": "minus equals",
    "*=": "times equals",
    "==": "equals",
    "=": "equals",
    "*": "times",
    "×": "times",
    "→": "to",
    "≈": "about",
}
#: Names of code that no voice would read as they are meant: letter by letter, or with the stress on the second sound.
SPELLED = {"lr": "L R", "coeffs": "co-effs"}
#: How a dot between two names of code is read, and an underscore before or behind one.
DOT, UNDERSCORE = "dot", "underscore"
#: How a power of ten is read, from its mantissa and its exponent; and the sign of the exponent.
POWER_OF_TEN, MINUS = "{mantissa} times 10 to the {exponent}", "minus"

# For finding numbers.

#: Numbers that are said in a single word.
NUMBER_WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
}
#: Other words that say how many, or how much of something: a number in words, as much as those above.
QUANTITY_WORDS = {
    "half": 0.5,
    "halves": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "twice": 2,
    "thrice": 3,
    "dozen": 12,
    "dozens": 12,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 1_000_000,
}
#: Those of them that more often mean something else: in a text they don't count as numbers.
AMBIGUOUS_NUMBER_WORDS = _words("one")

#: Words by which it is told what became of a run, in small letters: by the outcome (`descent_core.recordings.outcome`).
OUTCOME_WORDS = {
    "diverged": ("diverged", "diverges", "no longer a number", "leaves the mountain"),
    "converged": ("converged", "at rest", "to rest", "another valley"),
    "at rest": ("at rest", "to rest"),
    "plateau": ("plateau",),
    "saddle": ("saddle",),
    "narrow valley": ("narrow valley",),
    "arrived and left": ("arrived and left", "left again", "arrives, and leaves"),
    "leaping": ("leaping", "leaps from side", "still on its way"),
    "hovering": ("hovers", "hovering"),
    "oscillating": ("oscillates", "oscillating", "swings"),
    "crawling": ("crawls", "crawling", "still on its way", "too small to change"),
    "descending": ("descending", "on its way", "too small to change"),
}
#: Words before the two losses between which a run swings to its end.
SWING_WORDS = ("swings between",)
#: The end of a phrase that counts the runs of an outcome, and which: "two still crawling".
OUTCOME_ENDINGS = {
    "converged": "converged",
    "in another valley": "another valley",
    "at rest": "at rest",
    "on a plateau": "plateau",
    "on a saddle": "saddle",
    "in a narrow valley": "narrow valley",
    "arrived and left again": "arrived and left",
    "leaping from side to side": "leaping",
    "hovering": "hovering",
    "still crawling": "crawling",
    "still on the way down": "descending",
    "oscillating": "oscillating",
    "diverged": "diverged",
}
#: Words by which it is told that a loss is that of one draw, where there is chance in it.
SINGLE_DRAW_WORDS = frozenset({"draw", "draws", "minibatch", "minibatches"})
#: What an axis is called that counts evaluations of the loss.
LOOK_WORDS = ("look", "evaluation")
#: Words by which it is told that an axis is logarithmic.
LOG_AXIS_WORDS = ("log", "logarithmic")
#: Words by which it is told that a gradient was set to zero before each step, or never was.
WIPED_WORDS = ("wiped", "wipes", "with zero_")
NEVER_WIPED_WORDS = ("never wiped", "never wipes", "forgotten", "forgets", "without zero_")

# For finding what a line names.

#: Words that name nothing in a picture, beside small ones.
NAMELESS_WORDS = _words(
    "here there it's let us me them him get gets got go goes going come comes came make makes made see saw "
    "seen say says said tell tells know knows think want need like same other again now still even back well "
    "thing things way much little lot first last next whole so too also yet really"
)
#: Small words that name a direction.
DIRECTIONS = _words("up down")
#: What a stage part is called when it is spoken of, by the name of its class.
PART_WORDS = {
    "Bowl": ("bowl",),
    "Cabin": ("cabin", "light", "window", "home", "answer"),
    "CodePanel": ("code", "line", "notebook"),
    "Compass": ("compass", "needle", "reading", "readings"),
    "GroundAxes": ("map", "knob", "loss"),
    "Hiker": ("hiker", "hikers", "lantern", "boots"),
    "Knob": ("knob",),
    "KnobWall": ("knob", "wall"),
    "LitKnobWall": ("knob", "wall"),
    "LossCurve": ("curve", "curves", "loss"),
    "Curves": ("curve", "curves", "loss"),
    "Radio": ("radio",),
    "Scorecard": ("scorecard", "score", "loss"),
    "Trail": ("trail", "footprints"),
}
#: The same of an arrow on the ground, by what it shows.
ARROW_WORDS = {
    "uphill": ("uphill", "gradient", "slope", "measurement"),
    "downhill": ("downhill", "down", "compass", "direction", "opposite", "ground"),
    "held": ("held", "old", "readings", "compass", "remembers"),
}
#: What is said of what a name in code does, beside the name itself.
CODE_WORDS = {
    "zero_": ("zero", "wipe", "clean"),
    "backward": ("backward",),
    "print": ("print", "reading"),
    "requires_grad_": ("requires", "notes", "history"),
}
#: Words of fog that comes or goes.
FOG_WORDS = ("fog", "mist", "clear")
#: Words by which it is told that a way is gone from its end to its beginning.
BACK_WORDS = ("from the end", "in reverse", "backwards")

# For holding what is said against numbers.

#: Words of a sign of a number.
SIGN_WORDS = ("negative", "positive")
#: Words before the number of a row, and after a count of rows.
ROW_WORDS = (r"no\.", "number", "row", "step", "after")
COUNT_WORDS = ("steps", "tries", "times")
#: Words for what a training step does, and what stands in the line of code that does it, in the library's listing.
LOOP_WORDS = {
    "predict": "loss_of(",
    "loss": "loss =",
    "backward": ".backward()",
    "step": ".sub_(",
    "zero": ".zero_()",
}

# For holding numbers against the words beside them; patterns of regular expressions, in small letters.

#: Words that may stand between a number and what is said of it: "ends *at a loss of about* 0.2".
FILLING_WORDS = (
    "a an the its his her their it he she that where with from at on of is was as only just about almost nearly still "
    "now practically loss score scorecard hits reads says"
)
#: Words right before a number by which it is told which value of a run it is.
VALUE_PHRASES = {
    "the last": (
        r"ends? (?:higher|lower) than (?:it|he|she) (?:began|begins|started|starts)",
        r"(?:ends?|ended|ending|finish(?:es|ed)|stays?|stayed|remains?|stuck)(?: up)?",
        r"comes? to",
    ),
    "the first": (r"(?:starts?|started|begins?|began|beginning|sets? out)", r"at first"),
    "the lowest": (r"lowest(?: point| of all)?", r"least", r"minimum", r"as low as", r"at best"),
    "the highest": (r"highest(?: point| of all)?", r"greatest", r"maximum", r"as high as", r"at worst"),
}
#: Words right before a number by which it is told what kind of thing it is.
KIND_PHRASES = {
    "loss": (r"loss", r"score(?:card)?(?:'s)?"),
    "learning rate": (r"step sizes?", r"learning rates?", r"\blr"),
    "slope": (r"slope", r"tilt", r"(?:new|fresh) readings?", r"ground says"),
    "grad": (r"\bgrad", r"grad (?:holds|held)", r"old readings?", r"adds? up to"),
    "reading": (r"gradient", r"compass", r"readings?"),
    "setting": (r"(?:set|turned|tuned) to", r"settings?"),
}
#: Words right after a number by which it is told what it counts; and what may stand in between.
UNIT_WORDS = {
    "steps": ("step", "steps", "stride", "strides", "leap", "leaps", "update", "updates"),
    "tries": ("try", "tries", "guess", "guesses", "looks", "times"),
    "knobs": ("knob", "knobs", "coefficients", "weights", "parameters", "numbers"),
    "percent": ("percent", "%"),
}
UNIT_ADJECTIVES = "more whole small tiny baby giant big long short further single equal"
#: Words by which it is told that somebody rests, before or after "after so many steps".
REST_PHRASES = (r"at rest", r"to rest", r"settle[sd]?", r"arrive[sd]?", r"converge[sd]?", r"stands? still", r"is home")
#: Words right before a loss by which it is told whether it has come down to that, or up.
DOWN_PHRASES = (r"down to", r"(?:falls?|fell|drops?|dropped|sinks?|sank) to")
UP_PHRASES = (r"up (?:at|to)", r"(?:rises?|rose|climbs?|climbed|grows?|grew) to")
#: The words of "from this to that", of "so much after so many steps", and of "so much in so many steps".
FROM, TO, AFTER, IN = "from", "to", "after", "in"

# For holding words of how many and how far against what is walked and what is on stage.

#: Ordinals, and the words for the last one.
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
LAST_WORDS = ("last", "final")
#: What is walked one after another, singular and plural.
STEP_NOUNS = {
    "step": "steps", "leap": "leaps", "stride": "strides", "jump": "jumps", "hop": "hops", "pace": "paces",
    "round": "rounds", "epoch": "epochs",
}  # fmt: skip
#: "one step", as a count, and what after it makes it none.
SINGLE_WORDS = ("one", "a single", "just one")
NO_COUNT_AFTER = ("at a time", "after", "by", "of")
#: A place half of the way.
HALF_WAY = r"half[ -]?way|half (?:of )?the way"
#: "twice", and what after it makes it a comparison.
TWICE, AS = "twice", "as"
#: What can be counted on stage, in the plural, and by which stage parts: as many runs are shown by some of them.
COUNTED_PARTS = {
    "hikers": ("Hiker",),
    "walkers": ("Hiker",),
    "trails": ("Trail",),
    "curves": ("PlotCurve",),
    "walks": ("Hiker", "Trail", "PlotCurve"),
    "runs": ("Hiker", "Trail", "PlotCurve"),
    "compasses": ("Compass",),
    "ribbons": ("Ribbons",),
    "strides": ("Ribbons",),
    "radios": ("Radio",),
}
#: What is counted by the learning rates of the runs that are shown.
COUNTED_RATES = ("learning rates", "step sizes")
#: What is said of what there is none of, before the word for it; patterns.
NONE_PHRASES = (
    r"(?:\bnot|n['’]t|\bnever|\bwithout)\b(?:\s+(?!not\b)\w+){0,3}?\s+(?:a single|one single|any|one)\s+(?P<of>\w+)",
    r"\b(?:no|zero|not a single)\s+(?P<noun>\w+)",
)
#: Fractions in words by what one is divided by, how many of them there are, and what may follow one; and times, of
#: which a fraction is none of what is counted.
FRACTIONS = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twentieth": 20, "fiftieth": 50, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
FRACTION_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
AFTER_FRACTIONS = ("of", "as", "the", "that")
TIMES = ("second", "minute", "turn")
#: Words before a number that counts all that is there: "all three", "these two".
ALL_WORDS = ("all", "these", "the other")
#: Words by which it is told that a loss falls from step to step, or rises.
FALLING_WORDS = (
    "keeps falling", "keep falling", "lower than the last", "lower than the one before", "goes on falling",
    "lower and lower", "lower every time", "keeps going down",
)  # fmt: skip
RISING_WORDS = (
    "keeps rising", "keep rising", "higher than the last", "higher than the one before", "goes on rising",
    "higher and higher", "higher every time", "keeps going up",
)  # fmt: skip
#: What a single step does to the loss.
GOES_DOWN, GOES_UP = r"(?:goes|lands|leads) (?:down|lower)", r"(?:goes|lands|leads) (?:up|higher)"
#: "knob 0 has the bigger one": the words for more and for less.
BIGGER_WORDS, SMALLER_WORDS = ("bigger", "larger", "greater", "steeper"), ("smaller", "gentler", "flatter")
#: Words between two losses that are compared, and those before them that say which is the lower.
AGAINST_WORDS = ("against", "compared with", "versus", "instead of")
LOWER_FIRST, HIGHER_FIRST = ("faster", "lower", "better", "ahead"), ("slower", "higher", "worse", "behind")
#: Words of colours, with the hues in degrees that are called so, from one to the other.
HUES = {"red": (335, 25), "orange": (20, 45), "green": (80, 175), "blue": (195, 255)}
#: What is uphill and what is downhill, as it is said beside a colour.
UPHILL_WORDS, DOWNHILL_WORDS = ("up", "uphill"), ("down", "downhill", "home")
#: The colours of the two; and what a label calls the ends of a needle.
RISING_HUES, FALLING_HUES = ("red",), ("green",)
UPHILL_NAMES, DOWNHILL_NAMES = ("uphill", "gradient", "the gradient", "up"), ("downhill", "the way down", "down")
#: What is said of a try of a random search that is kept, and of one that is turned back; and what makes it no judgement
#: of any: "sometimes it's better". Patterns.
KEPT_WORDS = (r"better\?", r"\bkeep (?:it|them|that)\b", r"\b(?:is|it's|that's) kept\b")
REJECTED_WORDS = (r"worse\?", r"\bturn (?:it|them|that) back\b", r"\b(?:is|it's|that's) (?:rejected|turned back)\b")
HEDGING_WORDS = ("sometimes", "either", "if ")
#: What is said of the worth of something, good and bad, and of how high it lies; patterns of whole words. And words
#: with which a clause says neither: "no worse than", "higher than the best".
GOOD_WORDS, BAD_WORDS = ("good", "better", "best", "perfect"), ("bad", "worse", "worst", "poor")
HIGH_PHRASES = (r"ris(?:e|es|ing)", r"climb(?:s|ing)?", r"high(?:er|est)?", r"(?:on|at) the (?:peak|summit|top)")
LOW_PHRASES = (r"sink(?:s|ing)?", r"fall(?:s|ing)?", r"low(?:er|est)?", r"(?:in|at) the (?:valley|bottom)")
UNJUDGED_WORDS = (r"\w+n't", "not", "no", "nor", "never", "than", "if", "sometimes")
#: The words between two clauses, each of which judges for itself.
CLAUSE_WORDS = ("and", "but", "while", "or")
#: What is the better the more there is of it: a sentence that names it doesn't speak of a loss.
GAIN_WORDS = ("accuracy", "hits", "correct", "reward", "share", "percent")
#: What is said of somebody who has come home, what makes it the opposite, and what makes it neither. Patterns.
HOME_PHRASES = (r"home", r"(?:at|reach(?:es|ed)?) (?:the|his|her|your) (?:cabin|door)")
NOT_HOME_WORDS = (r"\w+n't", "not", "never", "nobody(?:'s)?", "nowhere", "far from", "no closer")
MAYBE_HOME_WORDS = (
    "if", "until", "unless", "would", "could", "may", "might", "will", r"\w+'ll", "when", "once", "before", "how",
    "way", "to", "toward", "towards", "for", "almost", "nearly", "closer", "nearer", "who", "whose", "that", "which",
    r"takes?", r"leads?", r"brings?", r"guides?", r"points?",
)  # fmt: skip
#: With which a clause of it begins: of somebody, or of the one before. Patterns.
HOME_SUBJECTS = (
    r"(?:he|she|they|you|we|i|it|one|both|all|hikers?|everybody|nobody)\b",
    r"(?:and )?(?:still|at last|finally|never|not)\b",
)
#: Words of which of several is meant, beside those of two (``BIGGER_WORDS``).
MOST_WORDS = ("biggest", "largest", "greatest", "steepest", "highest", "higher", "worst")
LEAST_WORDS = ("smallest", "least", "gentlest", "flattest", "lowest", "lower", "best")
#: What a label calls a field of a run: all that it says, in small letters.
FIELD_NAMES = {
    "loss": ("loss", "the loss", "score", "scorecard"),
    "coefficients": ("coeffs", "coefficients", "weights", "the weights", "knobs", "the knobs"),
    "gradient": ("coeffs.grad", "gradient", "the gradient", ".grad"),
}
#: What is said of how to turn a knob: up is clockwise.
TURN_UP_WORDS, TURN_DOWN_WORDS = (r"turn (?:it|this) up", "up"), (r"turn (?:it|this) down", "down")
#: What the ends of a scale are called, in small letters.
END_WORDS = {"least": ("tiny", "small", "smallest", "low"), "most": ("giant", "big", "biggest", "huge", "high")}
#: Words by which it is told that something runs back.
RETURNING_WORDS = (*BACK_WORDS, "back", "backward", "return", "in reverse")
#: What a read-out does that comes to a number: right before that.
ARRIVING_WORDS = ("hits", "hit", "reaches", "reached", "falls to", "drops to", "sinks to", "climbs to", "rises to")
#: What is said right before the number of a part, of this one, the next one, an earlier and a later one; patterns.
THIS_PART = (r"\b(?:this|that) (?:is|was)(?: only| just)?", r"\bAI fundamentals", r"\bwelcome to")
NEXT_PART = (r"\bnext(?: time| up)?(?: is)?\W*(?:in)?",)
EARLIER_PART = (r"\bfrom", r"\bremember", r"\bback in", r"\bremember \w+ from", r"\bas in")
LATER_PART = (r"\bagain in", r"\bsee you in", r"\bwait(?:ing)? for you in", r"\bwait until")
