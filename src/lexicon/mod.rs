//! Closed lists as data: units, hedges, verbs, indicators, places, themes.
