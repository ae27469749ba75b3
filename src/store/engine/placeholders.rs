//! Rewrites `:name` to `$1`, `$2` ... for PostgreSQL, and DDL written for SQLite to PostgreSQL's words.

/// A statement for PostgreSQL and the names of its parameters in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The statement with numbers.
    pub sql: String,
    /// The names, colon included: the first is `$1`.
    pub names: Vec<String>,
}

/// Rewrites named parameters to numbers. Text in quotes, casts (`::`) and comments stay as they are.
#[must_use]
pub fn number(sql: &str) -> Numbered {
    let mut numbered = Numbered { sql: String::with_capacity(sql.len()), names: Vec::new() };
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '\'' | '"' => quoted(rest, first),
            '-' if rest.starts_with("--") => rest.find('\n').map_or(rest.len(), |end| end + 1),
            ':' if rest.starts_with("::") => 2,
            ':' => {
                let name_len = name_length(&rest[1..]);
                if name_len > 0 {
                    push_number(&mut numbered, &rest[..=name_len]);
                    rest = &rest[1 + name_len..];
                    continue;
                }
                1
            }
            other => other.len_utf8(),
        };
        numbered.sql.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    numbered
}

/// The DDL of a migration in PostgreSQL's words: 64-bit integers, bytes, no `strict`.
#[must_use]
pub fn postgres_ddl(sql: &str) -> String {
    sql.replace(") strict;", ");")
        .replace(") strict, without rowid;", ");")
        .replace(" integer", " bigint")
        .replace(" blob", " bytea")
}

fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |end| end + 2)
}

fn name_length(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}

fn push_number(numbered: &mut Numbered, name: &str) {
    let place = numbered.names.iter().position(|known| known == name).unwrap_or_else(|| {
        numbered.names.push(name.to_owned());
        numbered.names.len() - 1
    });
    numbered.sql.push('$');
    numbered.sql.push_str(&(place + 1).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_numbers_and_quoted_text_stays() {
        let sql = "select ':a', x::text, \"c:d\" -- :note\nfrom t where a = :a and b = :b_2 and c = :a";
        let numbered = number(sql);
        assert_eq!(numbered.sql, "select ':a', x::text, \"c:d\" -- :note\nfrom t where a = $1 and b = $2 and c = $1");
        assert_eq!(numbered.names, [":a", ":b_2"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(sql in ".*") {
            let numbered = number(&sql);
            prop_assert!(numbered.sql.len() >= numbered.names.len());
        }
    }
}
