use std::time::Duration;

use crate::runner::Patience;

/// The options that say how to wait for locks.
#[derive(Clone, Debug, clap::Args)]
pub struct Locks {
    /// How long a statement waits for a lock, in seconds, before it gives way and is tried again
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds)]
    lock_timeout: f64,
    /// How often what did not get its locks is tried again, with growing pauses
    #[arg(long, value_name = "N", default_value_t = Patience::default().retries)]
    lock_retries: u32,
}

impl Locks {
    /// The same for the runner.
    pub fn patience(&self) -> Patience {
        Patience {
            lock_timeout: Duration::from_secs_f64(self.lock_timeout),
            retries: self.lock_retries,
        }
    }
}

/// `lock_timeout` is an integer of milliseconds in PostgreSQL; 0 would wait for ever.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.001..=2_147_483.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds from 0.001 to 2147483".to_owned()),
    }
}
