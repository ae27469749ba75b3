//! Signatures, stamps and remarks lie over the page of a PDF. They are drawn into it, or a signed letter would be shown unsigned.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// What a viewer hides on paper: the flags for hidden and for "do not show".
const HIDDEN: i64 = 0b10_0010;
/// No letter has more.
const MOST: usize = 500;

/// Draws what lies over a page into it. What cannot be read is left out.
pub(super) fn draw(file: &mut Document, page: ObjectId) {
    let stamps: Vec<(ObjectId, [f32; 6])> =
        over(file, page).into_iter().take(MOST).filter_map(|stamp| placed(file, &stamp)).collect();
    if stamps.is_empty() {
        return;
    }
    let mut operations = Vec::new();
    for (at, (form, place)) in stamps.iter().enumerate() {
        let name = format!("CorridorStamp{at}");
        if file.add_xobject(page, name.as_bytes(), *form).is_err() {
            continue;
        }
        operations.push(Operation::new("q", Vec::new()));
        operations.push(Operation::new("cm", place.iter().map(|number| Object::Real(*number)).collect()));
        operations.push(Operation::new("Do", vec![Object::Name(name.into_bytes())]));
        operations.push(Operation::new("Q", Vec::new()));
    }
    let Ok(after) = (Content { operations }).encode() else { return };
    wrap(file, page, &after);
}

/// The page's own content between `q` and `Q`, so that whatever it leaves turned or scaled does not move the stamps.
fn wrap(file: &mut Document, page: ObjectId, after: &[u8]) {
    let own = file.get_page_contents(page);
    let before = file.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let after = file.add_object(Stream::new(Dictionary::new(), [b"\nQ\n".as_slice(), after].concat()));
    let contents: Vec<Object> = [before].into_iter().chain(own).chain([after]).map(Object::Reference).collect();
    if let Ok(page) = file.get_dictionary_mut(page) {
        page.set("Contents", contents);
    }
}

fn over(file: &Document, page: ObjectId) -> Vec<Dictionary> {
    let Ok(page) = file.get_dictionary(page) else { return Vec::new() };
    let Ok(Object::Array(all)) = page.get(b"Annots").and_then(|all| Ok(file.dereference(all)?.1)) else {
        return Vec::new();
    };
    all.iter().filter_map(|stamp| file.dereference(stamp).ok()?.1.as_dict().ok().cloned()).collect()
}

/// The drawing of a stamp and how it is put into its place (PDF 1.7, 12.5.5).
fn placed(file: &Document, stamp: &Dictionary) -> Option<(ObjectId, [f32; 6])> {
    let flags = stamp.get(b"F").and_then(Object::as_i64).unwrap_or_default();
    let kind = stamp.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    if flags & HIDDEN != 0 || kind == b"Popup" || kind == b"Link" {
        return None;
    }
    let looks = file.dereference(stamp.get(b"AP").ok()?).ok()?.1.as_dict().ok()?;
    let (id, drawing) = drawing(file, looks.get(b"N").ok()?, stamp)?;
    let [left, bottom, right, top] = numbers(file, drawing.dict.get(b"BBox").ok()?)?;
    let matrix = drawing
        .dict
        .get(b"Matrix")
        .ok()
        .and_then(|matrix| numbers(file, matrix))
        .unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)].map(|(x, y)| moved(matrix, x, y));
    let [to_left, to_bottom, to_right, to_top] = numbers(file, stamp.get(b"Rect").ok()?)?;
    let (least_x, most_x) = ends(corners.map(|corner| corner.0));
    let (least_y, most_y) = ends(corners.map(|corner| corner.1));
    let (wide, high) = (most_x - least_x, most_y - least_y);
    if wide <= 0.0 || high <= 0.0 {
        return None;
    }
    let (across, up) = ((to_right - to_left).abs() / wide, (to_top - to_bottom).abs() / high);
    let place = [across, 0.0, 0.0, up, to_left.min(to_right) - least_x * across, to_bottom.min(to_top) - least_y * up];
    place.iter().all(|number| number.is_finite()).then_some((id, place))
}

/// The drawing itself, or the one of the state that is switched on.
fn drawing<'a>(file: &'a Document, looks: &'a Object, stamp: &Dictionary) -> Option<(ObjectId, &'a Stream)> {
    let (id, object) = file.dereference(looks).ok()?;
    match object {
        Object::Stream(stream) => Some((id?, stream)),
        Object::Dictionary(states) => {
            let on = stamp.get(b"AS").and_then(Object::as_name).ok()?;
            let (id, object) = file.dereference(states.get(on).ok()?).ok()?;
            Some((id?, object.as_stream().ok()?))
        }
        _ => None,
    }
}

fn numbers<const N: usize>(file: &Document, object: &Object) -> Option<[f32; N]> {
    let all = file.dereference(object).ok()?.1.as_array().ok()?;
    let all: Vec<f32> = all.iter().filter_map(|number| file.dereference(number).ok()?.1.as_float().ok()).collect();
    all.try_into().ok()
}

fn moved(matrix: [f32; 6], x: f32, y: f32) -> (f32, f32) {
    let [to_x, to_y, up_x, up_y, over, above] = matrix;
    (to_x * x + up_x * y + over, to_y * x + up_y * y + above)
}

fn ends(values: [f32; 4]) -> (f32, f32) {
    values.into_iter().fold((f32::MAX, f32::MIN), |(least, most), value| (least.min(value), most.max(value)))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A page with one stamp on it.
    fn stamped(flags: i64) -> (Document, ObjectId) {
        let mut file = Document::with_version("1.7");
        let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()] };
        let form = file.add_object(Stream::new(form, b"0 0 10 10 re f".to_vec()));
        let stamp = file.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Stamp", "F" => flags,
            "Rect" => vec![100.into(), 200.into(), 120.into(), 230.into()],
            "AP" => dictionary! { "N" => form },
        });
        let content = file.add_object(Stream::new(Dictionary::new(), b"2 0 0 2 0 0 cm".to_vec()));
        let page =
            file.add_object(dictionary! { "Type" => "Page", "Contents" => content, "Annots" => vec![stamp.into()] });
        (file, page)
    }

    fn drawn(file: &Document, page: ObjectId) -> String {
        String::from_utf8_lossy(&file.get_page_content(page)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_stamp_is_drawn_where_it_lies_whatever_the_page_leaves_turned() {
        let (mut file, page) = stamped(4);
        draw(&mut file, page);
        assert_eq!(drawn(&file, page), "q 2 0 0 2 0 0 cm Q q 2 0 0 3 100 200 cm /CorridorStamp0 Do Q");
    }

    #[test]
    fn what_a_viewer_hides_is_not_drawn() {
        let (mut file, page) = stamped(2);
        draw(&mut file, page);
        assert_eq!(drawn(&file, page), "2 0 0 2 0 0 cm");
    }
}
