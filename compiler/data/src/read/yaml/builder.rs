//! Builds the value of a document out of the parser's events.
//!
//! Knows keys, aliases, merges, tags and limits. Must not know the spelling of scalars. There is no
//! recursion: open lists and maps are a stack.

use std::sync::Arc;

use granit_parser::{Event, ScalarStyle, Span, Tag, YamlVersion};

use super::anchors::{Anchors, Size};
use super::frame::{Frame, Slot};
use super::scalar::{self, Schema};
use crate::datum::{Datum, DatumKind, Key, TextRange};
use crate::error::{ReadError, shown};
use crate::limits::{Budget, Exhausted, Limits};

/// Reading can not go on; why is among the errors.
pub(super) struct Stop;

pub(super) struct Builder<'t> {
    text: &'t str,
    schema: Schema,
    limits: Limits,
    budget: Budget,
    pub(super) errors: Vec<ReadError>,
    open: Vec<Frame>,
    anchors: Anchors,
    root: Option<Datum>,
}

/// What stands before a node: `&name` and `!tag`.
struct Properties<'e> {
    /// The number of the anchor, zero if there is none.
    anchor: usize,
    tag: Option<&'e Tag>,
    tag_range: TextRange,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, schema: Schema, limits: Limits) -> Builder<'t> {
        Builder {
            text,
            schema,
            limits,
            budget: Budget::new(limits),
            errors: Vec::new(),
            open: Vec::new(),
            anchors: Anchors::default(),
            root: None,
        }
    }

    /// Ends a document and gives its value, unless the document broke off.
    pub(super) fn finish(&mut self) -> Option<Datum> {
        self.open.clear();
        self.anchors.clear();
        self.root.take()
    }

    pub(super) fn report(&mut self, error: ReadError) {
        self.errors.push(error);
    }

    pub(super) fn event(&mut self, event: &Event<'_>, span: Span) -> Result<(), Stop> {
        let range = range_of(span);
        let properties = |anchor, tag| Properties { anchor, tag, tag_range: span.tag_span().map_or(range, range_of) };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, *style, range, &properties(*anchor, tag.as_deref()))
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(&properties(*anchor, tag.as_deref()), "seq");
                self.begin(Frame::list(range, *style, *anchor))
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(&properties(*anchor, tag.as_deref()), "map");
                self.begin(Frame::map(range, *style, *anchor))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(number) => self.alias(*number, range),
            Event::UnresolvedAlias(name) => {
                self.unresolved_alias(name, range);
                Ok(())
            }
            Event::Anchor(number, _) => {
                self.anchors.placed(*number, range);
                Ok(())
            }
            Event::DocumentStart(_, Some(version)) => {
                self.check_version(*version, range);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        range: TextRange,
        properties: &Properties<'_>,
    ) -> Result<(), Stop> {
        // The parser makes up a scalar where none is written.
        let missing = range.start == range.end;
        let plain = style == ScalarStyle::Plain && properties.tag.is_none();
        if self.expects_key() && properties.anchor == 0 {
            self.check_tag(properties, "str");
            self.key(text, plain, range, missing);
            return Ok(());
        }
        self.charge(1, range, None)?;
        let (text, range) = if missing { ("", self.place_of_missing(range)) } else { (text, self.trimmed(range)) };
        let kind = self.scalar_kind(text, plain, range, properties);
        self.place_anchored(Datum { kind, range }, Size::SCALAR, properties.anchor)
    }

    fn scalar_kind(&mut self, text: &str, plain: bool, range: TextRange, properties: &Properties<'_>) -> DatumKind {
        let resolved = match (self.scalar_tag(properties), plain) {
            (Some(tag), _) => scalar::tagged(text.into(), tag),
            (None, true) => scalar::plain(text, self.schema),
            (None, false) => Ok(DatumKind::Text(text.into())),
        };
        resolved.unwrap_or_else(|problem| {
            let mut error = ReadError::new(range, problem.message);
            error.help = problem.help;
            self.report(error);
            DatumKind::Null
        })
    }

    /// The core tag of a scalar. A tag that means nothing is reported; `!` alone means text.
    fn scalar_tag<'e>(&mut self, properties: &Properties<'e>) -> Option<&'e str> {
        let tag = properties.tag?;
        match tag.core_suffix() {
            Some(suffix) => Some(suffix),
            None if tag.original() == "!" => Some("str"),
            None => {
                self.report_tag(tag, properties.tag_range);
                Some("str")
            }
        }
    }

    fn check_tag(&mut self, properties: &Properties<'_>, expected: &str) {
        let Some(tag) = properties.tag else { return };
        if !tag.is_yaml_core_schema_tag(expected) && tag.original() != "!" {
            self.report_tag(tag, properties.tag_range);
        }
    }

    fn report_tag(&mut self, tag: &Tag, range: TextRange) {
        let tag = tag.original();
        let message = format!("the tag `{}` has no meaning here", shown(&tag));
        let help = "remove it; the tags of YAML's core schema are all that is understood";
        self.report(ReadError::new(range, message).with_help(help));
    }

    fn key(&mut self, text: &str, plain: bool, range: TextRange, missing: bool) {
        if missing {
            self.report(ReadError::new(range, "the entry has no key"));
            self.fill_slot(Slot::Ignored);
        } else if plain && text == "<<" {
            self.fill_slot(Slot::Merge(range));
        } else {
            let text = Arc::from(text);
            self.fill_slot(Slot::Key(Key { text, range }));
        }
    }

    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(Frame::expects_key)
    }

    fn fill_slot(&mut self, slot: Slot) {
        if let Some(frame) = self.open.last_mut() {
            frame.fill_slot(slot);
        }
    }

    fn begin(&mut self, frame: Frame) -> Result<(), Stop> {
        let range = frame.range;
        self.charge(1, range, None)?;
        self.check_depth(1, range, None)?;
        self.open.push(frame);
        Ok(())
    }

    fn end(&mut self, range: TextRange) -> Result<(), Stop> {
        let Some(frame) = self.open.pop() else {
            return Ok(());
        };
        let (anchor, size) = (frame.anchor, frame.size);
        let datum = frame.into_datum(range, &mut self.errors);
        self.place_anchored(datum, size, anchor)
    }

    fn unresolved_alias(&mut self, name: &str, range: TextRange) {
        let message = format!("no anchor `&{}` precedes this alias", shown(name));
        self.report(ReadError::new(range, message));
        self.place_nothing(range);
    }

    fn check_version(&mut self, version: YamlVersion, range: TextRange) {
        let YamlVersion { major, minor } = version;
        if (major, minor) != (1, 2) {
            let message = format!("the document declares YAML {major}.{minor}, and only YAML 1.2 is read");
            self.report(ReadError::new(range, message).with_help("remove the directive"));
        }
    }

    fn alias(&mut self, number: usize, range: TextRange) -> Result<(), Stop> {
        let Some(anchor) = self.anchors.get(number) else {
            self.place_nothing(range);
            return Ok(());
        };
        let place = anchor.range;
        let Some((value, size)) = &anchor.value else {
            let name = shown(range.slice(self.text));
            let message = format!("the alias `{name}` stands inside the value that it repeats");
            let error = ReadError::new(range, message);
            self.report(error.with_related(place, "that value begins here"));
            self.place_nothing(range);
            return Ok(());
        };
        let size = *size;
        // Nothing is copied before it is known to fit.
        let fits = self.budget.charge(size.nodes).is_ok();
        if fits && self.open.len() + size.height <= self.limits.depth {
            let value = value.clone();
            self.place(value, range, size);
            return Ok(());
        }
        self.check_depth(size.height, range, Some(place))?;
        self.exhausted(range, Some(place))
    }

    /// Keeps a value for later aliases if it has an anchor, and puts it where it belongs.
    fn place_anchored(&mut self, datum: Datum, size: Size, anchor: usize) -> Result<(), Stop> {
        let range = datum.range;
        if anchor != 0 {
            self.charge(size.nodes, range, Some(range))?;
            self.anchors.finished(anchor, datum.clone(), size);
        }
        self.place(datum, range, size);
        Ok(())
    }

    /// Puts a value into the innermost list or map; `written` is where it stands there.
    fn place(&mut self, datum: Datum, written: TextRange, size: Size) {
        match self.open.last_mut() {
            None => self.root = Some(datum),
            Some(frame) => frame.add(datum, written, size, self.text, &mut self.errors),
        }
    }

    /// Fills the place of a value that could not be made, so that the reading goes on.
    fn place_nothing(&mut self, range: TextRange) {
        if self.expects_key() {
            return self.fill_slot(Slot::Ignored);
        }
        let kind = DatumKind::Null;
        self.place(Datum { kind, range }, range, Size::SCALAR);
    }

    /// A value that is not written stands where its key does.
    fn place_of_missing(&self, range: TextRange) -> TextRange {
        self.open.last().and_then(Frame::key_range).unwrap_or(range)
    }

    /// A block of text ends with its last visible character.
    fn trimmed(&self, range: TextRange) -> TextRange {
        let length = range.slice(self.text).trim_end().len();
        TextRange { start: range.start, end: range.start + u32::try_from(length).unwrap_or_default() }
    }

    /// Charges values, which an anchor at `place` may have multiplied.
    fn charge(&mut self, nodes: usize, at: TextRange, place: Option<TextRange>) -> Result<(), Stop> {
        match self.budget.charge(nodes) {
            Ok(()) => Ok(()),
            Err(Exhausted) => self.exhausted(at, place),
        }
    }

    fn exhausted(&mut self, at: TextRange, place: Option<TextRange>) -> Result<(), Stop> {
        let mut error = ReadError::too_many_values(at, self.limits);
        if place.is_some() {
            error.message += ", with its aliases expanded";
        }
        self.stop(error, place)
    }

    fn check_depth(&mut self, more: usize, at: TextRange, place: Option<TextRange>) -> Result<(), Stop> {
        if self.open.len() + more <= self.limits.depth {
            return Ok(());
        }
        self.stop(ReadError::nested_too_deeply(at, self.limits), place)
    }

    fn stop(&mut self, error: ReadError, anchor: Option<TextRange>) -> Result<(), Stop> {
        self.report(match anchor {
            Some(place) => error.with_related(place, "this value is repeated"),
            None => error,
        });
        Err(Stop)
    }
}

pub(super) fn range_of(span: Span) -> TextRange {
    let range = span.byte_range().unwrap_or_default();
    TextRange::new(range.start, range.end)
}
