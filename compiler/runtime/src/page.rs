/// A page of a list, by keyset: the rows after a given key, so that no page gets slower than the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Page<K> {
    /// The key of the last row already seen; `None` for the first page.
    pub after: Option<K>,
    /// How many rows at most.
    pub limit: u32,
}

impl<K> Page<K> {
    /// The first page.
    pub fn first(limit: u32) -> Self {
        Self { after: None, limit }
    }

    /// The page after the row with that key.
    pub fn after(key: K, limit: u32) -> Self {
        let after = Some(key);
        Self { after, limit }
    }

    /// The page after these rows, or `None` when they do not fill this one and were therefore the last.
    pub fn next<R>(&self, rows: &[R], key: impl FnOnce(&R) -> K) -> Option<Self> {
        let full = usize::try_from(self.limit).is_ok_and(|limit| rows.len() >= limit);
        let last = rows.last().filter(|_| full)?;
        Some(Self::after(key(last), self.limit))
    }
}
