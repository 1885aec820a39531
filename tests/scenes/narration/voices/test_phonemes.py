"""Where a word begins among the phonemes of a line."""

from __future__ import annotations

from scenes.narration.voices.phonemes import split_at


def test_a_mark_inside_words_that_run_together_is_found() -> None:
    # espeak joins "in the" into one, and "the" before a vowel sounds otherwise than alone.
    whole = [list("ɪnðə fˈɑːɡ, ðɪʲ ˈʌðɚ.")]
    assert split_at(whole, list("ˈɪn"), list("ðə fˈɑːɡ, ðɪʲ ˈʌðɚ.")) == 2
    assert split_at(whole, list("ɪnðə fˈɑːɡ, ðə"), list("ˈʌðɚ.")) == whole[0].index("ʌ") - 1
    assert split_at(whole, [], whole[0]) == 0
