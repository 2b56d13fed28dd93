//! Sentences to tokens: numerals and words.
