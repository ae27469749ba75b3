//! The HXL tags of our columns, by kind and field. Only where the standard has a tag that says what the field says.

use crate::domain::record::RecordKind;

/// The tags of fields, by their kind and path.
const TAGS: &[(RecordKind, &str, &str)] = &[
    (RecordKind::Item, "reference", "#item+code"),
    (RecordKind::Item, "name", "#item+name"),
    (RecordKind::Item, "name_ko", "#item+name+i_ko"),
    (RecordKind::Item, "name_zh", "#item+name+i_zh"),
    (RecordKind::Item, "hs_code", "#item+code+v_hs"),
    (RecordKind::Item, "base_unit", "#item+unit"),
    (RecordKind::Party, "reference", "#org+code"),
    (RecordKind::Party, "name", "#org+name"),
    (RecordKind::Party, "name_ko", "#org+name+i_ko"),
    (RecordKind::Party, "name_zh", "#org+name+i_zh"),
    (RecordKind::Party, "country", "#country+code+v_iso2"),
    (RecordKind::Site, "country", "#country+code+v_iso2"),
    (RecordKind::Site, "reference", "#loc+code"),
    (RecordKind::Site, "name", "#loc+name"),
    (RecordKind::Site, "name_ko", "#loc+name+i_ko"),
    (RecordKind::Site, "name_zh", "#loc+name+i_zh"),
    (RecordKind::Site, "p_code", "#loc+code+v_pcode"),
    (RecordKind::Site, "kind", "#loc+type"),
    (RecordKind::Project, "title", "#activity+project+name"),
    (RecordKind::Project, "starts_on", "#date+start"),
    (RecordKind::Fund, "starts_on", "#date+start"),
    (RecordKind::Project, "ends_on", "#date+end"),
    (RecordKind::Fund, "ends_on", "#date+end"),
    (RecordKind::Project, "partner", "#org+impl+code"),
    (RecordKind::Project, "plan.quantity", "#output+num+planned"),
    (RecordKind::Project, "targets.people", "#targeted"),
    (RecordKind::Fund, "donor", "#org+funder+code"),
    (RecordKind::Fund, "amount", "#value+funding"),
    (RecordKind::Fund, "budget.amount", "#value+budget"),
    (RecordKind::Expense, "amount", "#value+spend"),
    (RecordKind::Expense, "on", "#date+paid"),
    (RecordKind::Shipment, "lines.quantity", "#output+num+shipped"),
    (RecordKind::Shipment, "lines.value", "#value"),
    (RecordKind::Lot, "value", "#value"),
    (RecordKind::Shipment, "planned_on", "#date+start+planned"),
    (RecordKind::Shipment, "expected_on", "#date+end+expected"),
    (RecordKind::Shipment, "consignee", "#org+recipient+code"),
    (RecordKind::Receipt, "lines.received", "#output+num+received"),
    (RecordKind::Receipt, "on", "#date+received"),
    (RecordKind::Distribution, "lines.quantity", "#output+num+provided"),
    (RecordKind::Distribution, "on", "#date+provided"),
    (RecordKind::Distribution, "people", "#reached"),
    (RecordKind::Lot, "quantity", "#output+num"),
    (RecordKind::Purchase, "lines.quantity", "#output+num"),
    (RecordKind::Purchase, "lines.price", "#value"),
    (RecordKind::Permission, "reference", "#meta+id+exemption"),
    (RecordKind::Permission, "given_on", "#date+approved"),
    (RecordKind::Permission, "valid_from", "#date+start+valid"),
    (RecordKind::Permission, "valid_until", "#date+end+valid"),
    (RecordKind::Reach, "activity", "#activity+name"),
    (RecordKind::Reach, "from", "#date+start"),
    (RecordKind::Reach, "to", "#date+end"),
    (RecordKind::Reach, "groups.people", "#reached"),
    (RecordKind::Category, "name", "#sector+name"),
    (RecordKind::Category, "dac_code", "#sector+code+v_dac"),
    (RecordKind::Category, "cluster", "#sector+cluster+name"),
    (RecordKind::Indicator, "name", "#indicator+name"),
    (RecordKind::Indicator, "baseline", "#indicator+num+baseline"),
    (RecordKind::Indicator, "target", "#indicator+num+target"),
    (RecordKind::Indicator, "actuals.value", "#indicator+num+actual"),
];

/// Tags that a field has in every kind, by its own name.
const EVERYWHERE: &[(&str, &str)] = &[
    ("note", "#description"),
    ("item", "#item+code"),
    ("unit", "#item+unit"),
    ("batch", "#item+batch"),
    ("site", "#loc+code"),
    ("to_site", "#loc+code"),
    ("from_site", "#loc+code"),
    ("project", "#activity+project+code"),
    ("fund", "#org+funder+grant"),
    ("categories", "#sector+code"),
    ("category", "#sector+code"),
];

/// The tag of a field; empty where there is none.
pub(super) fn of_field(kind: RecordKind, path: &str) -> &'static str {
    let own = path.rsplit('.').next().unwrap_or(path);
    let of_kind = TAGS.iter().find(|(of, known, _)| *of == kind && *known == path).map(|(.., tag)| *tag);
    let of_all = || EVERYWHERE.iter().find(|(name, _)| *name == own).map(|(_, tag)| *tag);
    match path {
        "reference" => of_kind.unwrap_or("#meta+id"),
        _ => of_kind.or_else(of_all).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::hxl;
    use crate::services::export::fields;

    #[test]
    fn every_tag_is_of_the_standard() {
        let mut tagged = 0;
        for kind in RecordKind::ALL {
            for column in fields::of_kind(*kind) {
                let tag = of_field(*kind, &column.path);
                assert!(tag.is_empty() || hxl::is_known(tag), "{kind} {}: {tag}", column.path);
                tagged += usize::from(!tag.is_empty());
            }
        }
        assert!(tagged > 100, "{tagged}");
    }
}
