//! Which permission waits for which: known to people who file, written in no rule row. From it follow the dependencies of
//! matters and the longest chain of a project.

/// Instruments that cannot be used before another one, with those they wait for.
const WAITS: [(&str, &[&str]); 9] = [
    ("ofac_general_licence", &["bis_export_licence"]),
    ("cn_transit", &[EXEMPTION]),
    ("kr_outbound_approval", &[EXEMPTION]),
    ("eu_authorisation", &[EXEMPTION]),
    ("uk_export_licence", &[EXEMPTION]),
    ("seco_authorisation", &[EXEMPTION]),
    ("ca_permit", &[EXEMPTION]),
    ("au_permit", &[EXEMPTION]),
    // The report carries the approval of the Committee.
    ("ngo_activity_report", &[EXEMPTION]),
];

const EXEMPTION: &str = "humanitarian_exemption";

/// For which instruments this one waits, where they are needed at all.
#[must_use]
pub fn waits_for(instrument: &str) -> &'static [&'static str] {
    WAITS.iter().find(|(code, _)| *code == instrument).map_or(&[], |(_, waits)| waits)
}

/// Whether something is filed for it: a general licence is relied on.
#[must_use]
pub fn is_filed(instrument: &str) -> bool {
    instrument != "ofac_general_licence"
}

/// Instruments in steps: each step waits for something of the one before. Each instrument stands once.
#[must_use]
pub fn steps<'a>(instruments: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut steps: Vec<Vec<&str>> = Vec::new();
    for instrument in instruments {
        let depth = depth(instrument, instruments);
        while steps.len() <= depth {
            steps.push(Vec::new());
        }
        if let Some(step) = steps.get_mut(depth)
            && !step.contains(instrument)
        {
            step.push(instrument);
        }
    }
    steps
}

fn depth(instrument: &str, among: &[&str]) -> usize {
    let needed = waits_for(instrument).iter().filter(|needed| among.contains(needed));
    needed.map(|needed| 1 + depth(needed, among)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_stands_a_step_later_and_only_where_the_first_is_needed() {
        let needed = ["bis_export_licence", "cn_transit", "humanitarian_exemption", "ofac_general_licence"];
        let first: &[&str] = &["bis_export_licence", "humanitarian_exemption"];
        let then: &[&str] = &["cn_transit", "ofac_general_licence"];
        assert_eq!(steps(&needed), [first, then]);
        assert_eq!(steps(&["cn_transit", "kp_visa"]), [["cn_transit", "kp_visa"]]);
        assert!(steps(&[]).is_empty());
    }
}
