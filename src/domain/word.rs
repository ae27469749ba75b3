//! Closed vocabularies: each value is one word in files and on the command line, and one label on screen.

/// One value of a vocabulary, as data: what is written (`on_hold`) and what people read (`On hold`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The word in `snake_case` that stands in files, in the journal and on the command line.
    pub word: &'static str,
    /// The label that stands on the screen.
    pub label: &'static str,
}

/// Declares a vocabulary: an enum whose variants each carry a word and a label.
///
/// ```ignore
/// words! {
///     /// What happened to a request.
///     pub enum RequestEventKind { Sent = "sent", "Sent"; Hold = "hold", "Put on hold"; }
/// }
/// ```
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $word:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $(#[doc = $label] $variant,)+ }

        impl $name {
            /// Every value, in the order in which people meet them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// Every value as data, for choices on screen and in the printed schema.
            pub const WORDS: &'static [$crate::domain::word::Word] =
                &[$($crate::domain::word::Word { word: $word, label: $label },)+];

            /// The word that stands in files and on the command line.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The label that stands on the screen.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The value a word stands for, or `None` for a word that is not of this vocabulary.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_word(&word).ok_or_else(|| {
                    let words: Vec<&str> = Self::WORDS.iter().map(|known| known.word).collect();
                    serde::de::Error::custom(format!("“{word}” is not known here. Write one of {}", words.join(", ")))
                })
            }
        }
    };
}
pub(crate) use words;

/// The label of `word` in a vocabulary, or the word itself where the vocabulary does not have it.
#[must_use]
pub fn label_of(words: &'static [Word], word: &str) -> String {
    words.iter().find(|known| known.word == word).map_or_else(|| word.replace('_', " "), |known| known.label.to_owned())
}
