//! How long answers take, by the product-limit estimator of Kaplan and Meier (1958): a case that is still open says that it
//! took at least so long, and is not dropped.
//!
//! This is an estimate that is shown and never recorded, so it is the one place of the domain that reckons in floating
//! point: the logarithms of the confidence limits have no exact form. Days stay whole.

/// One case: how many days it took, or had taken when it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Case {
    /// Days from sending to the answer, or to the day on which it was still open.
    pub days: u32,
    /// Whether it was still open then.
    pub censored: bool,
}

/// A day on which answers came, and what is estimated from there on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The day.
    pub days: u32,
    /// How many cases were still waiting just before.
    pub at_risk: u32,
    /// How many were answered on it.
    pub answered: u32,
    /// The estimated part of cases that take longer.
    pub surviving: f64,
    /// Its standard error by Greenwood's formula.
    pub error: f64,
}

/// A percentile with its spread. The limits are those of a 95 % interval; `None` was not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentile {
    /// Days after which that part of the cases is answered.
    pub days: Option<u32>,
    /// The lower limit.
    pub lower: Option<u32>,
    /// The upper limit.
    pub upper: Option<u32>,
}

/// The estimate from some cases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estimate {
    /// The steps, by day.
    pub steps: Vec<Step>,
    /// How many cases were answered.
    pub answered: u32,
    /// How many were still open.
    pub open: u32,
}

/// The normal deviate of a 95 % interval.
const NORMAL_95: f64 = 1.959_964;
/// What rounding can add up to: shares that differ by less are the same.
const ROUNDING: f64 = 1e-9;

/// Estimates from cases in any order. An answer and a look on the same day: the answer came first, as is usual.
#[must_use]
pub fn estimate(cases: &[Case]) -> Estimate {
    let mut sorted = cases.to_vec();
    sorted.sort_unstable();
    let count = |part: usize| u32::try_from(part).unwrap_or(u32::MAX);
    let mut waiting = count(sorted.len());
    let (mut steps, mut surviving, mut sum) = (Vec::new(), 1.0_f64, 0.0_f64);
    for same_day in sorted.chunk_by(|one, other| one.days == other.days) {
        let answered = count(same_day.iter().filter(|case| !case.censored).count());
        if answered > 0 {
            let (at_risk, died) = (f64::from(waiting), f64::from(answered));
            surviving = if answered == waiting { 0.0 } else { surviving * (at_risk - died) / at_risk };
            sum += if answered == waiting { 0.0 } else { died / (at_risk * (at_risk - died)) };
            let error = surviving * sum.sqrt();
            steps.push(Step { days: same_day[0].days, at_risk: waiting, answered, surviving, error });
        }
        waiting -= count(same_day.len());
    }
    let answered = count(sorted.iter().filter(|case| !case.censored).count());
    Estimate { steps, answered, open: count(sorted.len()) - answered }
}

impl Estimate {
    /// The day by which `per_cent` of the cases are answered, with its spread by Brookmeyer and Crowley (1982) on the
    /// log-log scale. Not reached where too many cases were still open.
    #[must_use]
    pub fn percentile(&self, per_cent: u32) -> Percentile {
        let left = 1.0 - f64::from(per_cent.min(100)) / 100.0;
        let first = |value: fn(&Step) -> f64| {
            self.steps.iter().find(|step| value(step) <= left + ROUNDING).map(|step| step.days)
        };
        Percentile {
            days: first(|step| step.surviving),
            lower: first(|step| step.limits().0),
            upper: first(|step| step.limits().1),
        }
    }

    /// Half of the cases are answered by then.
    #[must_use]
    pub fn median(&self) -> Percentile {
        self.percentile(50)
    }

    /// How many cases it stands on, open ones included.
    #[must_use]
    pub const fn cases(&self) -> u32 {
        self.answered + self.open
    }
}

impl Step {
    /// The 95 % limits of the surviving part on the log-log scale, which stay between 0 and 1. Once every case is answered
    /// the formula has no value, and how many of other cases would take longer is not known.
    #[must_use]
    pub fn limits(&self) -> (f64, f64) {
        if self.surviving <= 0.0 {
            return (0.0, 1.0);
        }
        let log = self.surviving.ln();
        let width = (NORMAL_95 * self.error / (self.surviving * log.abs())).exp();
        (self.surviving.powf(width), self.surviving.powf(width.recip()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answered(days: u32) -> Case {
        Case { days, censored: false }
    }

    fn open(days: u32) -> Case {
        Case { days, censored: true }
    }

    /// Weeks of remission under 6-mercaptopurine, from Freireich et al., Blood 21 (1963) 699-716: the worked example of
    /// Kleinbaum and Klein, *Survival Analysis*, chapter 2, and of many other textbooks.
    fn freireich() -> Vec<Case> {
        let relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(answered);
        let still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(open);
        relapsed.into_iter().chain(still).collect()
    }

    #[test]
    fn the_remission_times_of_freireich_1963_give_the_published_curve() {
        let estimate = estimate(&freireich());
        let shown: Vec<String> = estimate
            .steps
            .iter()
            .map(|step| {
                format!("{} {}/{} {:.4} {:.4}", step.days, step.answered, step.at_risk, step.surviving, step.error)
            })
            .collect();
        let published = [
            "6 3/21 0.8571 0.0764",
            "7 1/17 0.8067 0.0869",
            "10 1/15 0.7529 0.0963",
            "13 1/12 0.6902 0.1068",
            "16 1/11 0.6275 0.1141",
            "22 1/7 0.5378 0.1282",
            "23 1/6 0.4482 0.1346",
        ];
        assert_eq!(shown, published);
        let median = estimate.median();
        assert_eq!(median, Percentile { days: Some(23), lower: Some(13), upper: None });
        assert_eq!(estimate.percentile(80).days, None, "44.8 % were still in remission at the last relapse");
        assert_eq!((estimate.answered, estimate.open, estimate.cases()), (9, 12, 21));
    }

    #[test]
    fn an_open_case_makes_the_estimate_longer_and_none_at_all_gives_none() {
        let decided = [10, 20, 30, 40, 50].map(answered);
        assert_eq!(estimate(&decided).percentile(80).days, Some(40));
        assert_eq!(estimate(&decided).median().days, Some(30));
        let with_open = [decided.as_slice(), &[open(45), open(45)]].concat();
        assert_eq!(estimate(&with_open).percentile(80).days, Some(50));
        let too_early = [decided.as_slice(), &[open(60), open(60), open(60)]].concat();
        assert_eq!(estimate(&too_early).percentile(80).days, None);
        assert_eq!(estimate(&[]).median(), Percentile { days: None, lower: None, upper: None });
        assert_eq!(estimate(&[open(3)]).median().days, None);
        // One case says little: its own day, and no upper limit.
        let one = Percentile { days: Some(7), lower: Some(7), upper: None };
        assert_eq!(estimate(&[answered(7)]).median(), one);
    }

    fn any_cases() -> impl Strategy<Value = Vec<Case>> {
        prop::collection::vec((0_u32..400, any::<bool>()), 0..60)
            .prop_map(|cases| cases.into_iter().map(|(days, censored)| Case { days, censored }).collect())
    }

    proptest! {
        #[test]
        fn the_curve_only_falls_and_its_limits_hold_it(cases in any_cases()) {
            let estimate = estimate(&cases);
            prop_assert!(estimate.steps.windows(2).all(|pair| pair[0].days < pair[1].days));
            prop_assert!(estimate.steps.windows(2).all(|pair| pair[1].surviving < pair[0].surviving));
            for step in &estimate.steps {
                let (lower, upper) = step.limits();
                prop_assert!((0.0..=1.0).contains(&step.surviving), "{step:?}");
                prop_assert!(lower <= step.surviving + ROUNDING && step.surviving <= upper + ROUNDING, "{step:?}");
            }
            let percentile = estimate.percentile(80);
            prop_assert!(estimate.median().days.unwrap_or(u32::MAX) <= percentile.days.unwrap_or(u32::MAX));
            prop_assert!(percentile.lower.unwrap_or(u32::MAX) <= percentile.days.unwrap_or(u32::MAX));
            prop_assert!(percentile.days.unwrap_or(u32::MAX) <= percentile.upper.unwrap_or(u32::MAX));
        }

        #[test]
        fn the_order_of_the_cases_does_not_matter(cases in any_cases(), turn in 0_usize..60) {
            let mut turned = cases.clone();
            turned.reverse();
            let by = turn % turned.len().max(1);
            turned.rotate_left(by);
            prop_assert_eq!(estimate(&cases), estimate(&turned));
        }

        #[test]
        fn without_open_cases_it_is_the_share_that_took_longer(days in prop::collection::vec(0_u32..50, 1..40)) {
            let cases: Vec<Case> = days.iter().copied().map(answered).collect();
            for step in estimate(&cases).steps {
                let count = |part: usize| f64::from(u32::try_from(part).unwrap());
                let longer = count(days.iter().filter(|day| **day > step.days).count());
                prop_assert!((step.surviving - longer / count(days.len())).abs() < 1e-9);
            }
        }
    }
}
