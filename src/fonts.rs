//! The fonts that travel with the program, once in it for the window and for documents.

/// Latin, Greek, Cyrillic and all Hangul.
pub static REGULAR: &[u8] = include_bytes!("../assets/fonts/Pretendard-Regular.ttf");

/// The same for headings: Latin and all Hangul.
pub static SEMIBOLD: &[u8] = include_bytes!("../assets/fonts/Pretendard-SemiBold.otf");

/// Chinese characters.
pub static HAN: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-Subset.ttf");

/// Icons of the window.
pub static ICONS: &[u8] = include_bytes!("../assets/fonts/Phosphor-Subset.ttf");
