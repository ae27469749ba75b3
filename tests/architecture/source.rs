//! One source file as the rules read it: its code without comments and texts, its texts, its paths, its functions.

use std::ops::Range;

/// A source file, read once.
pub struct Source {
    /// Its path from the root of the project, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its text with every comment and everything in quotes turned to spaces; offsets and lines stay.
    pub code: String,
    /// What stands in quotes, and where it begins.
    pub texts: Vec<(usize, String)>,
    /// What is compiled for tests alone.
    tests: Vec<Range<usize>>,
    /// The modules that are written out in the file.
    modules: Vec<(Range<usize>, String)>,
}

/// A path as it is named in the code (`crate::store::Db`), `super` and `self` resolved, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Where it stands.
    pub at: usize,
    /// The path in full.
    pub path: String,
    /// Whether it stands in a `use`; a single name elsewhere may be a variable.
    pub is_use: bool,
}

impl Source {
    /// Reads a file.
    pub fn new(path: &str, text: &str) -> Self {
        let (code, quoted) = blank(text);
        let (tests, modules) = (test_items(&code), modules(&code));
        Self { path: path.to_owned(), text: text.to_owned(), code, texts: quoted, tests, modules }
    }

    /// The line of an offset, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// Whether an offset lies in what is compiled for tests alone.
    pub fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    /// The names of modules in files of their own that are compiled for tests alone.
    pub fn test_modules(&self) -> Vec<String> {
        let declared = self.tests.iter().map(|range| self.code[range.clone()].trim_end());
        let names = declared.filter_map(|item| item.strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name));
        names.map(|name| name.trim().to_owned()).collect()
    }

    /// Every path the code names, those of `use` spelled out one by one.
    pub fn named(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = next_word(&self.code, at) {
            let word_end = start + word_len(&self.code[start..]);
            let end = if &self.code[start..word_end] == "use" {
                let end = self.code[start..].find(';').map_or(self.code.len(), |len| start + len);
                self.push_use(word_end, &self.code[word_end..end], &mut found);
                end
            } else {
                let end = path_end(&self.code, start);
                let path = self.resolve(start, &squeezed(&self.code[start..end]));
                found.push(Named { at: start, path, is_use: false });
                end
            };
            at = end.max(start + 1);
        }
        found
    }

    /// The functions: where each begins, its name and the lines of its body that hold code.
    pub fn functions(&self) -> Vec<(usize, String, usize)> {
        let starts = words(&self.code).filter(|(_, word)| *word == "fn").map(|(at, _)| at);
        starts.filter_map(|at| self.function(at)).collect()
    }

    fn function(&self, at: usize) -> Option<(usize, String, usize)> {
        let rest = &self.code[at + 2..];
        let name = rest.trim_start();
        let name = &name[..word_len(name)];
        let open = rest.find(['{', ';']).filter(|open| !name.is_empty() && rest[*open..].starts_with('{'))?;
        let body = block(rest, open)?;
        let lines = rest[open + 1..body.end - 1].lines().filter(|line| !line.trim().is_empty()).count();
        Some((at, name.to_owned(), lines))
    }

    fn push_use(&self, at: usize, tree: &str, found: &mut Vec<Named>) {
        let mut flat = Vec::new();
        flatten("", &squeezed(tree), &mut flat);
        found.extend(flat.into_iter().map(|path| Named { at, path: self.resolve(at, &path), is_use: true }));
    }

    /// Turns `super`, `self` and the crate's own name into a path from the crate.
    fn resolve(&self, at: usize, path: &str) -> String {
        let mut module = self.module(at);
        let mut parts = path.split("::").peekable();
        match parts.peek() {
            Some(&("super" | "self")) => {}
            Some(&"corridor") => return path.replacen("corridor", "crate", 1),
            _ => return path.to_owned(),
        }
        while let Some(up) = parts.next_if(|part| matches!(*part, "super" | "self")) {
            if up == "super" {
                module.pop();
            }
        }
        module.extend(parts.map(str::to_owned));
        module.join("::")
    }

    /// The module an offset lies in: that of the file, and those written out in it.
    fn module(&self, at: usize) -> Vec<String> {
        let file = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let file = file.trim_end_matches("/mod");
        let mut module = vec!["crate".to_owned()];
        module.extend(file.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned));
        let inside = self.modules.iter().filter(|(range, _)| range.contains(&at));
        module.extend(inside.map(|(_, name)| name.clone()));
        module
    }
}

/// The modules that are written out in a file, outer ones first.
fn modules(code: &str) -> Vec<(Range<usize>, String)> {
    let starts = words(code).filter(|(_, word)| *word == "mod");
    let module = |(start, word): (usize, &str)| {
        let open = start + code[start..].find(['{', ';'])?;
        let name = code[start + word.len()..open].trim().to_owned();
        block(code, open).map(|range| (range, name))
    };
    starts.filter_map(module).collect()
}

/// Spells out a tree of `use`: `a::{b, c::{self, d}}` is `a::b`, `a::c`, `a::c::d`.
fn flatten(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let Some(open) = tree.find('{') else {
        let name = tree.split(" as ").next().unwrap_or_default();
        let path = format!("{prefix}{name}");
        found.push(path.strip_suffix("::self").unwrap_or(&path).to_owned());
        return;
    };
    let prefix = format!("{prefix}{}", &tree[..open]);
    let inner = block(tree, open).map_or(&tree[open + 1..], |body| &tree[open + 1..body.end - 1]);
    let (mut depth, mut start) = (0, 0);
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if start < at {
                    flatten(&prefix, &inner[start..at], found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// A piece of code without the spaces that mean nothing in a path.
fn squeezed(code: &str) -> String {
    let words: Vec<&str> = code.split_whitespace().collect();
    words.join(" ").replace(" ::", "::").replace(":: ", "::").replace("{ ", "{").replace(", ", ",").replace(" }", "}")
}

/// The items that follow `#[cfg(test)]`, up to their closing brace or semicolon.
fn test_items(code: &str) -> Vec<Range<usize>> {
    let starts = code.match_indices("#[cfg(test)]").map(|(at, mark)| (at, at + mark.len()));
    let item = |(at, from): (usize, usize)| {
        let end = code[from..].find(['{', ';']).map_or(code.len(), |len| from + len);
        let end = block(code, end).map_or(end + 1, |body| body.end);
        at..end.min(code.len())
    };
    starts.map(item).collect()
}

/// The block that opens at an offset, both braces included.
fn block(code: &str, open: usize) -> Option<Range<usize>> {
    let mut depth = 0;
    for (at, c) in code.get(open..)?.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (c == '}').then_some(open..open + at + 1);
        }
    }
    None
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word_len(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

fn next_word(code: &str, from: usize) -> Option<usize> {
    code.get(from..)?.find(is_word).map(|len| from + len)
}

fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_word(code, at)?;
        at = start + word_len(&code[start..]);
        Some((start, &code[start..at]))
    })
}

/// Where a path that begins at a word ends: `a::b :: c`.
fn path_end(code: &str, start: usize) -> usize {
    let mut end = start + word_len(&code[start..]);
    while let Some(rest) = code[end..].trim_start().strip_prefix("::") {
        let name = rest.trim_start();
        let len = word_len(name);
        if len == 0 {
            break;
        }
        end = code.len() - name.len() + len;
    }
    end
}

/// Turns comments and everything in quotes to spaces, and keeps what stood in the quotes.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(text.len());
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let in_word = code.ends_with(is_word);
        let (len, kept) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), None),
            '/' if rest.starts_with("/*") => (comment_len(rest), None),
            '"' => (quoted_len(rest), Some(1)),
            'r' | 'b' | 'c' if !in_word && raw_hashes(rest).is_some() => raw_len(rest),
            '\'' => (char_len(rest), None),
            other => {
                code.push(other);
                at += other.len_utf8();
                continue;
            }
        };
        if let Some(quote) = kept {
            texts.push((at, rest[..len].get(quote..len.saturating_sub(1)).unwrap_or_default().to_owned()));
        }
        code.extend(rest[..len].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        at += len;
    }
    (code, texts)
}

/// The length of a comment between `/*` and `*/`; such comments nest.
fn comment_len(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let (change, step) = match rest {
            [b'/', b'*', ..] => (1, 2),
            [b'*', b'/', ..] => (-1, 2),
            _ => (0, 1),
        };
        depth = depth.saturating_add_signed(change);
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// How many `#` open a raw text, and how long the mark before them is.
fn raw_hashes(text: &str) -> Option<(usize, usize)> {
    let mark = ["br", "cr", "r"].into_iter().find(|mark| text.starts_with(mark))?.len();
    let hashes = text[mark..].bytes().take_while(|byte| *byte == b'#').count();
    text[mark + hashes..].starts_with('"').then_some((mark, hashes))
}

fn raw_len(text: &str) -> (usize, Option<usize>) {
    let (mark, hashes) = raw_hashes(text).unwrap_or_default();
    let open = mark + hashes + 1;
    let close = format!("\"{}", "#".repeat(hashes));
    (text[open..].find(&close).map_or(text.len(), |len| open + len + close.len()), Some(open))
}

/// The length of a character in quotes; a lone quote is the mark of a lifetime.
fn char_len(text: &str) -> usize {
    let mut inside = text[1..].char_indices();
    match (inside.next(), inside.next()) {
        (Some((_, '\\')), Some((escaped, _))) => {
            let after = 1 + escaped + 1;
            text[after..].find('\'').map_or(1, |len| after + len + 1)
        }
        (Some(_), Some((close, '\''))) => 1 + close + 1,
        _ => 1,
    }
}
