//! The two streams that a user sees: whether they take colours, how wide they are, and what is said on them.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::report::{Paint, Screen};

#[cfg(unix)]
use std::os::fd::AsFd as Descriptor;
#[cfg(windows)]
use std::os::windows::io::AsHandle as Descriptor;

/// Where nothing tells the width, as in a log.
const WIDTH: usize = 120;

/// Whether to write in colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether to say more than what was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Talk {
    /// Say how it went.
    Usual,
    /// Only findings, values and failures.
    Quiet,
}

/// The user's streams.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    color: Color,
    talk: Talk,
}

impl Terminal {
    /// The streams as the arguments want them.
    pub fn new(color: Color, talk: Talk) -> Self {
        Self { color, talk }
    }

    /// What the error stream can show.
    pub fn error_screen(&self) -> Screen {
        let stream = io::stderr();
        Screen { width: width(&stream), paint: self.paint(AutoStream::choice(&stream)) }
    }

    /// What the output stream can show.
    pub fn output_screen(&self) -> Screen {
        let stream = io::stdout();
        Screen { width: width(&stream), paint: self.paint(AutoStream::choice(&stream)) }
    }

    /// Says how it went, on the error stream.
    pub fn say(&self, text: &str) -> io::Result<()> {
        match self.talk {
            Talk::Usual => writeln!(io::stderr(), "{text}"),
            Talk::Quiet => Ok(()),
        }
    }

    /// Says why a command was stopped.
    pub fn say_failure(&self, failure: &dyn miette::Diagnostic) -> io::Result<()> {
        let mut theme = match self.error_screen().paint {
            Paint::Colored => GraphicalTheme::unicode(),
            Paint::Plain => GraphicalTheme::unicode_nocolor(),
        };
        theme.characters.error = "error:".to_owned();
        let mut text = String::new();
        let shown = GraphicalReportHandler::new_themed(theme)
            .with_width(self.error_screen().width)
            .render_report(&mut text, failure);
        if shown.is_err() {
            write!(text, "error: {failure}").map_err(io::Error::other)?;
        }
        writeln!(io::stderr(), "{}", text.trim_matches([' ', '\n']))
    }

    fn paint(&self, choice: anstream::ColorChoice) -> Paint {
        match self.color {
            Color::Always => Paint::Colored,
            Color::Never => Paint::Plain,
            Color::Auto if choice == anstream::ColorChoice::Never => Paint::Plain,
            Color::Auto => Paint::Colored,
        }
    }
}

fn width(stream: &(impl IsTerminal + Descriptor)) -> usize {
    let asked = terminal_size::terminal_size_of(stream).map(|(width, _)| usize::from(width.0));
    asked.filter(|width| *width > 0 && stream.is_terminal()).unwrap_or(WIDTH)
}
