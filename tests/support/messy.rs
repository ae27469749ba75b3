//! Writes the messy spreadsheets of `tests/fixtures/import`: texts here, workbooks beside it.

use encoding_rs::{EUC_KR, GB18030};

#[path = "messy_books.rs"]
mod books;

/// Every messy file by its name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let mut files: Vec<(&'static str, Vec<u8>)> = PLAIN.iter().map(|(name, text)| (*name, (*text).into())).collect();
    files.push(("04-korean-dates-euc-kr.csv", EUC_KR.encode(KOREAN).0.into_owned()));
    files.push(("15-chinese-gb18030.csv", GB18030.encode(CHINESE).0.into_owned()));
    let little = UNICODE_TEXT.encode_utf16().flat_map(u16::to_le_bytes);
    files.push(("16-utf-16-little.csv", [0xFF, 0xFE].into_iter().chain(little).collect()));
    files.push(("17-utf-16-big-without-mark.csv", UNICODE_TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect()));
    files.extend(books::files());
    files
}

const KOREAN: &str = "품목코드,품명,수량,유효기간,비고\r\n\
    MED-001,결핵약 치료분,480,2023.7.20.,남포 병원\r\n\
    MED-002,주사기,\"1,200\",2024. 1. 5.,평양 창고\r\n\
    MED-003,체온계,30,2023년 12월 31일,\r\n\
    합계,,\"1,710\",,\r\n";

const CHINESE: &str = "品名,规格,数量,单位,收货人,到期日\r\n\
    结核病药品,每盒672片,480,盒,平壤中心仓库,2024年3月1日\r\n\
    注射器,5毫升,1200,支,新义州仓库,2025-06-30\r\n\
    合计,,1680,,,\r\n";

const UNICODE_TEXT: &str = "Code\tName\tName in Korean\tBase unit\r\n\
    0042\tTB course, 6 months\t결핵약 치료분\tSET\r\n\
    0043\tSyringe 5 ml\t주사기\tC62\r\n";

const PLAIN: &[(&str, &str)] = &[
    (
        "01-leading-zeros.csv",
        "Code,Name,Base unit,HS code\n00123,TB course,SET,300490\n000007,Syringe 5 ml,C62,901831\n0300,Soap,KGM,0340111\n",
    ),
    (
        "02-iso-dates.csv",
        "Item;Quantity;Expires on;Batch\nMED-001;480;2023-07-21;B17\nMED-002;1200;2024-02-30;B18\nMED-003;30;2024-02-29T00:00:00;B19\n",
    ),
    (
        "05-ambiguous-dates.csv",
        "Item,Quantity,Expires on\nMED-001,480,03/04/23\nMED-002,1200,05/06/2024\nMED-003,30,12/11/23\n",
    ),
    (
        "06-thousands-comma.csv",
        "Item,Quantity,Value\nMED-001,\"1,000\",\"USD 12,500.50\"\nMED-002,\"12,000\",\"USD 1,234,567.00\"\nMED-003,\"1,00\",USD 5\n",
    ),
    (
        "07-thousands-point.csv",
        "Item;Quantity;Value\nMED-001;1.000;EUR 12.500,50\nMED-002;12.000;EUR 1.234.567,00\nMED-003;2,5;EUR 5\n",
    ),
    (
        "08-thousands-space.csv",
        "Item\tQuantity\tValue\nMED-001\t1 000\tCHF 12\u{a0}500.50\nMED-002\t12\u{202f}000\tCHF 1'234'567.00\nMED-003\t 30 \tCHF 5\n",
    ),
    ("12-empty-rows.csv", "\n\nCode,Name,Base unit\n\nMED-001,TB course,SET\n,,\n   ,,\nMED-002,Syringe,C62\n\n\n"),
    (
        "18-bar-and-line-breaks.csv",
        "Code|Name|Specification\nMED-001|TB course|\"Six months\nRHZE, then RH\"\nMED-002|Syringe|\"5 ml | \"\"luer\"\" lock\"\nMED-003|Pipe 5\" wide|steel\n",
    ),
    (
        "19-stray-marks.csv",
        "\u{feff}\u{feff}Code,Name,Base unit\nMED-001,TB course,SET\n\u{feff}MED-002,Syringe\u{200b},C62\n",
    ),
    (
        "20-no-break-and-full-width.csv",
        "Code,Name,Quantity\nMED-001,\u{a0}TB\u{a0}course\u{a0},１２３\nＭＥＤ－００２,Syringe　5 ml,１，２００\nMED-003,Soap,４５６．５\n",
    ),
    (
        "25-hxl-row.csv",
        "Site,P-code,People,Women\n#adm2+name,#adm2+code,#reached,#reached+f\nNampo,KP0401,930,501\nSinuiju,KP0302,1180,640\n",
    ),
    (
        "26-scientific.csv",
        "Waybill,Item,Quantity\n1.23E+05,MED-001,480\n9.78123E+12,MED-002,1.2E+03\n00123456789,MED-003,30\n",
    ),
    (
        "28-duplicate-headings.csv",
        "Code,Name,Date,Date,Name\nMED-001,TB course,2024-01-05,2024-02-01,결핵약\nMED-002,Syringe,2024-01-06,2024-02-02,주사기\n",
    ),
    (
        "30-defused.csv",
        "Code,Name,Note\nMED-001,'=SUM(A1:A3),'+850 2 381\nMED-002,'-5 degrees,'@office\nMED-003,'tis fine,=1+1\n",
    ),
    (
        "31-negative-in-brackets.csv",
        "On,Purpose,Amount\n2024-01-05,Fuel,\"USD 1,200.00\"\n2024-01-09,Refund,\"(USD 300.00)\"\n2024-01-12,Correction,(45.50)\n2024-01-15,Correction,45.50-\n2024-01-16,Correction,−20\n",
    ),
    (
        "33-trailing-notes.csv",
        "Code,Name,Base unit\nMED-001,TB course,SET\nMED-002,Syringe,C62\n\nPrepared by the field office\n* figures not yet confirmed\nSource: stock card 12\n",
    ),
    (
        "34-web-page.xls",
        "<html><head><meta charset=\"utf-8\"></head><body><table><tr><td>Code</td><td>Name</td></tr></table></body></html>",
    ),
    ("35-text-called-workbook.xlsx", "Code,Name,Base unit\nMED-001,TB course,SET\n"),
    ("36-open-quote.csv", "Code,Name,Base unit\nMED-001,\"TB course,SET\nMED-002,Syringe,C62\n"),
    ("37-delimiter-said.csv", "sep=;\r\nCode;Name;Quantity\r\nMED-001;TB course, 6 months;1,5\r\n"),
    (
        "39-groups-without-merges.csv",
        "Plan of the northern provinces;;;;\n\nItem;Quantity;;Received by;Remarks\n;planned;shipped;;\nMED-001;500;480;Kim;first part\nMED-002;1200;1200;;\nTotal;1700;1680;;\n",
    ),
];
