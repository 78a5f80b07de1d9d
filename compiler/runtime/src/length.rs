/// Whether a text fits a `varchar(max)`: like PostgreSQL, spaces beyond the end do not count.
///
/// # Errors
/// With `error` when it does not.
pub fn fits<T: AsRef<str>, E>(text: Option<&T>, max: usize, error: E) -> Result<(), E> {
    let mut beyond = text.map_or("", AsRef::as_ref).chars().skip(max);
    if beyond.any(|c| c != ' ') {
        Err(error)
    } else {
        Ok(())
    }
}
