/// What a command that did its work found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: exit code 0.
    Clean,
    /// What it looks for: exit code 1.
    Found,
}

impl Outcome {
    /// `Found` where something was.
    pub fn found(anything: bool) -> Self {
        if anything { Self::Found } else { Self::Clean }
    }
}
