//! Where a long list stands, counted in rows. A place in points would not do: at a million rows a 32-bit float counts
//! them in steps of four.

/// How far a list is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scroll {
    /// The row at the upper edge; the part after the point is how much of it is out of sight.
    top: f64,
    /// How many rows there is room for.
    room: f64,
    count: usize,
}

impl Scroll {
    /// Fits the place to a list of so many rows in a room for so many.
    pub fn fit(&mut self, count: usize, room: f64) {
        self.count = count;
        self.room = room.max(0.0);
        self.to(self.top);
    }

    /// Puts a row at the upper edge, as far as the list allows: the last row never leaves the lower edge.
    pub fn to(&mut self, top: f64) {
        self.top = top.clamp(0.0, self.farthest());
    }

    /// Moves by rows.
    pub fn by(&mut self, rows: f64) {
        self.to(self.top + rows);
    }

    /// Moves no farther than it takes to see the whole of a row.
    pub fn reveal(&mut self, row: usize) {
        let row = rows(row);
        if row < self.top {
            self.to(row);
        } else if row + 1.0 > self.top + self.room {
            self.to(row + 1.0 - self.room);
        }
    }

    /// The row at the upper edge when the list is at its end.
    #[must_use]
    pub fn farthest(&self) -> f64 {
        (rows(self.count) - self.room).max(0.0)
    }

    /// The place of the upper edge, in rows.
    #[must_use]
    pub const fn top(&self) -> f64 {
        self.top
    }

    /// How many rows there is room for.
    #[must_use]
    pub const fn room(&self) -> f64 {
        self.room
    }

    /// The first row that is seen, and which part of it is out of sight.
    #[must_use]
    pub fn first(&self) -> (usize, f64) {
        (whole(self.top), self.top.fract())
    }

    /// The rows of which at least a part is seen.
    #[must_use]
    pub fn visible(&self) -> std::ops::Range<usize> {
        whole(self.top)..whole((self.top + self.room).ceil()).min(self.count)
    }

    /// How many rows a page key moves: what is seen, less one to go on reading from.
    #[must_use]
    pub fn page(&self) -> usize {
        whole(self.room).saturating_sub(1).max(1)
    }
}

#[expect(clippy::cast_precision_loss, reason = "no list has more rows than a 64-bit float can count")]
const fn rows(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place is never negative and is in rows")]
const fn whole(rows: f64) -> usize {
    rows as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(count: usize, room: f64) -> Scroll {
        let mut scroll = Scroll::default();
        scroll.fit(count, room);
        scroll
    }

    #[test]
    fn the_last_of_a_million_rows_stands_whole_at_the_lower_edge() {
        let mut scroll = at(1_000_000, 20.5);
        scroll.reveal(999_999);
        assert_eq!(scroll.visible(), 999_979..1_000_000);
        assert_eq!(scroll.first(), (999_979, 0.5));
        scroll.by(5.0);
        assert_eq!(scroll.first(), (999_979, 0.5));
    }

    #[test]
    fn a_hundredth_of_a_row_counts_at_the_end_as_at_the_start() {
        let mut scroll = at(1_000_000, 20.0);
        scroll.to(999_000.0);
        for _ in 0..100 {
            scroll.by(0.01);
        }
        assert!((scroll.top() - 999_001.0).abs() < 1e-6, "{}", scroll.top());
    }

    #[test]
    fn a_row_in_sight_moves_nothing_and_a_short_list_stays() {
        let mut scroll = at(100, 10.0);
        scroll.to(40.5);
        scroll.reveal(45);
        assert_eq!(scroll.first(), (40, 0.5));
        scroll.reveal(40);
        assert_eq!(scroll.first(), (40, 0.0));
        let mut short = at(3, 10.0);
        short.by(2.0);
        assert_eq!((short.first(), short.visible(), short.page()), ((0, 0.0), 0..3, 9));
    }
}
