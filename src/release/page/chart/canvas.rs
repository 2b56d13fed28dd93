//! A drawing surface over plotters' SVG backend.
//!
//! Plotters writes colours as numbers. The page's colours are CSS variables, which differ between light and dark, so
//! each [`Ink`] is drawn in a colour number of its own and replaced by its variable afterwards.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea, IntoFont, PathElement, RGBColor, Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, TextStyle};

use super::super::{PageError, html};

/// Plotters divides a font's size by this when it writes SVG.
const FONT_SCALE: f64 = 1.24;

/// A colour of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Faint,
    Line,
    Track,
    Actual,
    Estimate,
    Target,
    Date,
    Ordinal,
    Name,
    Marker,
    Other,
    RangeEnd,
}

impl Ink {
    const ALL: [Self; 13] = [
        Self::Text,
        Self::Faint,
        Self::Line,
        Self::Track,
        Self::Actual,
        Self::Estimate,
        Self::Target,
        Self::Date,
        Self::Ordinal,
        Self::Name,
        Self::Marker,
        Self::Other,
        Self::RangeEnd,
    ];

    /// The CSS variable of `page.css`.
    const fn variable(self) -> &'static str {
        match self {
            Self::Text => "--ink",
            Self::Faint => "--faint",
            Self::Line => "--line",
            Self::Track => "--track",
            Self::Actual => "--actual",
            Self::Estimate => "--estimate",
            Self::Target => "--target",
            Self::Date => "--date",
            Self::Ordinal => "--ordinal",
            Self::Name => "--name",
            Self::Marker => "--marker",
            Self::Other => "--other",
            Self::RangeEnd => "--range-end",
        }
    }

    /// The colour number that stands for it while plotters draws.
    const fn stand_in(self) -> RGBColor {
        RGBColor(1, 2, self as u8)
    }
}

/// Which point of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a chart is called and says, for people who do not see it.
pub(super) struct Caption<'a> {
    /// Identifier of the chart, unique in the page.
    pub id: String,
    pub title: &'a str,
    pub description: &'a str,
}

/// A drawing surface, in pixels from the top left corner.
pub(super) struct Canvas<'a> {
    chart: &'static str,
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Draws a chart and returns its SVG element.
pub(super) fn draw(
    chart: &'static str,
    caption: &Caption<'_>,
    (width, height): (i32, i32),
    paint: impl FnOnce(&Canvas<'_>) -> Result<(), PageError>,
) -> Result<String, PageError> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width.unsigned_abs(), height.unsigned_abs())).into_drawing_area();
        let canvas = Canvas { chart, area };
        paint(&canvas)?;
        canvas.area.present().map_err(|error| failure(chart, &error))?;
    }
    let inner = svg
        .split_once('>')
        .ok_or_else(|| PageError::Chart {
            chart,
            message: "expected an svg element".to_owned(),
        })?
        .1;
    let mut inner = inner
        .replace(r#" font-family="sans-serif""#, "")
        .replace(r#" opacity="1""#, "");
    for ink in Ink::ALL {
        let RGBColor(red, green, blue) = ink.stand_in();
        inner = inner.replace(
            &format!(r##""#{red:02X}{green:02X}{blue:02X}""##),
            &format!(r#""var({})""#, ink.variable()),
        );
    }
    let id = html::escape(&caption.id);
    let title = html::escape(caption.title);
    let description = html::escape(caption.description);
    Ok(format!(
        r#"<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d">
<title id="{id}-t">{title}</title>
<desc id="{id}-d">{description}</desc>{inner}"#
    ))
}

fn failure(chart: &'static str, error: &impl std::fmt::Display) -> PageError {
    PageError::Chart {
        chart,
        message: error.to_string(),
    }
}

impl Canvas<'_> {
    /// A filled rectangle; one without extent is drawn one pixel wide, so that a small value does not vanish.
    pub(super) fn bar(&self, corner: (i32, i32), (width, height): (i32, i32), ink: Ink) -> Result<(), PageError> {
        self.tint(corner, (width.max(1), height.max(1)), ink, 1.0)
    }

    /// A filled rectangle that lets the background through.
    pub(super) fn tint(
        &self,
        (left, top): (i32, i32),
        (width, height): (i32, i32),
        ink: Ink,
        opacity: f64,
    ) -> Result<(), PageError> {
        let corners = [(left, top), (left + width, top + height)];
        self.checked(
            self.area
                .draw(&Rectangle::new(corners, ink.stand_in().mix(opacity).filled())),
        )
    }

    /// A thin line.
    pub(super) fn rule(&self, from: (i32, i32), to: (i32, i32)) -> Result<(), PageError> {
        self.checked(self.area.draw(&PathElement::new(vec![from, to], Ink::Line.stand_in())))
    }

    /// A line of text, its middle at the height of `position`.
    pub(super) fn text(
        &self,
        text: &str,
        position: (i32, i32),
        size: u8,
        anchor: Anchor,
        ink: Ink,
    ) -> Result<(), PageError> {
        let across = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let colour = ink.stand_in();
        let style = TextStyle::from(("sans-serif", f64::from(size) * FONT_SCALE).into_font())
            .color(&colour)
            .pos(Pos::new(across, VPos::Center));
        self.checked(self.area.draw(&Text::new(text, position, style)))
    }

    fn checked<E: std::fmt::Display>(&self, drawn: Result<(), E>) -> Result<(), PageError> {
        drawn.map_err(|error| failure(self.chart, &error))
    }
}

/// Text cut to a width, counting a Chinese character as two.
pub(super) fn shortened(text: &str, columns: usize) -> String {
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    if text.chars().map(width).sum::<usize>() <= columns {
        return text.to_owned();
    }
    let mut left = columns.saturating_sub(2);
    let mut out: String = text
        .chars()
        .take_while(|&c| {
            let fits = width(c) <= left;
            left = left.saturating_sub(width(c));
            fits
        })
        .collect();
    out.push('…');
    out
}

/// How many columns of [`shortened`] fit a width in pixels at a font size: a letter is little more than half as wide
/// as it is high.
pub(super) fn columns(width: i32, size: u8) -> usize {
    usize::try_from(width * 100 / (i32::from(size) * 56)).unwrap_or_default()
}

/// A count as pixels or as a factor of pixels. No chart is so large that it does not fit.
pub(super) fn pixels(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// What part of the whole a count is; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub(super) fn share(count: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { count as f64 / whole as f64 }
}

/// A part of a length in pixels, rounded.
#[expect(clippy::cast_possible_truncation, reason = "a part of an i32 length is within i32")]
pub(super) fn length(whole: i32, part: f64) -> i32 {
    (f64::from(whole) * part.clamp(0.0, 1.0)).round() as i32
}
