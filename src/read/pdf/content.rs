//! A page's drawing operators, run for where its glyphs stand.

#![expect(
    clippy::many_single_char_names,
    reason = "the names that the PDF standard gives a matrix's elements"
)]

use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Font, Fonts};
use super::radicals::ideograph;
use super::{PageError, get, inherited, numbers};

/// Forms inside forms; deeper ones are left out, as are those that draw themselves.
const DEEPEST_FORM: usize = 16;
/// Most saved states; a page that saves more without restoring is damaged.
const MOST_STATES: usize = 512;

/// A printed character (or ligature) and its place. The unit is the point; `y` grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub text: String,
    /// Left end of its baseline.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// How far the next glyph is from it.
    pub width: f64,
    /// Size of its font as printed.
    pub size: f64,
    pub bold: bool,
}

impl Glyph {
    /// Whether it prints nothing.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Right end of its baseline.
    pub fn end(&self) -> f64 {
        self.x + self.width
    }
}

/// What a page prints.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its horizontal text, in the order in which it is drawn.
    pub glyphs: Vec<Glyph>,
    /// Its height.
    pub height: f64,
    /// Share of the page that its largest picture covers.
    pub image_share: f64,
    /// Characters without a map to Unicode.
    pub unmapped: usize,
}

/// What the pages of a document may still hold.
#[derive(Debug)]
pub(super) struct Budget {
    pub operators: usize,
    pub glyphs: usize,
}

/// Reads one page. Each operator, those of forms included, is taken from `budget`.
///
/// # Errors
///
/// [`PageError`].
pub(super) fn read_page<'a>(
    document: &'a Document,
    id: ObjectId,
    fonts: &mut Fonts<'a>,
    budget: &mut Budget,
    part_bytes: usize,
) -> Result<Page, PageError> {
    let a4 = [0.0, 0.0, 595.0, 842.0];
    let area = inherited(document, id, b"CropBox").or_else(|| inherited(document, id, b"MediaBox"));
    let area = area
        .and_then(numbers)
        .and_then(|area| <[f64; 4]>::try_from(area).ok())
        .unwrap_or(a4);
    let rotation = inherited(document, id, b"Rotate")
        .and_then(|angle| angle.as_i64().ok())
        .unwrap_or(0);
    let (base, width, height) = page_matrix(area, rotation);
    let content = document.get_page_content_with_limit(id, part_bytes)?;
    let resources = inherited(document, id, b"Resources").and_then(|resources| resources.as_dict().ok());
    let mut interpreter = Interpreter {
        document,
        fonts,
        budget,
        part_bytes,
        page: Page {
            height,
            ..Page::default()
        },
        page_area: width * height,
        state: State::new(base),
        stack: Vec::new(),
    };
    interpreter.run(&content, resources, 0)?;
    Ok(interpreter.page)
}

/// Maps a page's own space to one with its lower left corner, as it is seen, at the origin; and the page's size.
fn page_matrix([left, bottom, right, top]: [f64; 4], rotation: i64) -> (Matrix, f64, f64) {
    let (left, right) = (left.min(right), left.max(right));
    let (bottom, top) = (bottom.min(top), bottom.max(top));
    let (width, height) = (right - left, top - bottom);
    match rotation.rem_euclid(360) {
        90 => (Matrix([0.0, -1.0, 1.0, 0.0, -bottom, right]), height, width),
        180 => (Matrix([-1.0, 0.0, 0.0, -1.0, right, top]), width, height),
        270 => (Matrix([0.0, 1.0, -1.0, 0.0, top, -left]), height, width),
        _ => (Matrix([1.0, 0.0, 0.0, 1.0, -left, -bottom]), width, height),
    }
}

/// An affine map `[a b c d e f]`, as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This map, then `next`.
    fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// The graphics and text state.
#[derive(Debug, Clone)]
struct State {
    transform: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl State {
    fn new(transform: Matrix) -> Self {
        Self {
            transform,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

struct Interpreter<'a, 'r> {
    document: &'a Document,
    fonts: &'r mut Fonts<'a>,
    budget: &'r mut Budget,
    part_bytes: usize,
    page: Page,
    page_area: f64,
    state: State,
    stack: Vec<State>,
}

impl<'a> Interpreter<'a, '_> {
    /// Runs a content stream. One that breaks off in the middle has its beginning read.
    fn run(&mut self, content: &[u8], resources: Option<&'a Dictionary>, depth: usize) -> Result<(), PageError> {
        let saved = self.stack.len();
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            self.budget.operators = self.budget.operators.checked_sub(1).ok_or(PageError::Operators)?;
            self.operation(&operation, resources, depth)?;
        }
        self.stack.truncate(saved);
        Ok(())
    }

    fn operation(
        &mut self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), PageError> {
        let operands = &operation.operands;
        let number = |index: usize| {
            operands
                .get(index)
                .and_then(|operand| operand.as_float().ok())
                .map(f64::from)
        };
        let first = number(0).unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if self.stack.len() < MOST_STATES => self.stack.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            "cm" => self.state.transform = matrix(operands).then(self.state.transform),
            "BT" => (self.state.text, self.state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tc" => self.state.character_spacing = first,
            "Tw" => self.state.word_spacing = first,
            "Tz" => self.state.stretch = first / 100.0,
            "TL" => self.state.leading = first,
            "Ts" => self.state.rise = first,
            "Tr" => self.state.mode = operands.first().and_then(|mode| mode.as_i64().ok()).unwrap_or(0),
            "Tf" => {
                self.state.size = number(1).unwrap_or(0.0);
                let font = operands
                    .first()
                    .and_then(|name| self.resource(resources, b"Font", name));
                self.state.font = font
                    .and_then(|font| font.as_dict().ok())
                    .map(|font| self.fonts.font(font));
            }
            "Td" => self.next_line(first, number(1).unwrap_or(0.0)),
            "TD" => {
                self.state.leading = -number(1).unwrap_or(0.0);
                self.next_line(first, number(1).unwrap_or(0.0));
            }
            "Tm" => (self.state.text, self.state.line) = (matrix(operands), matrix(operands)),
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" | "TJ" => self.show(operands.first())?,
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first())?;
            }
            "\"" => {
                self.state.word_spacing = first;
                self.state.character_spacing = number(1).unwrap_or(0.0);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2))?;
            }
            "Do" => {
                let object = operands
                    .first()
                    .and_then(|name| self.resource(resources, b"XObject", name));
                if let Some(Object::Stream(stream)) = object {
                    match stream.dict.get(b"Subtype").and_then(Object::as_name) {
                        Ok(b"Image") => self.image(),
                        Ok(b"Form") if depth < DEEPEST_FORM => self.form(stream, resources, depth)?,
                        _ => {}
                    }
                }
            }
            "BI" => self.image(),
            _ => {}
        }
        Ok(())
    }

    fn resource(&self, resources: Option<&'a Dictionary>, kind: &[u8], name: &Object) -> Option<&'a Object> {
        let resources = get(self.document, resources?, kind)?.as_dict().ok()?;
        get(self.document, resources, name.as_name().ok()?)
    }

    fn form(
        &mut self,
        form: &'a lopdf::Stream,
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), PageError> {
        let content = form.get_plain_content_with_limit(self.part_bytes)?;
        let own = get(self.document, &form.dict, b"Resources").and_then(|resources| resources.as_dict().ok());
        let saved = self.state.clone();
        if let Some(Ok(matrix)) = get(self.document, &form.dict, b"Matrix")
            .and_then(numbers)
            .map(<[f64; 6]>::try_from)
        {
            self.state.transform = Matrix(matrix).then(self.state.transform);
        }
        let done = self.run(&content, own.or(resources), depth + 1);
        self.state = saved;
        done
    }

    /// Notes the size of a picture, which fills the unit square of its space.
    fn image(&mut self) {
        let [a, b, c, d, ..] = self.state.transform.0;
        let share = (a * d - b * c).abs() / self.page_area;
        self.page.image_share = self.page.image_share.max(share);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.state.line = Matrix::translation(x, y).then(self.state.line);
        self.state.text = self.state.line;
    }

    /// Shows a string, or an array of strings and shifts.
    fn show(&mut self, operand: Option<&Object>) -> Result<(), PageError> {
        match operand {
            Some(Object::String(string, _)) => self.show_string(string)?,
            Some(Object::Array(items)) => {
                for item in items {
                    if let Object::String(string, _) = item {
                        self.show_string(string)?;
                    } else if let Ok(shift) = item.as_float() {
                        self.advance(-f64::from(shift) / 1000.0 * self.state.size * self.state.stretch);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn show_string(&mut self, string: &[u8]) -> Result<(), PageError> {
        let Some(font) = self.state.font.clone() else {
            return Ok(());
        };
        for code in font.codes(string) {
            let state = &self.state;
            let spacing = state.character_spacing + if code.is_space { state.word_spacing } else { 0.0 };
            let advance = (code.width * state.size + spacing) * state.stretch;
            let [a, b, _, d, e, f] = Matrix::translation(0.0, state.rise)
                .then(state.text)
                .then(state.transform)
                .0;
            let size = state.size.abs() * d.abs();
            // Slanting text is a watermark or a seal, and no text in a line.
            if b.abs() <= a.abs() * 0.1 && size > 0.5 && e.is_finite() && f.is_finite() {
                let is_mapped = code.text.is_some();
                let text = code.text.map_or_else(
                    || char::REPLACEMENT_CHARACTER.to_string(),
                    |text| text.chars().map(ideograph).collect(),
                );
                self.page.unmapped += usize::from(!is_mapped);
                let width = code.width * state.size * state.stretch * a.abs();
                // Painting the outline, too, is how bold is made of a font that isn't.
                let bold = font.bold || state.mode == 2;
                self.page.glyphs.push(Glyph {
                    text,
                    x: e,
                    y: f,
                    width,
                    size,
                    bold,
                });
            }
            self.advance(advance);
            self.budget.glyphs = self.budget.glyphs.checked_sub(1).ok_or(PageError::Glyphs)?;
        }
        Ok(())
    }

    fn advance(&mut self, x: f64) {
        self.state.text = Matrix::translation(x, 0.0).then(self.state.text);
    }
}

fn matrix(operands: &[Object]) -> Matrix {
    let numbers: Vec<f64> = operands
        .iter()
        .filter_map(|operand| operand.as_float().ok())
        .map(f64::from)
        .collect();
    <[f64; 6]>::try_from(numbers).map_or(Matrix::IDENTITY, Matrix)
}
