use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kinds::Kind;

/// How an object's access privileges differ from the built-in default (`acldefault()`).
///
/// A function that anybody may execute and a table that only its owner may read both have none here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privileges {
    /// Granted, and not by default.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub granted: BTreeSet<Grant>,
    /// Granted by default, and revoked.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub revoked: BTreeSet<Grant>,
}

/// One privilege of one role, as in an `aclitem`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// The role; `public` is everybody. The object's owner is written `@owner`, so that the default of an
    /// object does not depend on who owns it.
    pub grantee: String,
    /// The privilege in lower case: `select`, `insert`, `usage`, `execute`.
    pub privilege: String,
    /// `WITH GRANT OPTION`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub grantable: bool,
}

impl Privileges {
    /// Whether nothing differs from the default.
    pub fn is_empty(&self) -> bool {
        self.granted.is_empty() && self.revoked.is_empty()
    }
}

impl Grant {
    /// Whether PostgreSQL gives it to everybody with a new object of the kind.
    pub fn is_everybodys(&self, kind: Kind) -> bool {
        let given = kind.given_to_public();
        self.grantee == "public" && !self.grantable && given.contains(&self.privilege.as_str())
    }

    /// The same with a grant option, or without one.
    #[must_use]
    pub fn with_option(&self, grantable: bool) -> Self {
        Self {
            grantable,
            ..self.clone()
        }
    }
}
