//! Text to structure: sections, paragraphs, sentences and footnotes, with offsets into the source.
