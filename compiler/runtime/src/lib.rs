//! What the code that `tablec` generates needs at run time.
