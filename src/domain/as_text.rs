//! Values that are text in files: printed by `Display`, read back by their own `parse`.

/// Gives a type its form in files: what it prints is what is written, and what it parses is what is read.
macro_rules! as_text {
    ($($name:ty),+ $(,)?) => {
        $(impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        })+
    };
}
pub(super) use as_text;
